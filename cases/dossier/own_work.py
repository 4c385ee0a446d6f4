"""The open cases an officer leads or seconds, as far as they may be seen: for the menu of every page."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from audit import statements
from cases.dossier.access import SHARED
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from townships.models import Officer

# They are few and found by the officer, so whether they may be seen is asked of each.
WORKED_ON = f"""
    FROM cases_case k
    WHERE %s::boolean AND k.is_open AND k.county_id = %s::int
        AND (k.lead_officer_id = %s::bigint OR k.second_officer_id = %s::bigint)
        AND (%s::boolean OR k.seat = ANY(%s::bigint[]) OR k.principal = ANY(%s::bigint[])
             OR k.id IN ({SHARED}))
"""
FIRST_DUE = "ORDER BY k.next_due_on, k.id LIMIT %s::bigint"


def columns_worked_on(officer: Officer, columns: str, *, on: date, most: int) -> list[tuple[Any, ...]]:
    """Return columns of the open cases an officer works on, first due first."""
    return statements.rows(f"SELECT {columns} {WORKED_ON} {FIRST_DUE}", [*_asked(officer, on), most])


@read_once
def keys_worked_on(officer: Officer, on: date) -> list[int]:
    """Return the keys of the open cases an officer works on, in no order."""
    return [key for (key,) in statements.rows(f"SELECT k.id {WORKED_ON}", _asked(officer, on))]


def _asked(officer: Officer, on: date) -> list[Any]:
    scope, whose = officer.scope(on, "case.view"), officer.pk
    bodies = list(scope.body_ids)
    return [bool(scope), officer.county_id, whose, whose, scope.all_county, bodies, bodies, whose]


def worked_on(officer: Officer, *, on: date) -> QuerySet[Case]:
    """Return the open cases an officer works on."""
    return Case.objects.filter(pk__in=keys_worked_on(officer, on))
