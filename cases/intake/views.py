"""The intake page and its routing card."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from cases.dossier.duties import require_registrar
from cases.flow.links import located
from cases.flow.views import acting, show_at_field
from cases.intake import selectors, services
from cases.intake.forms import LeadForm
from desk import clock, drafts
from law.errors import RuleViolation

DRAFT_KEY = "lead-new"


class LeadView(LoginRequiredMixin, View):
    """Register a lead in six fields."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form with the person's draft."""
        officer = acting(request)
        require_registrar(officer, on=clock.today())
        return self.page(request, LeadForm(actor=officer, initial={"happened_at": clock.now()}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save the lead, or show what is wrong with everything typed still there."""
        officer = acting(request)
        require_registrar(officer, on=clock.today())
        form = LeadForm(request.POST, actor=officer)
        if not form.is_valid():
            return self.page(request, form, status=422)
        try:
            case = services.register_lead(actor=officer, at=clock.now(), **form.cleaned_data)
        except RuleViolation as refusal:
            show_at_field(form, refusal)
            return self.page(request, form, status=409, refusal=refusal)
        drafts.discard(officer, DRAFT_KEY)
        messages.success(request, _("线索已登记：%(number)s。") % {"number": case.lead_number})
        return redirect("lead_new") if "another" in request.POST else redirect("case", pk=case.pk)

    def page(
        self, request: HttpRequest, form: LeadForm, status: int = 200, refusal: RuleViolation | None = None
    ) -> HttpResponse:
        """Render the intake page."""
        officer = acting(request)
        context: dict[str, Any] = {
            "form": form,
            "refusal": located(refusal) if refusal else None,
            "draft_key": DRAFT_KEY,
        }
        if request.method == "GET":
            context["draft"] = drafts.get(officer, DRAFT_KEY)
        return render(request, "cases/intake/lead.html", context, status=status)


class RoutingCard(LoginRequiredMixin, View):
    """The verdict and possible duplicates while a lead is typed; writes nothing."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the card for the item and township chosen so far."""
        officer = acting(request)
        require_registrar(officer, on=clock.today())
        context = selectors.routing_card(officer, request.GET, on=clock.today())
        return render(request, "cases/intake/routing_card.html", context)
