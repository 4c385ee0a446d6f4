"""The time between which what townships may do changes, to slide along day by day."""

from dataclasses import dataclass
from datetime import date, timedelta

from audit.county import in_county
from townships.models import AuthorityGrant, GrantStatus
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
    """Lay the line of time through a day: from the first change to the last that is known of."""
    grants = in_county(AuthorityGrant).filter(mode__in=HANDED_ON).exclude(status=GrantStatus.DRAFT)
    known: set[date] = set()
    for begins, ends, revoked in grants.values_list("valid_from", "valid_to", "revoked_on").distinct():
        known |= {begins} | ({ends + ONE_DAY} if ends else set()) | ({revoked} if revoked else set())
    return Span(on, min(known | {on}), max(known | {on}), sorted(known))
