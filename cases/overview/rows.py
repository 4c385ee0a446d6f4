"""Cases as rows of a list: only the columns that lists show, names from the memory of the process."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from cases.dossier.models import Case
from cases.dossier.stages import Stage
from townships.selectors import remembered

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
    bodies = remembered.bodies.get(keys_of(cases, BODIES))
    officers = remembered.officers.get(keys_of(cases, OFFICERS))
    for case in cases:
        for field in BODIES:
            setattr(case, field, bodies.get(getattr(case, f"{field}_id")))
        for field in OFFICERS:
            setattr(case, field, officers.get(getattr(case, f"{field}_id")))
    return cases


def keys_of(cases: Iterable[Any], fields: Sequence[str]) -> set[int | None]:
    """Return the keys that cases, or their rows, hold in these fields."""
    return {getattr(case, f"{field}_id") for case in cases for field in fields}


def plain_of(cases: QuerySet[Case]) -> QuerySet[Case, Any]:
    """Read only what `plain` tells, as rows: objects would take twice as long."""
    return cases.values_list(*PLAIN, *(f"{body}_id" for body in BODIES), named=True)


def plain(found: Sequence[Any]) -> list[dict[str, Any]]:
    """Return JSON-able rows of cases, as `CaseRow` describes them."""
    bodies = remembered.bodies.get(keys_of(found, BODIES))
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
