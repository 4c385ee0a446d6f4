"""Delegation and empowerment: the matrix and list, one grant, one township's powers, one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from audit.selectors import trail_of
from catalog.selectors import search_items
from desk import clock
from desk.exports import Column
from desk.keys import day_asked
from desk.lists import ListView
from townships import selectors
from townships.filters import GrantFilter
from townships.forms.grants import AskForm, GrantFilterForm
from townships.models import AuthorityGrant, Body, GrantStatus, Officer
from townships.models.modes import HANDED_ON
from townships.roles import EVALUATION_READERS
from townships.selectors.authority import Cell
from townships.selectors.spans import span_around
from townships.views.acts import signed_in
from townships.views.standing import in_a_line, standing
from townships.views.trail import timeline

CRUMBS: list[tuple[str | Promise, str | Promise]] = [(gettext_lazy("委托与赋权"), reverse_lazy("agreements"))]


@dataclass(frozen=True, slots=True)
class Step:
    """One act that may be done to a grant now."""

    url_name: str
    label: str | Promise
    icon: str
    style: str = ""


REVIEW = Step("grant_review", gettext_lazy("法制审核"), "gavel", "primary")
FILE = Step("grant_file", gettext_lazy("登记备案"), "archive", "primary")
PRINT = Step("grant_print", gettext_lazy("印制协议"), "printer")
DISCARD = Step("grant_discard", gettext_lazy("放弃草稿"), "trash")
SIGN = Step("grant_sign", gettext_lazy("登记签署"), "signature", "primary")
PUBLISH = Step("grant_publish", gettext_lazy("登记公布"), "world", "primary")
SUSPEND = Step("grant_suspend", gettext_lazy("中止"), "player-pause")
RESUME = Step("grant_resume", gettext_lazy("恢复"), "player-play", "primary")
REVOKE = Step("grant_revoke", gettext_lazy("撤销"), "ban", "danger")
STEPS: dict[str, Sequence[Step]] = {
    GrantStatus.DRAFT: [SIGN, DISCARD],
    GrantStatus.SIGNED: [PUBLISH, REVOKE],
    GrantStatus.PUBLISHED: [REVOKE],
    GrantStatus.IN_FORCE: [SUSPEND, REVOKE],
    GrantStatus.SUSPENDED: [RESUME, REVOKE],
}


def steps_of(grant: AuthorityGrant) -> list[Step]:
    """List what may be done to a grant now, the next step first and the only primary one."""
    steps = list(STEPS.get(grant.status, ()))
    if grant.status == GrantStatus.DRAFT and grant.full_procedure and grant.reviewed_on is None:
        steps = [REVIEW, DISCARD]
    if grant.status == GrantStatus.PUBLISHED and grant.filed_on is None:
        steps = [FILE, *steps]
    if grant.mode in HANDED_ON and grant.paper_id is None:
        steps.append(PRINT)
    return steps


def require_editor(officer: Officer, on: date) -> None:
    """Let only the legal department pass."""
    if not officer.may("authority.edit", on):
        raise PermissionDenied(_("只有法制机构可以办理授权。"))


def require_viewer(request: HttpRequest) -> Officer:
    """Let those pass who may look at authority."""
    officer = signed_in(request)
    if not officer.may("authority.view", clock.today()):
        raise PermissionDenied(_("这一页不在你的岗位权限内。"))
    return officer


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One department's line of the matrix."""

    department: Body
    cells: list[tuple[Body, Cell | None]]
    total: int


def matrix_rows(on: date) -> tuple[list[Body], list[MatrixRow], list[int]]:
    """Lay the counts of a day out as townships, lines and column totals.

    A department with powers of its own has a line though it hands nothing on, so that what is missing shows.
    """
    townships = list(selectors.townships_on(on))
    counts = selectors.matrix(on)
    giving = {giver for giver, _township in counts} | selectors.holders_of_own(on)
    rows = []
    for department in selectors.departments_on(on).filter(pk__in=giving):
        cells = [(township, counts.get((department.pk, township.pk))) for township in townships]
        rows.append(MatrixRow(department, cells, sum(cell.count for _township, cell in cells if cell)))
    totals = [
        sum(cell.count for row in rows for place, cell in row.cells if cell and place == township)
        for township in townships
    ]
    return townships, rows, totals


class AgreementList(ListView[AuthorityGrant]):
    """The matrix of a day, what ends soon, and the list of all grants."""

    template_name = "townships/agreements.html"
    list_key = "agreements"
    orderings = {"from": ["valid_from", "id"], "to": ["valid_to", "id"], "number": ["number_order", "id"]}
    default_sort = "-from"
    filter_class = GrantFilter
    export_name = "agreements"
    narrowed_by = tuple(GrantFilterForm.base_fields)
    crumbs = CRUMBS
    columns = [
        Column(gettext_lazy("文号"), lambda grant: grant.number, 24),
        Column(gettext_lazy("方式"), lambda grant: grant.get_mode_display()),
        Column(gettext_lazy("来自"), lambda grant: grant.source_body.name if grant.source_body else "", 30),
        Column(gettext_lazy("行使主体"), lambda grant: grant.holder.name, 30),
        Column(gettext_lazy("事项总数"), lambda grant: grant.item_total),
        Column(gettext_lazy("有效事项数"), lambda grant: grant.item_count),
        Column(gettext_lazy("生效日期"), lambda grant: grant.valid_from),
        Column(gettext_lazy("截止日期"), lambda grant: grant.valid_to),
        Column(gettext_lazy("状态"), in_a_line, 30),
        Column(gettext_lazy("状态日期"), lambda grant: grant.told_for),
    ]

    def rows(self) -> QuerySet[AuthorityGrant]:
        """Every grant of the county, as it stands on the chosen day."""
        require_viewer(self.request)
        return selectors.grants_listed(day_asked(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the matrix of the chosen day and the grants that end soon."""
        on = day_asked(self.request)
        townships, rows, totals = matrix_rows(on)
        context = super().get_context_data(
            on=on, townships=townships, matrix=rows, totals=totals, grand_total=sum(totals), **kwargs
        )
        context["span"] = span_around(on)
        context["baseless"] = selectors.grants_without_base(on)
        context["ending"] = selectors.grants_ending(clock.today())
        context["listed"] = [(grant, standing(grant)) for grant in context["page"]]
        officer, today = signed_in(self.request), clock.today()
        context["may_edit"] = officer.may("authority.edit", today)
        context["may_evaluate"] = any(officer.may(code, today) for code in EVALUATION_READERS)
        return context


@login_required
def grant_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One grant: terms, items, versions, trail, and what may be done now."""
    today, officer = clock.today(), signed_in(request)
    grant = selectors.get_grant(officer, pk, on=today)
    may_edit = officer.may("authority.edit", today)
    rows = grant.items.select_related("item").order_by("id")
    baseless = set(selectors.baseless(today).filter(grant=grant).values_list("pk", flat=True))
    items = selectors.named(rows, min(max(today, grant.valid_from), grant.valid_to or today))
    context = {
        "grant": grant,
        "standing": standing(grant),
        "items": sorted(items, key=lambda held: held.row.pk not in baseless),
        "baseless": baseless,
        "versions": [(row, in_a_line(row)) for row in selectors.versions_of(grant, today)[:20]],
        "suspensions": grant.suspensions.order_by("-suspended_from"),
        "steps": steps_of(grant) if may_edit else (),
        "places": grant.places.select_related("place"),
        "may_edit": may_edit,
        "events": timeline(trail_of(grant.chain)[:50]),
        "today": today,
        "crumbs": [*CRUMBS, (str(grant), "")],
    }
    return render(request, "townships/grant.html", context)


@login_required
def township_powers(request: HttpRequest, pk: int) -> HttpResponse:
    """What one township may do on a day, grant by grant."""
    require_viewer(request)
    on = day_asked(request)
    township = selectors.get_township(pk, on=on)
    powers = selectors.powers_of(township, on)
    context = {
        "township": township,
        "townships": selectors.townships_on(on),
        "on": on,
        "span": span_around(on),
        "powers": powers,
        "total": sum(len(items) for items in powers.values()),
        "baseless": selectors.grants_without_base(on).filter(township=township),
        "crumbs": [*CRUMBS, (township.short_name, "")],
    }
    return render(request, "townships/powers.html", context)


@login_required
def authority_page(request: HttpRequest) -> HttpResponse:
    """Item × township × day: who may act, in whose name, why, and why not the others."""
    require_viewer(request)
    on = day_asked(request)
    form = AskForm(request.GET or None, on=on)
    context: dict[str, Any] = {"form": form, "on": on, "crumbs": [*CRUMBS, (_("授权查询"), "")]}
    if form.is_bound and form.is_valid():
        context |= _answer(form.cleaned_data["item"], form.cleaned_data["township"], on)
    return render(request, "townships/authority.html", context)


def _answer(text: str, township: Body, on: date) -> dict[str, Any]:
    item = selectors.find_item(text, on)
    if item is None:
        found = search_items(text, on=on, limit=10)
        if len(found) != 1:
            return {"choices": found, "nothing_found": not found, "township": township}
        item = found[0].item
    verdict = selectors.authority_for(item=item, township=township, on=on)
    version = item.versions.in_force(on).first()
    link = reverse("grant", args=[verdict.grant_id]) if verdict.grant_id else ""
    return {
        "verdict": verdict,
        "reasons": verdict.reasons_en if get_language() == "en" else verdict.reasons_zh,
        "consequences": selectors.consequences_for(verdict),
        "version": version,
        "item": item,
        "township": township,
        "grant_link": link,
    }
