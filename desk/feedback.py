"""Feedback: a sentence, the page it is about and the request it happened in."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.models import Feedback


class FeedbackForm(forms.Form):
    """One sentence; where and when come along by themselves."""

    text = forms.CharField(
        label=_("哪里不对？"),
        help_text=_("一句话即可，页面地址和请求编号会一并送出"),
        max_length=2000,
        widget=forms.Textarea,
    )
    page = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    request_id = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


def send_feedback(
    *, officer: Any, text: str, page: str, request_id: str, browser: str, at: datetime
) -> Feedback:
    """Keep what an officer reports."""
    return Feedback.objects.create(
        officer=officer, text=text, page=page, request_id=request_id, browser=browser[:300], created_at=at
    )
