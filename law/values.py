"""Dated values of the law: amounts, rates and counts keyed by place, sector and party."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from law.articles import Citation, cite_en, cite_zh, parse_all
from law.reading import Table, rows

DECIMAL_UNITS = frozenset({"yuan", "rate"})
KEY_NAMES = ("place", "sector", "party_type")


@dataclass(frozen=True, slots=True)
class Value:
    """One number or word of a rule, the span it is in force, and where it comes from."""

    key: str
    value: Decimal | int | str
    unit: str
    valid_from: date
    valid_until: date | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    citations: tuple[Citation, ...] = ()
    article_note: str = ""
    source: str = ""
    checked_on: date | None = None
    confidence: str = "high"
    configurable: bool = False
    note: str = ""
    approved_by: str = ""

    @property
    def article(self) -> str:
        """Print the articles in Chinese, or what stands for them in a county's own setting."""
        return cite_zh(self.citations) or self.article_note

    @property
    def article_en(self) -> str:
        """Print the articles in English."""
        return cite_en(self.citations) or self.article_note

    def in_force(self, day: date) -> bool:
        """Tell whether the value is in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def matches(self, wanted: Mapping[str, str]) -> bool:
        """Tell whether each key of this row fits what is asked for."""
        return all(
            place_within(wanted.get(name, ""), key) if name == "place" else wanted.get(name) == key
            for name, key in self.keys.items()
        )

    @property
    def rank(self) -> tuple[int, int, int, bool, date]:
        """Order by how specific a row is: sector and place, sector, place; then the newest."""
        place = significant(self.keys.get("place", ""))
        sector = 1 if self.keys.get("sector") else 0
        both = sector if place else 0
        others = sum(1 for name in self.keys if name not in ("place", "sector"))
        return (both * 2 + sector, len(place), others, bool(self.approved_by), self.valid_from)


def significant(place: str) -> str:
    """Cut the trailing zero pairs of an area code: 410000 is 41, 330300 is 3303."""
    while len(place) == 6 or (0 < len(place) < 6 and place.isdigit()):
        if not place.endswith("00"):
            break
        place = place[:-2]
    return place


def place_within(place: str, area: str) -> bool:
    """Tell whether a place's code lies in an area, 331102 in 330000."""
    return bool(place) and place.startswith(significant(area))


def _value(row: Table) -> Value:
    """Make a value from a row of the data."""
    raw = row["value"]
    return Value(
        key=row["key"],
        value=Decimal(raw) if row["unit"] in DECIMAL_UNITS else raw,
        unit=row["unit"],
        valid_from=row["valid_from"],
        valid_until=row.get("valid_until"),
        keys={name: row[name] for name in KEY_NAMES if name in row},
        citations=parse_all(row["cite"]),
        article_note=row.get("basis", ""),
        source=row["source"],
        checked_on=row["checked_on"],
        confidence=row.get("confidence", "high"),
        configurable=row.get("configurable", False),
        note=row.get("note", ""),
    )


@cache
def packaged_values() -> tuple[Value, ...]:
    """Give the packaged values: general parameters and thresholds."""
    return tuple(_value(row) for folder in ("parameters", "thresholds") for row in rows(folder, "value"))
