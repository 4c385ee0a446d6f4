"""Derive a clock from its event, its breaks and its extensions: the same facts always give the same date."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from cases.clocks.models import Clock, Extension, Suspension
from cases.dossier.law_book import law_book, local_profile, profile_of, sector_of
from cases.dossier.models import Case
from law import extensions, suspensions, time_limits
from law.book import LawBook
from law.profiles import NATIONAL, joined
from law.time_limits import Due


def sector_for(case: Case) -> str:
    """Return the sector whose procedure rules a case follows."""
    return sector_of(case.item_version.domain if case.item_version else "")


def profile_for(case: Case, *, on: date) -> str:
    """Return the rules that a clock of the case runs under when it starts on a day."""
    return profile_of(case.item_version.domain if case.item_version else "", on=on)


def profile_of_clock(clock: Clock, *, on: date) -> str:
    """Return the rules that a clock runs under, which before the filing are those of its own sector."""
    if clock.case.item_version is not None:
        return profile_for(clock.case, on=on)
    own = law_book().profile(law_book().newest(clock.clock_id).profile)
    return joined(own.id if own.sector else NATIONAL, local_profile(on=on))


def running_clocks(**where: object) -> QuerySet[Clock]:
    """Return running clocks with all that their dates depend on, in a fixed number of queries."""
    return with_grounds(Clock.objects.filter(state=Clock.State.RUNNING, **where))


def with_grounds(rows: QuerySet[Clock]) -> QuerySet[Clock]:
    """Read with clocks all that their dates depend on."""
    rows = rows.select_related("case__item_version", "event")
    return rows.prefetch_related("suspensions", "extensions__approved_by")


def computed(
    clock: Clock,
    *,
    book: LawBook | None = None,
    trigger: datetime | None = None,
    more_breaks: Sequence[suspensions.Suspension] = (),
    more_extensions: Sequence[extensions.Extension] = (),
    resumed: suspensions.Suspension | None = None,
) -> Due:
    """Compute a clock anew, with what is recorded and what is merely supposed.

    resumed: the open suspension as it would be once ended.
    """
    held = [row for row in clock.suspensions.all() if resumed is None or row.ended_on is not None]
    breaks = [*breaks_of(held), *more_breaks, *([resumed] if resumed else [])]
    start = trigger or clock.started_at
    return time_limits.due(
        clock.clock_id,
        trigger=start,
        profile=profile_of_clock(clock, on=time_limits.local(start)[1]),
        book=book or law_book(),
        suspensions=breaks,
        extension=[*extensions_of(clock.extensions.all()), *more_extensions],
    )


def breaks_of(rows: Iterable[Suspension]) -> list[suspensions.Suspension]:
    """Turn stored suspensions into what the law counts with, in the order of their days."""
    return [
        suspensions.Suspension(start=row.started_on, end=row.ended_on, ground=row.ground)
        for row in sorted(rows, key=lambda row: (row.started_on, row.pk))
    ]


def extensions_of(rows: Iterable[Extension]) -> list[extensions.Extension]:
    """Turn stored extensions that count into what the law counts with, rung by rung."""
    return [
        extensions.Extension(
            length=row.length,
            approver=row.approver,
            approved_on=row.approved_on,
            approved_by=row.approved_by.name,
            reason=row.reason,
        )
        for row in sorted(rows, key=lambda row: row.rung)
        if row.counts
    ]


def write(clock: Clock, due: Due) -> None:
    """Put a computed date on the clock; a date that moved is warned of anew."""
    if clock.due_on != due.due_on:
        clock.warned_level = ""
    clock.due_on, clock.due_at, clock.provisional = due.due_on, due.due_at, due.provisional
    clock.derivation = due.derivation.as_dict()


WRITTEN = ("started_at", "due_on", "due_at", "provisional", "derivation", "warned_level")
