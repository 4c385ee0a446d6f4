"""本地参数: the figures the law leaves to the place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.dossier import law_settings
from cases.dossier.models import LawSetting
from cases.flow.views import acting
from cases.oversight.forms import LawSettingForm
from desk import clock
from law.errors import RuleViolation
from townships.models import Officer
from townships.selectors import county


def require_legal(request: HttpRequest) -> Officer:
    """Return the officer, who must belong to the legal department."""
    officer = acting(request)
    if not officer.may("authority.edit", clock.today()):
        raise PermissionDenied(_("本地参数由县法制机构提出并由第二人核准。"))
    return officer


def page(request: HttpRequest, form: LawSettingForm, status: int = 200) -> HttpResponse:
    """Render the page with every figure, newest first."""
    rows = LawSetting.objects.select_related("proposed_by", "approved_by").order_by("-id")
    context = {"form": form, "rows": rows, "may_edit": acting(request).may("authority.edit", clock.today())}
    return render(request, "cases/law_settings.html", context, status=status)


@login_required
@require_GET
def law_settings_page(request: HttpRequest) -> HttpResponse:
    """Show the figures to everybody."""
    return page(request, LawSettingForm())


@login_required
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a figure."""
    officer = require_legal(request)
    form = LawSettingForm(request.POST)
    if not form.is_valid():
        return page(request, form, status=422)
    law_settings.propose(actor=officer, at=clock.now(), **form.setting(county().place))
    messages.success(request, _("已提出，待第二人核准后生效。"))
    return redirect("law_settings")


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a figure that somebody else proposed."""
    officer = require_legal(request)
    try:
        law_settings.approve(setting=get_object_or_404(LawSetting, pk=pk), actor=officer, at=clock.now())
        messages.success(request, _("已核准。"))
    except RuleViolation as refusal:
        messages.error(request, f"{refusal.message}{refusal.unblock}")
    return redirect("law_settings")
