"""The open cases an officer leads or seconds, as far as they may be seen: for the menu of every page."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from audit import statements
from cases.dossier.access import OPEN, open_at
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from townships.models import Officer

# They are few and found by the officer, so whether they may be seen is asked of each.
WORKED_ON = f"""
    FROM cases_case k
    WHERE k.is_open AND (k.lead_officer_id = %s::bigint OR k.second_officer_id = %s::bigint) AND {OPEN}
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
    return [officer.pk, officer.pk, *open_at(officer, on)]


def worked_on(officer: Officer, *, on: date) -> QuerySet[Case]:
    """Return the open cases an officer works on."""
    return Case.objects.filter(pk__in=keys_worked_on(officer, on))
