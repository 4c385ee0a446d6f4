"""The on-the-spot decision on one screen."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from cases.decision import summary
from cases.decision.spot_forms import OnSpotLeadForm
from cases.flow.links import located
from cases.flow.views import acting, show_at_field
from desk import clock, drafts
from law.errors import RuleViolation
from townships.models import Officer

DRAFT_KEY = "summary-new"


def require_on_spot(officer: Officer) -> None:
    """Refuse whoever may not decide on the spot."""
    if not officer.may("case.summary", clock.today()):
        raise PermissionDenied(_("当场处罚由持证的办案人员作出；你的岗位没有这项权限。"))


class OnSpotView(LoginRequiredMixin, View):
    """Register, decide and print in one visit."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        officer = acting(request)
        require_on_spot(officer)
        initial = {"happened_at": clock.now()}
        return self.page(request, OnSpotLeadForm(actor=officer, on=clock.today(), initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Decide, or show why not."""
        officer = acting(request)
        require_on_spot(officer)
        form = OnSpotLeadForm(request.POST, actor=officer, on=clock.today())
        if not form.is_valid():
            return self.page(request, form, status=422)
        try:
            case = summary.record_on_the_spot(actor=officer, at=clock.now(), **form.cleaned_data)
        except RuleViolation as refusal:
            show_at_field(form, refusal)
            return self.page(request, form, status=409, refusal=refusal)
        drafts.discard(officer, DRAFT_KEY)
        messages.success(request, _("已当场处罚：%(number)s，可打印决定书。") % {"number": case.number})
        return redirect("case", pk=case.pk)

    def page(
        self,
        request: HttpRequest,
        form: OnSpotLeadForm,
        status: int = 200,
        refusal: RuleViolation | None = None,
    ) -> HttpResponse:
        """Render the page."""
        context = {
            "form": form,
            "refusal": located(refusal) if refusal else None,
            "draft_key": DRAFT_KEY,
        }
        return render(request, "cases/decision/on_spot.html", context, status=status)
