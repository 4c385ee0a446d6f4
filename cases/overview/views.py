"""Home, case list, case page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.dossier.access import get_case
from cases.flow.views import acting
from cases.overview import page, selectors
from cases.overview.forms import CaseFilter
from desk import clock, notices
from desk.lists import KeysetPage


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the day: due, waiting for me, mine in progress."""
    officer, today = acting(request), clock.today()
    context: dict[str, Any] = {
        "due": selectors.due_clocks(officer, on=today),
        "waiting": selectors.waiting_for(officer, on=today),
        "mine": list(selectors.mine(officer, on=today)[:12]),
        "steps": selectors.by_step(officer, on=today),
        "urgency": selectors.by_urgency(officer, on=today),
        "notices": notices.inbox(officer, unread_only=True).order_by("-id")[:5],
        "today": today,
    }
    return render(request, "cases/home.html", context)


@login_required
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """Show the cases in scope that fit the filters, newest first, by keyset pages."""
    officer, today = acting(request), clock.today()
    filters = CaseFilter(request.GET)
    found = selectors.search(officer, on=today, values=filters.cleaned_data if filters.is_valid() else {})
    rows = KeysetPage(
        found.select_related(*selectors.LIST_RELATED), ordering=["-id"], cursor=request.GET.get("cursor")
    )
    return render(request, "cases/list.html", {"page": rows, "filters": filters, "today": today})


@login_required
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one case at its very step."""
    officer, today = acting(request), clock.today()
    found = get_case(officer, pk, on=today)
    context = page.page_of(officer, found, on=today)
    tab = request.GET.get("tab", "overview")
    return render(request, "cases/case.html", {**context, "tab": tab, "today": today})
