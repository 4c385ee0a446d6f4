"""适用规则, 期限规则: the pages on which a county chooses the rules of its area and readings for a clock."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.dossier import law_settings
from cases.dossier.law_book import COUNTING_PREFIX, LOCAL_PROFILE, local_profile
from cases.oversight import counting
from cases.oversight.forms import SECTORS
from cases.oversight.rules_in_force import AsOf, ProfileForm, choosable, is_chosen, kind_lines, name_of
from cases.oversight.settings_list import shown_settings
from cases.oversight.views import may_edit, require_legal
from desk import clock
from desk.formats import in_chinese
from desk.keys import day_asked
from desk.wording import said
from law.errors import LawError, RuleViolation
from law.profiles import NATIONAL


def _rules(
    request: HttpRequest, form: ProfileForm, status: int = 200, refusal: RuleViolation | None = None
) -> HttpResponse:
    asked = AsOf(request.GET)
    sector = (asked.is_valid() and asked.cleaned_data["sector"]) or NATIONAL
    on = day_asked(request)
    local = local_profile(on=on)
    tabs = [
        {
            "url": f"?sector={key or NATIONAL}&on={on}",
            "label": name,
            "count": "",
            "active": (key or NATIONAL) == sector,
        }
        for key, name in SECTORS
    ]
    context = {
        "form": form,
        "refusal": refusal,
        "on": on,
        "sector": sector,
        "tabs": tabs,
        "local": name_of(local) if local else "",
        "chosen": is_chosen(on=on),
        "choosable": choosable(),
        "lines": kind_lines(sector, on=on),
        "rows": shown_settings(on=on, keys={"key": LOCAL_PROFILE}),
        "may_edit": may_edit(request),
        "language": "zh" if in_chinese() else "en",
    }
    return render(request, "cases/law/rules.html", context, status=status)


@login_required
@require_GET
def rules_page(request: HttpRequest) -> HttpResponse:
    """Show everybody which rules answer for each kind of period."""
    return _rules(request, ProfileForm())


@login_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Propose the rules of the area; a second person approves them."""
    officer = require_legal(request)
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return _rules(request, form, status=422)
    try:
        law_settings.propose(actor=officer, at=clock.now(), **form.setting())
    except RuleViolation as refusal:
        return _rules(request, form, status=409, refusal=refusal)
    messages.success(request, _("已提出，待第二人核准后生效。"))
    return redirect("law_rules")


@login_required
def clock_rule(request: HttpRequest, clock_id: str) -> HttpResponse:
    """Show how one clock is counted here; the legal department proposes another reading."""
    on = day_asked(request)
    try:
        here, packaged = counting.clocks_of(clock_id, on=on)
    except LawError as error:
        raise Http404(said(error)) from error
    form = counting.CountingForm(request.POST or None, clock=packaged)
    status, refusal = 200, None
    if request.method == "POST":
        officer, status = require_legal(request), 422
        if form.is_valid():
            try:
                law_settings.propose(actor=officer, at=clock.now(), **form.setting())
            except RuleViolation as found:
                status, refusal = 409, found
            else:
                messages.success(request, _("已提出，待第二人核准后生效。"))
                return redirect("clock_rule", clock_id)
    language = "zh" if in_chinese() else "en"
    context = {
        "form": form,
        "refusal": refusal,
        "on": on,
        "clock": here,
        "name": here.name_zh if language == "zh" else here.name_en,
        "article": here.article if language == "zh" else here.article_en,
        "length": here.length_text(language),
        "readings": counting.readings(here, packaged),
        "rows": shown_settings(
            on=on, keys={"key__in": [f"{COUNTING_PREFIX}{clock_id}", f"clock.{clock_id}"]}
        ),
        "may_edit": may_edit(request),
    }
    return render(request, "cases/law/clock.html", context, status=status)
