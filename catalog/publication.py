"""A publication: the act, and the columns of what it writes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from catalog.effective import Status
from catalog.models import PowerList

CONTENT = (
    "number",
    "name",
    "violation",
    "power_type",
    "domain",
    "department_name",
    "scope_note",
    "scope",
    "standing",
    "statute_name",
    "obligation_article",
    "obligation_text",
    "penalty_article",
    "penalty_text",
    "penalty_range_text",
    "penalty_kinds",
    "fine_min",
    "fine_max",
    "fine_unit",
    "needs_correction_first",
    "limitation_years",
)
BASIS = (
    "statute_name",
    "penalty_article",
    "penalty_text",
    "penalty_range_text",
    "obligation_article",
    "obligation_text",
    "penalty_kinds",
    "fine_min",
    "fine_max",
    "fine_unit",
    "limitation_years",
)
PUBLISHED = (
    "status",
    "valid_from",
    "valid_to",
    "planned_to",
    "recorded_from",
    "source",
    "drafted_by_id",
    "drafted_by_name",
    "published_by_id",
    "published_by_name",
)
VERSION = (
    "id",
    "item",
    "statute",
    *CONTENT,
    *PUBLISHED,
    "content_digest",
    "aliases",
    "initials",
    "search_text",
)
# What a benchmark table says of itself, and what it says where it says nothing.
TABLE: dict[str, Any] = {
    "shape": "grades",
    "scheme": {},
    "target": "",
    "statute_name": "",
    "penalty_article": "",
    "fine_min": None,
    "fine_max": None,
    "fine_unit": "",
}
BAND = ("grade", "circumstances", "penalty_text", "fine_min", "fine_max", "unit", "no_penalty")


@dataclass(frozen=True, slots=True)
class Act:
    """Who changes items, from which day, recorded when, on what ground."""

    on: date
    at: datetime
    source: str
    drafted_by: tuple[int | None, str]
    published_by: tuple[int | None, str]

    def stamp(self, until: date | None = None, status: str = Status.PUBLISHED) -> list[Any]:
        """Return the values of the PUBLISHED columns."""
        end = until if until and until > self.on else None
        about = [str(status), self.on, end, end, self.at, self.source]
        return [*about, *self.drafted_by, *self.published_by]


@dataclass(frozen=True, slots=True)
class Publication(Act):
    """The act that puts a list in force: what it writes ends with the list, where that names its last day."""

    power_list: PowerList

    def stamp(self, until: date | None = None, status: str = Status.PUBLISHED) -> list[Any]:
        """Return the values of the PUBLISHED columns."""
        return Act.stamp(self, until or self.power_list.valid_to, status)
