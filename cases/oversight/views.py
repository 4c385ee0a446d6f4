"""本地参数: the amounts the law leaves to the place, as of any day, put in force by two people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from audit.county import get_in_county
from cases.dossier import law_settings
from cases.dossier.figures import LawSetting
from cases.flow.views import acting
from cases.oversight.forms import LawSettingForm
from cases.oversight.settings_list import shown_settings
from cases.oversight.thresholds import lines, missing
from desk import clock
from desk.keys import day_asked
from desk.refusals import refusal_told
from desk.views import safe_next
from desk.wording import said
from law.errors import LawError, RuleViolation
from townships.models import Officer
from townships.selectors import county


def require_legal(request: Any) -> Officer:
    """Return the officer, who must belong to the legal department."""
    officer = acting(request)
    if not officer.may("authority.edit", clock.today()):
        raise PermissionDenied(_("本地参数由县法制机构提出并由第二人核准。"))
    return officer


def may_edit(request: HttpRequest) -> bool:
    """Tell whether the reader may propose and approve."""
    return acting(request).may("authority.edit", clock.today())


def page(
    request: HttpRequest, form: LawSettingForm, status: int = 200, refusal: RuleViolation | None = None
) -> HttpResponse:
    """Render the amounts of a day and every setting, newest first."""
    on, place = day_asked(request), county().area_code
    context = {
        "form": form,
        "refusal": refusal,
        "on": on,
        "lines": lines(place, on=on),
        "missing": missing(place, on=on),
        "rows": shown_settings(on=on),
        "may_edit": may_edit(request),
    }
    return render(request, "cases/law/settings.html", context, status=status)


@login_required
@require_GET
def law_settings_page(request: HttpRequest) -> HttpResponse:
    """Show the amounts to everybody; the address may fill in what is missing."""
    asked = {name: request.GET[name] for name in ("key", "party_type", "sector") if name in request.GET}
    return page(request, LawSettingForm(initial=asked))


@login_required
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a figure."""
    officer = require_legal(request)
    form = LawSettingForm(request.POST)
    if not form.is_valid():
        return page(request, form, status=422)
    try:
        law_settings.propose(actor=officer, at=clock.now(), **form.setting(county().area_code))
    except RuleViolation as refusal:
        return page(request, form, status=409, refusal=refusal)
    messages.success(request, _("已提出，待第二人核准后生效。"))
    return redirect("law_settings")


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a figure that somebody else proposed."""
    officer = require_legal(request)
    try:
        with refusal_told(request):
            law_settings.approve(setting=get_in_county(LawSetting, pk=pk), actor=officer, at=clock.now())
            messages.success(request, _("已核准。"))
    except LawError as error:
        messages.error(request, said(error))
    return redirect(safe_next(request, reverse("law_settings")))
