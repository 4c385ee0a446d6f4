"""The page of an act: form, service, and a refusal shown where the person stands."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from cases.dossier.access import get_case
from cases.dossier.models import Case
from cases.dossier.reading import one_reading
from cases.flow.acts import Act, ActForm, perform
from cases.flow.cards import card
from cases.flow.closed import closed_page, require_open
from cases.flow.links import Reader, located
from cases.flow.nextsteps import signing
from desk import clock, drafts
from desk.errors import status_of
from desk.keys import key_of
from desk.wording import said
from law.errors import LawError, RuleViolation
from townships.views.acts import signed_in

# On a page of cases whoever is signed in is the one who acts.
acting = signed_in


class ActView(LoginRequiredMixin, View):
    """One act on one case, as a page; `page_for` makes one for each act."""

    act: ClassVar[Act]
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form, with the person's draft if there is one."""
        officer = acting(request)
        with one_reading():
            case = get_case(officer, pk, on=clock.today(), move=self.act.move)
            try:
                require_open(self.act, case)
            except RuleViolation as closed:
                return closed_page(request, case, closed, Reader(officer, clock.today()))
            return self.page(request, case, self.act.form(case=case, actor=officer, on=clock.today()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do the act, or show why not with everything typed still there."""
        officer = acting(request)
        case = get_case(officer, pk, on=clock.today(), move=self.act.move)
        form = self.act.form(request.POST, request.FILES, case=case, actor=officer, on=clock.today())
        if not form.is_valid():
            return self.page(request, case, form, status=422)
        try:
            perform(
                self.act,
                officer=officer,
                pk=pk,
                at=clock.now(),
                on=clock.today(),
                values=form.cleaned_data,
                version=version_of(request.POST.get("version")),
            )
        except RuleViolation as refusal:
            show_at_field(form, refusal)
            return self.page(request, case, form, refusal=refusal, status=status_of(refusal))
        except LawError as error:
            # The law's data has nothing for what was typed, a day long before it for instance.
            message = said(error)
            form.add_error(error.field if error.field in form.fields else None, message)
            return self.page(request, case, form, status=422)
        drafts.discard(officer, draft_key(self.act, case))
        messages.success(request, _("已完成：%(act)s。") % {"act": self.act.move.label})
        return redirect("case", pk=pk)

    def page(
        self,
        request: HttpRequest,
        case: Case,
        form: ActForm,
        refusal: RuleViolation | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Render the act's page."""
        officer, today = acting(request), clock.today()
        reader = Reader(officer, today)
        key = draft_key(self.act, case)
        obstacles = [*signing(self.act, case, officer, today), *self.act.obstacles(case, today)]
        context: dict[str, Any] = {
            "act": self.act,
            "status": status,
            "case": case,
            "form": form,
            "refusal": located(
                refusal, case, reader, field_id=field_id(form, refusal), refused=[self.act.move]
            )
            if refusal
            else None,
            "obstacles": obstacles,
            "gate": card(case, [self.act.move], obstacles, reader) if obstacles else None,
            "crumbs": [
                (_("案件"), reverse("cases")),
                (str(case), reverse("case", args=[case.pk])),
                (self.act.move.label, ""),
            ],
            "today": today,
            "draft_key": key,
            "draft": drafts.get(officer, key) if request.method == "GET" else None,
            "version": request.POST.get("version") or case.version
            if not refusal
            else Case.objects.get(pk=case.pk).version,
            **self.act.panel(case, officer, today),
        }
        return render(request, self.act.template, context, status=status)


def page_for(registered: Act) -> Callable[..., HttpResponseBase]:
    """Make the page of an act."""

    class Page(ActView):
        act = registered

    return Page.as_view()


def show_at_field(form: forms.Form, refusal: RuleViolation) -> None:
    """Say a refusal also at the field it is about."""
    if refusal.field in form.fields:
        form.add_error(refusal.field, said(refusal))


def field_id(form: forms.Form, refusal: RuleViolation) -> str:
    """Return the id of the control a refusal is about."""
    return form[refusal.field].auto_id if refusal.field in form.fields else ""


def draft_key(act: Act, case: Case) -> str:
    """Name the draft of an act on a case."""
    return f"case-{case.pk}-{act.move.value}"


def version_of(text: str | None) -> int | None:
    """Read the version the page was drawn from; None when the sender did not say."""
    return key_of(text)
