"""Cases as rows of a list: only the columns that lists show, names from the memory of the process."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.clocks.remaining import name_of
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.overview.badges import mode_badge, next_period, stage_badge
from desk.formats import shortened
from townships.selectors import remembered

NOTHING = "—"
MOST_TITLE, MOST_CLOCK = 60, 14
BODIES = ("township", "handler", "named")
OFFICERS = ("lead_officer", "second_officer")
COLUMNS = (
    "id",
    "lead_number",
    "number",
    "stage",
    "cause",
    "summary",
    "party_name",
    "address",
    *BODIES,
    "mode",
    *OFFICERS,
    "is_open",
    "next_due_on",
    "next_clock",
    "filed_on",
    "decided_on",
    "closed_on",
    "version",
)
PLAIN = (
    "id",
    "lead_number",
    "number",
    "stage",
    "cause",
    "party_name",
    "address",
    "mode",
    "next_due_on",
    "next_clock",
    "filed_on",
    "decided_on",
    "closed_on",
    "version",
)


def columns_of(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Read only what a list shows; the names of bodies and people are put in by `named`."""
    return cases.only(*COLUMNS)


def named(cases: Sequence[Case]) -> Sequence[Case]:
    """Give each case its bodies and officers without a join."""
    bodies = remembered.bodies.get(_keys(cases, BODIES))
    officers = remembered.officers.get(_keys(cases, OFFICERS))
    for case in cases:
        for field in BODIES:
            setattr(case, field, bodies.get(getattr(case, f"{field}_id")))
        for field in OFFICERS:
            setattr(case, field, officers.get(getattr(case, f"{field}_id")))
    return cases


def _keys(cases: Iterable[Any], fields: Sequence[str]) -> set[int | None]:
    return {getattr(case, f"{field}_id") for case in cases for field in fields}


def shown(cases: Sequence[Case], *, on: date) -> list[dict[str, Any]]:
    """Return rows for the page: finished words and marks, for a template is slow at deciding."""
    return [_shown(case, on) for case in named(cases)]


def _shown(case: Case, on: date) -> dict[str, Any]:
    return {
        "name": str(case),
        "url": reverse("case", args=[case.pk]),
        "title": shortened(case.title, MOST_TITLE),
        "about": case.party_name or case.address,
        "stage": stage_badge(case),
        "body": (case.handler or case.township).short_name,
        "mode": mode_badge(case.mode) if case.mode else "",
        "people": _people(case),
        "filed": f"{case.filed_on:%Y-%m-%d}" if case.filed_on else NOTHING,
        **_next(case, on),
    }


def _people(case: Case) -> str:
    officers = [officer.name for officer in (case.lead_officer, case.second_officer) if officer]
    if officers:
        return "、".join(officers)
    return _("承办人未定") if case.handler else _("待分派")


def _next(case: Case, on: date) -> dict[str, str | SafeString]:
    if not case.is_open:
        return {"period": "", "clock": NOTHING}
    due = case.next_due_on
    clock = f"{shortened(name_of(case.next_clock), MOST_CLOCK)} {due:%m-%d}" if due else ""
    return {"period": next_period(case, on), "clock": clock}


def plain_of(cases: QuerySet[Case]) -> QuerySet[Case, Any]:
    """Read only what `plain` tells, as rows: objects would take twice as long."""
    return cases.values_list(*PLAIN, *(f"{body}_id" for body in BODIES), named=True)


def plain(found: Sequence[Any]) -> list[dict[str, Any]]:
    """Return JSON-able rows of cases, as `CaseRow` describes them."""
    bodies = remembered.bodies.get(_keys(found, BODIES))
    stages = {stage: str(Stage(stage).label) for stage in {row.stage for row in found}}
    return [
        {
            **dict(zip(PLAIN, row, strict=False)),
            "stage_label": stages[row.stage],
            **{field: _name(bodies.get(getattr(row, f"{field}_id"))) for field in BODIES},
        }
        for row in found
    ]


def _name(body: Any) -> str | None:
    return body.name if body else None
