"""The deadline board: every open clock of one's scope by urgency, grouped by person, body or kind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Count, F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.clocks.levels import LABELS, Levels, levels
from cases.clocks.models import Clock
from cases.clocks.remaining import name_of
from cases.clocks.services import PARTY_CLOCKS
from cases.flow.lists import OneReadingList
from cases.flow.views import acting
from cases.overview.rows import BODIES, OFFICERS, named
from cases.overview.selectors import leads_others, scope_of_work
from desk import clock
from desk.exports import Column
from desk.keyset import capped_count
from townships.models import Body, Officer

GROUPS: Mapping[str, str] = {
    "person": "case__lead_officer",
    "body": "case__handler",
    "kind": "clock_id",
}
GROUP_LABELS: Mapping[str, str | Promise] = {
    "person": _("按人"),
    "body": _("按机关"),
    "kind": _("按期限种类"),
}
MOST_GROUPS = 200
COLUMNS = (
    *("clock_id", "kind", "state", "due_on", "provisional", "derivation", "stopped_at"),
    *(f"case__{name}" for name in ("number", "lead_number", "cause", "summary", *BODIES, *OFFICERS)),
)


class BoardFilter(forms.Form):
    """What the board may be narrowed to; lives in the URL."""

    level = forms.ChoiceField(label=_("紧急程度"), required=False, choices=[("", _("全部")), *LABELS.items()])
    group = forms.ChoiceField(
        label=_("分组"), required=False, choices=[("", _("不分组")), *GROUP_LABELS.items()]
    )
    party = forms.BooleanField(label=_("也列当事人的期限"), required=False)
    person = forms.IntegerField(required=False, widget=forms.HiddenInput)
    body = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Group:
    """One person, body or kind with its open clocks by level, in the order of the levels."""

    key: Any
    label: str | Promise
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


def open_clocks(
    officer: Officer, *, on: date, values: Mapping[str, Any], by_day: bool = False
) -> QuerySet[Clock]:
    """Return the running clocks of the officer's scope that fit the filters, whatever their level.

    by_day: for a page, which walks them by their due day until it is full.
    """
    rows = Clock.objects.filter(county_id=officer.county_id, state=Clock.State.RUNNING)
    if by_day and _leads_county(officer, on):
        # Asked for the county of the cases too, the planner would expect a handful, collect and sort all.
        rows = rows.filter(case__is_open=True)
    else:
        rows = rows.filter(case__in=scope_of_work(officer, on=on).order_by())
    if not values.get("party"):
        rows = rows.exclude(kind__in=PARTY_CLOCKS)
    if values.get("person"):
        rows = rows.filter(Q(case__lead_officer=values["person"]) | Q(case__second_officer=values["person"]))
    if values.get("body"):
        rows = rows.filter(case__handler=values["body"])
    if values.get("kind"):
        rows = rows.filter(clock_id=values["kind"])
    return rows


def _leads_county(officer: Officer, on: date) -> bool:
    return leads_others(officer, on=on) and officer.scope(on, "case.view").all_county


def counts(rows: QuerySet[Clock], found: Levels) -> list[dict[str, Any]]:
    """Count each level, at most to a thousand, so that it costs the same on a million."""
    until = {"red": found.red_until, "yellow": found.yellow_until}
    return [
        {
            "key": key,
            "label": label,
            "count": capped_count(rows.filter(found.within(key))),
            "until": until.get(key),
        }
        for key, label in LABELS.items()
    ]


def groups(rows: QuerySet[Clock], by: str, found: Levels) -> list[Group]:
    """Count each level by person, body or kind, the most pressing first."""
    sums = {key: Count("id", filter=found.within(key)) for key in LABELS}
    lines: list[dict[str, Any]] = [
        dict(line) for line in rows.order_by().values(key=F(GROUPS[by])).annotate(**sums)
    ]
    names = _names(by, {line["key"] for line in lines})
    told = [
        Group(line["key"], names.get(line["key"], _("未定")), tuple(line[level] for level in LABELS))
        for line in lines
    ]
    return sorted(told, key=lambda row: [-count for count in row.counts])[:MOST_GROUPS]


def _names(by: str, keys: set[Any]) -> dict[Any, str]:
    if by == "kind":
        return {key: name_of(key) for key in keys}
    if by == "person":
        return dict(Officer.objects.filter(pk__in=keys - {None}).values_list("pk", "name"))
    return dict(Body.objects.filter(pk__in=keys - {None}).values_list("pk", "short_name"))


class DeadlineBoard(OneReadingList[Clock]):
    """The board as a list page."""

    template_name = "cases/clocks/board.html"
    list_key = "deadlines"
    orderings = {"due": ("due_on",)}
    default_sort = "due"
    export_name = "deadlines"
    narrowed_by = tuple(BoardFilter.base_fields)
    columns = (
        Column(_("时限"), lambda row: name_of(row.clock_id), 30),
        Column(_("案件"), lambda row: str(row.case), 26),
        Column(_("案由"), lambda row: row.case.title, 50),
        Column(_("主办"), lambda row: row.case.lead_officer.name if row.case.lead_officer else ""),
        Column(_("办理机关"), lambda row: row.case.handler.name if row.case.handler else "", 26),
        Column(_("到期日"), lambda row: row.due_on),
    )

    def rows(self) -> QuerySet[Clock]:
        """Every open clock in scope that fits the filters but the level."""
        self.found = levels(clock.today())
        self.form = BoardFilter(self.request.GET)
        self.form.is_valid()
        self.values = self.form.cleaned_data
        self.filter = {"form": self.form}
        return open_clocks(acting(self.request), on=self.found.on, values=self.values, by_day=True)

    def filtered(self) -> QuerySet[Clock]:
        """Apply the level."""
        rows = self.rows()
        if self.values.get("level"):
            rows = rows.filter(self.found.within(self.values["level"]))
        if self.request.GET.get("export"):
            return rows.select_related("case__lead_officer", "case__second_officer", "case__handler")
        return rows.select_related("case").only(*COLUMNS)

    def unreadable(self) -> Collection[str]:
        """Name the words whose values the filter could not read."""
        return self.form.errors

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the counts of each level, the groups and the day."""
        context = super().get_context_data(**kwargs)
        named([clock.case for clock in context["page"].object_list])
        everything = open_clocks(acting(self.request), on=self.found.on, values=self.values)
        by = self.values.get("group") or ""
        return context | {
            "levels": counts(everything, self.found),
            "groups": groups(everything, by, self.found) if by else [],
            "by": by,
            "today": self.found.on,
            "chosen": self.values,
        }
