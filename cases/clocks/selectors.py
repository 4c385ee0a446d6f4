"""Read clocks: those of a case, and whether a period has run out."""

from datetime import date

from audit.objects import Objects
from cases.clocks.models import Clock
from cases.dossier.law_book import law_book, profile_of
from cases.dossier.models import Case
from cases.dossier.reading import read_once

OF_CASE = Objects(Clock, "clock", related=("event",), rest="WHERE clock.case_id = %s::bigint")


@read_once
def clocks_of(case: Case) -> list[Clock]:
    """Return the case's clocks, running ones first, by due day."""
    return sorted(
        OF_CASE.read([case.pk]),
        key=lambda clock: (clock.state != Clock.State.RUNNING, clock.due_on or date.max, clock.pk),
    )


def length_of(kind: str, case: Case, *, unit: str, on: date) -> int | None:
    """Return the length of a period under the case's rules of a day; None in another unit."""
    profile = profile_of(case.item_version.domain if case.item_version else "", on=on)
    book = law_book()
    clock = book.clock(book.clock_for(kind, profile), on=on, profile=profile)
    return clock.length if clock.unit == unit else None


def running(case: Case, kind: str) -> Clock | None:
    """Return the running clock of a kind."""
    ticking = (clock for clock in clocks_of(case) if clock.state == Clock.State.RUNNING)
    return next((clock for clock in ticking if clock.kind == kind), None)


def has_run_out(clock: Clock, *, on: date) -> bool:
    """Tell whether the last day has fully elapsed (民法典第二百零三条第二款); an unresolved day never has."""
    return clock.due_on is not None and on > clock.due_on
