"""放假安排: the years that are loaded, a new one brought in and approved, and which clocks it moves."""

from itertools import islice
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from audit.county import get_in_county, in_county
from cases.clocks.models import ClockChange
from cases.dossier.access import visible_to
from cases.dossier.calendar_years import CalendarYear
from cases.dossier.law_book import law_book
from cases.flow.views import acting
from cases.periods import calendars, recompute
from cases.periods.calendar_forms import CalendarForm
from desk import clock
from desk.keyset import KeysetPage
from desk.refusals import refusal_told
from townships.models import Officer

MOST_PREVIEWED = 200


def require_legal(request: HttpRequest) -> Officer:
    """Return the officer, who must belong to the legal department."""
    officer = acting(request)
    if not officer.may("authority.edit", clock.today()):
        raise PermissionDenied(_("放假安排由县法制机构导入并由第二人核准。"))
    return officer


def _page(request: HttpRequest, form: CalendarForm, status: int = 200) -> HttpResponse:
    brought = in_county(CalendarYear).select_related("proposed_by", "approved_by").order_by("-year", "-id")
    calendar, next_year = law_book().calendar, clock.today().year + 1
    context = {
        "form": form,
        "loaded": sorted(calendar.notices.items(), reverse=True),
        "missing": "" if next_year in calendar.years else next_year,
        "brought": brought,
        "may_edit": acting(request).may("authority.edit", clock.today()),
    }
    return render(request, "cases/clocks/calendars.html", context, status=status)


@login_required
@require_GET
def calendars_page(request: HttpRequest) -> HttpResponse:
    """Show the years to everybody."""
    return _page(request, CalendarForm())


@login_required
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Bring in a year; its page shows what it would move."""
    officer = require_legal(request)
    form = CalendarForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    year = calendars.propose(actor=officer, at=clock.now(), read=form.year())
    messages.success(request, _("已导入，待第二人核准后生效。"))
    return redirect("calendar_year", pk=year.pk)


@login_required
@require_GET
def calendar_year(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one year: its days, and the clocks it moved or would move."""
    officer, today = acting(request), clock.today()
    year = get_in_county(CalendarYear.objects.select_related("proposed_by", "approved_by"), pk=pk)
    may_edit = officer.may("authority.edit", today)
    context: dict[str, Any] = {"year": year, "may_edit": may_edit, "off": [], "work": []}
    for row in year.days:
        context["work" if row["makeup"] else "off"].append(row)
    if year.approved_by_id is not None:
        changes = ClockChange.objects.filter(calendar=year, clock__case__in=visible_to(officer, on=today))
        context["page"] = KeysetPage(
            changes.select_related("clock__case"), ordering=["id"], cursor=request.GET.get("cursor")
        )
    elif may_edit:
        book = law_book().with_overrides(years=[year.as_law()])
        found = recompute.moved(calendars.cause_of(year), book=book, limit=MOST_PREVIEWED)
        context["preview"] = list(islice(found, MOST_PREVIEWED))
    return render(request, "cases/clocks/calendar_year.html", context)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a year that somebody else brought in."""
    officer = require_legal(request)
    with refusal_told(request):
        calendars.approve(year=get_in_county(CalendarYear, pk=pk), actor=officer, at=clock.now())
        messages.success(request, _("已核准；受影响的期限正在重算。"))
    return redirect("calendar_year", pk=pk)
