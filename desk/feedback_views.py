"""Feedback: the form reached from every page, and the list in which administrators answer it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView

from audit.county import get_in_county, in_county
from desk import clock
from desk.feedback import AnswerForm, FeedbackForm, answer_feedback, send_feedback
from desk.lists import ListView
from desk.models import Feedback
from law.errors import RuleViolation


def require_administrator(request: HttpRequest) -> Any:
    """Let system administrators pass."""
    officer: Any = request.user
    if not officer.may("user.manage", clock.today()):
        raise PermissionDenied(_("反馈由系统管理员答复；你送出的反馈，答复会以通知告诉你。"))
    return officer


class FeedbackView(LoginRequiredMixin, FormView[FeedbackForm]):
    """Tell what is wrong, from the page where it is wrong."""

    form_class = FeedbackForm
    template_name = "desk/feedback.html"

    def get_initial(self) -> dict[str, Any]:
        """Name the page one came from."""
        return {key: self.request.GET.get(key, "") for key in ("page", "request_id")}

    def form_valid(self, form: FeedbackForm) -> HttpResponse:
        """Keep the feedback and go back."""
        try:
            send_feedback(
                officer=self.request.user,
                browser=self.request.headers.get("User-Agent", ""),
                at=clock.now(),
                **form.cleaned_data,
            )
        except RuleViolation as refusal:
            shown = self.get_context_data(form=form, refusal=refusal)
            return self.render_to_response(shown, status=429)
        messages.success(self.request, _("已收到，谢谢。处理结果会以通知告诉你。"))
        return redirect(form.cleaned_data["page"] or "/")


class FeedbackList(ListView[Feedback]):
    """What was reported, the latest first, or only what waits for an answer."""

    template_name = "desk/feedback_list.html"
    list_key = "feedback"
    orderings = {"time": ("created_at",)}
    default_sort = "-time"

    def rows(self) -> QuerySet[Feedback]:
        """All reports, or those that wait."""
        require_administrator(self.request)
        rows = in_county(Feedback).select_related("officer", "answered_by")
        return rows.filter(answered_at=None) if self.request.GET.get("only") == "open" else rows


class AnswerView(LoginRequiredMixin, View):
    """Answer one report."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the report and the form."""
        return self.page(request, pk, AnswerForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer it."""
        officer = require_administrator(request)
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.page(request, pk, form, status=422)
        feedback = get_in_county(Feedback, pk=pk)
        try:
            answer_feedback(feedback=feedback, actor=officer, at=clock.now(), **form.cleaned_data)
        except RuleViolation as refusal:
            return self.page(request, pk, form, status=409, refusal=refusal)
        messages.success(request, _("已答复，反馈人会收到通知。"))
        return redirect("desk:feedback_list")

    def page(
        self,
        request: HttpRequest,
        pk: int,
        form: AnswerForm,
        status: int = 200,
        refusal: RuleViolation | None = None,
    ) -> HttpResponse:
        """Render the report with the form."""
        require_administrator(request)
        feedback = get_in_county(Feedback.objects.select_related("officer"), pk=pk)
        values = {"feedback": feedback, "form": form, "refusal": refusal}
        return render(request, "desk/feedback_answer.html", values, status=status)
