"""Feedback: a sentence, the page it is about and the request it happened in; each is answered."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from desk.keys import page_of
from desk.language import in_legal_language
from desk.models import Feedback
from desk.notices import notify
from desk.rights import needs
from law.errors import RuleViolation

MOST_AN_HOUR = 10
LONGEST_BROWSER = 300


class FeedbackForm(forms.Form):
    """One sentence; where and when come along by themselves."""

    text = forms.CharField(
        label=gettext_lazy("哪里不对？"),
        help_text=gettext_lazy("一句话即可，页面地址和请求编号会一并送出"),
        max_length=2000,
        widget=forms.Textarea,
    )
    page = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    request_id = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        """Keep the address of a page of this site only: whoever answers follows it."""
        return page_of(self.cleaned_data["page"])


class AnswerForm(forms.Form):
    """What is said to whoever sent it."""

    answer = forms.CharField(
        label=gettext_lazy("答复"),
        help_text=gettext_lazy("会以通知送给反馈人"),
        max_length=2000,
        widget=forms.Textarea,
    )


def send_feedback(
    *, officer: Any, text: str, page: str, request_id: str, browser: str, at: datetime
) -> Feedback:
    """Keep what an officer reports; a page that sends by itself is stopped after ten in an hour."""
    sent = Feedback.objects.filter(officer=officer, created_at__gt=at - timedelta(hours=1)).count()
    if sent >= MOST_AN_HOUR:
        raise RuleViolation(
            "feedback_limit",
            f"一小时内已经送出 {MOST_AN_HOUR} 条反馈，这一条没有送出。",
            unblock="过一会儿再送；紧急的请直接联系系统管理员。",
            message_en=f"{MOST_AN_HOUR} reports were sent within an hour; this one was not.",
            unblock_en="Send it later; if it is urgent, call the system administrator.",
        )
    return Feedback.objects.create(
        officer=officer,
        text=text,
        page=page,
        request_id=request_id,
        browser=browser[:LONGEST_BROWSER],
        created_at=at,
    )


@needs("user.manage")
@in_legal_language()
@transaction.atomic
def answer_feedback(*, feedback: Feedback, actor: Any, answer: str, at: datetime) -> None:
    """Answer once, and tell whoever sent it."""
    kept = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    if kept.answered_at is not None:
        raise RuleViolation(
            "feedback_answered",
            "这条反馈已经答复。",
            unblock="刷新列表看答复内容。",
            message_en="This report has been answered.",
            unblock_en="Reload the list to read the answer.",
        )
    kept.answer, kept.answered_at, kept.answered_by = answer, at, actor
    kept.save(update_fields=["answer", "answered_at", "answered_by"])
    if kept.officer is not None:
        notify(
            recipients=[kept.officer],
            kind="feedback",
            title=gettext_lazy("你的反馈已答复"),
            body=answer,
            link=kept.page or reverse("home"),
            key=f"feedback-{kept.pk}",
            at=at,
        )
