"""待确认参数: the page and its one act."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.dossier import law_settings
from cases.flow.views import acting
from cases.oversight.awaiting import ConfirmForm, asked, awaiting
from cases.oversight.views import require_legal
from desk import clock
from townships.selectors import county


def _page(request: HttpRequest, form: ConfirmForm | None = None, status: int = 200) -> HttpResponse:
    today, place = clock.today(), county().area_code
    context = {
        "rows": [*asked(place, on=today), *awaiting(place)],
        "refused": form,
        "today": today,
        "may_edit": acting(request).may("authority.edit", today),
    }
    return render(request, "cases/clocks/awaiting.html", context, status=status)


@login_required
@require_GET
def awaiting_page(request: HttpRequest) -> HttpResponse:
    """Show everybody what is only a default so far."""
    return _page(request)


@login_required
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Propose a default, or another value in its place; a second person approves it on 本地参数."""
    officer = require_legal(request)
    form = ConfirmForm(request.POST, place=county().area_code)
    if not form.is_valid():
        return _page(request, form, status=422)
    law_settings.propose(actor=officer, at=clock.now(), **form.setting())
    messages.success(request, _("已提出，待第二人在“本地参数”核准后生效。"))
    return redirect("awaiting")
