"""The time between which what townships may do changes, to slide along day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from audit.county import in_county
from townships.models import AuthorityGrant, GrantItem, GrantStatus
from townships.models.modes import HANDED_ON

ONE_DAY, A_MONTH = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Span:
    """A day on its line of time, and the days on which something begins or has ended."""

    on: date
    first: date
    last: date
    changes: list[date]

    @property
    def length(self) -> int:
        """How many days the line has after its first."""
        return (self.last - self.first).days

    @property
    def place(self) -> int:
        """How many days after the first the day is."""
        return (self.on - self.first).days

    @property
    def marks(self) -> list[tuple[date, int]]:
        """The days of change, each with its distance from the first."""
        return [(day, (day - self.first).days) for day in self.changes]

    @property
    def earlier(self) -> date:
        """A month before."""
        return self.on - A_MONTH

    @property
    def later(self) -> date:
        """A month after."""
        return self.on + A_MONTH


def span_around(on: date) -> Span:
    """Lay the line of time through a day: from the first change of what was handed on to the last known of.

    A change of what departments hold themselves may change it too; what lies outside the line does not.
    """
    handed, own = {on}, set[date]()
    for mode, day in _changes():
        (handed if mode in HANDED_ON else own).add(day)
    first, last = min(handed), max(handed)
    inside = {day for day in own if first <= day <= last}
    return Span(on, first, last, sorted(handed - {on} | inside))


def _changes() -> Iterator[tuple[str, date]]:
    """Tell by way of holding the days on which grants begin or have ended, or an item was taken back."""
    grants = in_county(AuthorityGrant).exclude(status=GrantStatus.DRAFT)
    for mode, begins, ends, revoked in grants.values_list(
        "mode", "valid_from", "valid_to", "revoked_on"
    ).distinct():
        ended = ends + ONE_DAY if ends else None
        yield from ((mode, day) for day in (begins, ended, revoked) if day)
    items = in_county(GrantItem).filter(live=True).order_by()
    for mode, taken in items.values_list("mode", "withdrawn_on").distinct():
        yield from ((mode, day) for day in (taken,) if day)
