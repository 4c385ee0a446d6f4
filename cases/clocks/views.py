"""期限计算: a page for everybody, signed in or not; its address holds the question."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.clocks.calculator import answer
from cases.clocks.explain import panel
from cases.clocks.forms import FIELD_OF, CalculatorForm
from cases.dossier.law_book import law_book
from desk import clock
from desk.formats import cn_date, in_chinese
from desk.wording import said
from law.errors import LawError
from law.time_limits import Due


@require_GET
def calculator_page(request: HttpRequest) -> HttpResponse:
    """Show the form and, when asked, the date with its derivation."""
    asked = "clock" in request.GET
    form = CalculatorForm(request.GET if asked else None)
    shown: dict[str, Any] = {}
    if asked and form.is_valid():
        try:
            shown = _shown(answer(form.question(), book=law_book()))
        except LawError as error:
            field = FIELD_OF.get(error.field, error.field)
            form.add_error(field if field in form.fields else None, said(error))
    return render(
        request,
        "cases/clocks/calculator.html",
        {"form": form, "more": _more(form), **shown},
        status=422 if asked and form.errors else 200,
    )


def _more(form: CalculatorForm) -> bool:
    """Tell whether the rarer fields hold anything, so that their fold stands open."""
    rare = ("from_1", "to_1", "from_2", "to_2", "extension", "until")
    return any(form[name].value() for name in rare) or any(name in form.errors for name in rare)


def _shown(found: Due) -> dict[str, Any]:
    told, language = found.derivation, "zh" if in_chinese() else "en"
    return {
        "found": found,
        "name": found.clock.name_zh if language == "zh" else found.clock.name_en,
        "headline": _headline(found),
        "why": panel(told, on=clock.today(), key="answer", title=_("怎么算出来的")),
        "sentences": told.sentences(language),
    }


def _headline(found: Due) -> str:
    if found.due_at is not None:
        return f"{cn_date(found.due_at, 'week')} {found.due_at:%H:%M:%S}"
    if found.due_on is not None:
        return cn_date(found.due_on, "week")
    if found.kind == "suspended":
        return _("中止中，恢复后再计算")
    return _("该年放假安排尚未公布，不推定日期")
