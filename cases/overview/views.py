"""Home, case list, case page, and the party's numbers on request."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from cases.dossier.access import get_case
from cases.dossier.models import Case
from cases.dossier.reading import one_reading
from cases.flow.lists import OneReadingList
from cases.flow.views import acting
from cases.overview import listing, page, rows, selectors
from cases.overview.forms import CaseFilter, asked_by
from cases.overview.home import home_of
from cases.parties.services import view_personal
from desk import clock
from desk.exports import Column
from desk.keyset import KeysetPage
from townships.models.modes import Mode


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the day: due, waiting for me, mine in progress."""
    officer, today = acting(request), clock.today()
    with one_reading():
        return render(request, "cases/home.html", {**home_of(officer, on=today), "today": today})


def _name(body: Any) -> str:
    return body.name if body else ""


class CaseList(OneReadingList[Case]):
    """The cases in scope that fit the filters, newest first."""

    template_name = "cases/list.html"
    list_key = "cases"
    orderings = {"new": ("id",), "due": ("next_due_on",), "filed": ("filed_on",)}
    default_sort = "-new"
    export_name = "cases"
    narrowed_by = tuple(CaseFilter.base_fields)
    columns = (
        Column(gettext_lazy("线索编号"), lambda row: row.lead_number, 26),
        Column(gettext_lazy("案号"), lambda row: row.number, 26),
        Column(gettext_lazy("案由"), lambda row: row.title, 50),
        Column(gettext_lazy("当事人"), lambda row: row.party_name, 28),
        Column(gettext_lazy("阶段"), lambda row: row.get_stage_display()),
        Column(gettext_lazy("乡镇街道"), lambda row: row.township.short_name),
        Column(gettext_lazy("办理机关"), lambda row: _name(row.handler), 26),
        Column(gettext_lazy("名义机关"), lambda row: _name(row.named), 26),
        Column(gettext_lazy("权限来源"), lambda row: Mode(row.mode).label if row.mode else ""),
        Column(gettext_lazy("主办"), lambda row: _name(row.lead_officer)),
        Column(gettext_lazy("协办"), lambda row: _name(row.second_officer)),
        Column(gettext_lazy("下一时限"), lambda row: row.next_due_on),
        Column(gettext_lazy("立案日期"), lambda row: row.filed_on),
        Column(gettext_lazy("决定日期"), lambda row: row.decided_on),
        Column(gettext_lazy("结案日期"), lambda row: row.closed_on),
    )

    def page(self) -> KeysetPage[Any]:
        """Read a page of all cases, or of those that fit the address."""
        self.filter = asked_by(self.request.GET)
        if not any(self.filter.values.values()):
            officer, cursor = acting(self.request), self.request.GET.get("cursor")
            found = listing.whole(officer, on=clock.today(), ordering=self.ordering(), cursor=cursor)
            if found is not None:
                return found
        return super().page()

    def rows(self) -> QuerySet[Case]:
        """The county's cases that fit the address; an export has no page to put the names in afterwards."""
        self.filter = asked_by(self.request.GET)
        values = self.filter.values
        cases, self.open_ways = selectors.search(acting(self.request), on=clock.today(), values=values)
        if self.request.GET.get("export"):
            return cases.select_related(*rows.BODIES, *rows.OFFICERS)
        return listing.columns_of(cases)

    def filtered(self) -> QuerySet[Case]:
        """Take the rows, which fit the address already."""
        return self.rows()

    def unreadable(self) -> Collection[str]:
        """Name the words whose values the filter could not read."""
        return asked_by(self.request.GET).unreadable

    def ways(self) -> Sequence[Q]:
        """The ways of which one must open a case to the officer."""
        return self.open_ways

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows as shown, and whether the officer may register leads."""
        today = clock.today()
        may_register = acting(self.request).may("lead.register", today)
        context = super().get_context_data(may_register=may_register, **kwargs)
        return {**context, "rows": listing.drawn(context["page"].object_list, on=today)}


@login_required
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one case at its very step."""
    officer, today = acting(request), clock.today()
    with one_reading():
        found = get_case(officer, pk, on=today)
        context = page.page_of(officer, found, on=today, tab=request.GET.get("tab", ""))
        return render(request, "cases/case.html", {**context, "today": today})


@login_required
@require_POST
def personal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the party's numbers unmasked, once, and put on the trail who looked."""
    officer, today = acting(request), clock.today()
    found = get_case(officer, pk, on=today)
    if not officer.may("case.view_personal", today) or found.party is None:
        raise PermissionDenied(_("你的岗位不查看当事人的证件号码和电话；办案人员、负责人和审核人员可以。"))
    view_personal(case=found, actor=officer, at=clock.now())
    if request.headers.get("HX-Request"):
        response = render(request, "cases/parts/party.html", {"case": found, "revealed": True})
    else:
        context = page.page_of(officer, found, on=today, tab="parties")
        response = render(request, "cases/case.html", {**context, "today": today, "revealed": True})
    response["Cache-Control"] = "private, no-store"
    return response
