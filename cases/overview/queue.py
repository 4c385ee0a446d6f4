"""The work queue as plain rows: one prepared statement, reference names from process memory."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.dossier.own_work import columns_worked_on
from townships.models import Body, Officer
from townships.selectors import remembered

FIELDS = (
    "id",
    "lead_number",
    "number",
    "stage",
    "cause",
    "party_name",
    "address",
    "township_id",
    "handler_id",
    "named_id",
    "next_due_on",
    "next_clock",
    "version",
)
COLUMNS = ", ".join(f"k.{field}" for field in FIELDS)
BODIES = ("township", "handler", "named")


def rows(officer: Officer, *, on: date, limit: int = 50) -> list[dict[str, Any]]:
    """Return the officer's open cases, first due first, as JSON-able rows."""
    found = columns_worked_on(officer, COLUMNS, on=on, most=limit)
    listed = [dict(zip(FIELDS, row, strict=True)) for row in found]
    bodies = remembered.bodies.get({row[f"{key}_id"] for row in listed for key in BODIES})
    return [_named(row, bodies) for row in listed]


def _named(row: dict[str, Any], bodies: Mapping[int, Body]) -> dict[str, Any]:
    for key in BODIES:
        body = bodies.get(row.pop(f"{key}_id"))
        row[key] = body.name if body else ""
    return row
