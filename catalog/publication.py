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
class Publication:
    """The act: which list, by which document, from which day, recorded when, by whom."""

    power_list: PowerList
    source: str
    on: date
    at: datetime
    drafted_by: tuple[int | None, str]
    published_by: tuple[int | None, str]

    @property
    def until(self) -> date | None:
        """The day the list itself says it ends, if that lies ahead."""
        end = self.power_list.valid_to
        return end if end and end > self.on else None

    def stamp(self, status: str = Status.PUBLISHED) -> list[Any]:
        """Return the values of the PUBLISHED columns."""
        dates = [self.on, self.until, self.until, self.at]
        return [str(status), *dates, self.source, *self.drafted_by, *self.published_by]
