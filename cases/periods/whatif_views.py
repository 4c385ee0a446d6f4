"""What-if as a page, and as a panel inside the case page; its address holds the question."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from cases.clocks.forms import ground_choices
from cases.clocks.remaining import name_of
from cases.dossier.access import get_case
from cases.dossier.models import Case
from cases.flow.views import acting
from cases.periods import rules, whatif
from cases.periods.whatif import Outcome, Supposition
from desk import clock
from desk.fields import DateField, DateTimeField
from desk.formats import in_chinese
from desk.wording import said
from law.errors import LawError

FIELD_OF = {"suspensions": "suspended_from", "extension": "extension", "trigger": "served_at"}


class WhatIfForm(forms.Form):
    """What is supposed; anything may be left out."""

    kind = forms.ChoiceField(label=gettext_lazy("期限"), required=False)
    suspended_from = DateField(label=gettext_lazy("如果中止自"), required=False)
    suspended_to = DateField(label=gettext_lazy("恢复之日"), required=False)
    ground = forms.ChoiceField(label=gettext_lazy("中止事由"), choices=ground_choices, required=False)
    extension = forms.IntegerField(
        label=gettext_lazy("如果延长"), required=False, min_value=1, max_value=3650
    )
    served_at = DateTimeField(label=gettext_lazy("如果送达于"), required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        clocks = rules.clocks_here(case)
        if isinstance(field, forms.ChoiceField):
            field.choices = [(clock.kind, name_of(clock.clock_id)) for clock in clocks]
        if not whatif.services_of(case, clocks):
            del self.fields["served_at"]

    def supposition(self) -> Supposition:
        """Return what is supposed."""
        return Supposition(**{**self.cleaned_data, "extension": self.cleaned_data["extension"] or 0})


@login_required
@require_GET
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form and which dates would move; only the panel when the case page asks."""
    case = get_case(acting(request), pk, on=clock.today())
    asked = "kind" in request.GET
    form = WhatIfForm(request.GET if asked else None, case=case)
    rows = _rows(form, case) if asked and form.is_valid() else None
    inside = bool(request.headers.get("HX-Request"))
    context = {
        "case": case,
        "form": form,
        "rows": rows,
        "crumbs": [
            (_("案件"), reverse("cases")),
            (str(case), reverse("case", args=[case.pk])),
            (_("推演"), ""),
        ],
    }
    template = "cases/clocks/what_if_panel.html" if inside else "cases/clocks/what_if.html"
    return render(request, template, context, status=422 if asked and form.errors and not inside else 200)


def _rows(form: WhatIfForm, case: Case) -> list[tuple[Outcome, str, list[str]]] | None:
    language = "zh" if in_chinese() else "en"
    try:
        found = whatif.suppose(case, form.supposition(), on=clock.today())
    except LawError as error:
        field = FIELD_OF.get(error.field, error.field)
        words = said(error)
        form.add_error(field if field in form.fields else None, words)
        return None
    return [(row, name_of(row.clock_id), row.due.derivation.sentences(language)) for row in found]
