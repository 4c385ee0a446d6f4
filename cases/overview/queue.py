"""The work queue as plain rows: one indexed query, reference names from process memory."""

from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any

from django.db.models import Q

from cases.dossier.access import visible_to
from townships.models import Body, Officer

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
NAMES_LIVE_SECONDS = 30


def rows(officer: Officer, *, on: date, limit: int = 50) -> list[dict[str, Any]]:
    """Return the officer's open cases, first due first, as JSON-able rows."""
    names = _names(officer.county_id, int(monotonic()) // NAMES_LIVE_SECONDS)
    working = Q(lead_officer=officer) | Q(second_officer=officer)
    found = visible_to(officer, on=on).filter(working, is_open=True).order_by("next_due_on", "id")
    return [_named(dict(zip(FIELDS, row, strict=True)), names) for row in found.values_list(*FIELDS)[:limit]]


def _named(row: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    for key in ("township", "handler", "named"):
        row[key] = names.get(row.pop(f"{key}_id"), "")
    return row


@lru_cache(maxsize=256)
def _names(county_id: int, _window: int) -> dict[int, str]:
    return dict(Body.objects.filter(county_id=county_id).values_list("pk", "name"))
