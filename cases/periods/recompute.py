"""Recompute every open clock that a new calendar or an approved setting touches, set by set.

Dates are computed once for each distinct clock, profile and starting day; the database finds the rows that
differ, and only those are locked, derived anew and written. Running it again finds nothing to do.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _
from psycopg.types.json import Jsonb

from audit import verbs
from audit.models import Event
from audit.services import record_many
from cases.clocks import derive
from cases.clocks.models import Clock, ClockChange, Extension, Suspension
from cases.clocks.services import PARTY_CLOCKS
from cases.dossier.law_book import law_book, profile_of
from cases.dossier.models import Case
from cases.periods import statements
from law.book import LawBook
from law.clocks import Unit
from law.errors import LawError
from law.fast import due_many
from law.time_limits import SHANGHAI, Due

CLOCK_RECOMPUTED = verbs.declare("clock_recomputed", _("到期日重算"))
BATCH = 1000
# Counted from a bare day; the others take the long way.
BY_DAY = frozenset({Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR})


@dataclass(frozen=True, slots=True)
class Cause:
    """Why clocks are recomputed: a year's calendar, or the setting of one clock."""

    year: int | None = None
    clock_id: str = ""
    calendar_id: int | None = None
    note: str = ""

    def touches(self) -> Q:
        """Give the condition on the clocks that it can touch."""
        if self.year is None:
            return Q(clock_id=self.clock_id)
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        reaches = Q(due_on__gte=first) | Q(day__gte=first)
        begins = Q(due_on__lte=last) | Q(day__lte=last)
        return Q(provisional=True) | (reaches & begins)


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock whose date is another under the new law."""

    clock: Clock
    due: Due


def moved(cause: Cause, *, book: LawBook, limit: int | None = None) -> Iterator[Moved]:
    """Find the clocks that would move, provisional ones first, without writing."""
    pks = _different(cause, book)
    for start in range(0, len(pks) if limit is None else min(limit, len(pks)), BATCH):
        part = pks[start : start + BATCH]
        for clock in derive.running_clocks(pk__in=part).select_related("case__named", "case__handler"):
            found = derive.computed(clock, book=book)
            if _differs(clock, found):
                yield Moved(clock, found)


def run(cause: Cause, *, at: datetime, told: Callable[[int], object] = lambda done: None) -> int:
    """Write every date that moves; each batch is its own transaction. Returns how many clocks moved."""
    book = law_book()
    pks, done = _different(cause, book), 0
    for start in range(0, len(pks), BATCH):
        done += _write(pks[start : start + BATCH], cause, book, at)
        told(done)
    return done


def _different(cause: Cause, book: LawBook) -> list[int]:
    """Find the clocks that may differ, those with a provisional date first."""
    rows = _open_rows(cause)
    with transaction.atomic():
        found = set(_plain_different(rows, book))
    found |= set(rows.filter(pk__in=_adjusted()).values_list("pk", flat=True))
    slow = [clock_id for clock_id in book.clocks if not _by_day(clock_id, book)]
    found |= set(rows.filter(clock_id__in=[*slow, cause.clock_id]).values_list("pk", flat=True))
    first = set(Clock.objects.filter(pk__in=found, provisional=True).values_list("pk", flat=True))
    return sorted(found, key=lambda pk: (pk not in first, pk))


def _adjusted() -> set[int]:
    """Return the running clocks with a break or an extension."""
    broken, extended = (
        sort.objects.filter(clock__state=Clock.State.RUNNING).values_list("clock", flat=True)
        for sort in (Suspension, Extension)
    )
    return {*broken, *extended}


def _open_rows(cause: Cause) -> QuerySet[Any]:
    """Return the running clocks a cause can touch, with their starting day and domain."""
    rows = Clock.objects.filter(state=Clock.State.RUNNING).annotate(
        day=TruncDate("started_at", tzinfo=SHANGHAI),
        domain=Coalesce("case__item_version__domain", Value("")),
    )
    return rows.filter(cause.touches())


def _plain_different(rows: QuerySet[Any], book: LawBook) -> list[int]:
    """Read the open clocks once, compute each distinct date once, let the database find those that differ."""
    listed = rows.order_by().values_list("pk", "clock_id", "domain", "day", "due_on", "provisional")
    sql, params = listed.query.sql_with_params()
    groups: dict[tuple[str, str, str], list[date]] = defaultdict(list)
    rules = cache(profile_of)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS clock_open, clock_new_dates")
        cursor.execute(f"{statements.OPEN} {sql}", params)
        cursor.execute(statements.DISTINCT)
        for clock_id, domain, day in cursor.fetchall():
            if _by_day(clock_id, book):
                groups[clock_id, domain, rules(domain, on=day)].append(day)
        cursor.execute(statements.NEW_DATES)
        with cursor.copy(statements.FILL_DATES) as copy:
            for (clock_id, domain, profile), days in groups.items():
                found = due_many(clock_id, days, book=book, profile=profile)
                for day, due_on in zip(days, found, strict=True):
                    if due_on is not None:
                        copy.write_row((clock_id, domain, day, due_on))
        cursor.execute(statements.DIFFERENT)
        return [pk for (pk,) in cursor.fetchall()]


def _by_day(clock_id: str, book: LawBook) -> bool:
    try:
        return book.newest(clock_id).unit in BY_DAY
    except LawError:
        return False


def _differs(clock: Clock, found: Due) -> bool:
    return (clock.due_on, clock.provisional) != (found.due_on, found.provisional)


@transaction.atomic
def _write(pks: Sequence[int], cause: Cause, book: LawBook, at: datetime) -> int:
    """Lock the cases of a batch, derive their clocks anew and write what really differs."""
    on_cases = Case.objects.filter(pk__in=Clock.objects.filter(pk__in=pks).values("case_id"))
    cases = {case.pk: case for case in on_cases.select_for_update(of=("self",)).order_by("pk")}
    # Clocks before trails, and trails in one order, as the sweep does: neither waits for the other in a ring.
    list(Clock.objects.filter(pk__in=pks).select_for_update().order_by("due_on", "pk").values_list("pk"))
    changed = []
    for clock in derive.running_clocks(pk__in=pks).order_by("case_id", "id"):
        found = derive.computed(clock, book=book)
        if _differs(clock, found):
            changed.append(Moved(clock, found))
    if changed:
        events = _record(changed, cases, cause, at)
        _update(changed)
        _keep(changed, events, cause)
    return len(changed)


def _record(changed: Sequence[Moved], cases: dict[int, Case], cause: Cause, at: datetime) -> dict[int, Event]:
    """Write one event in the trail of each case, with former and new dates."""
    facts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in changed:
        facts[row.clock.case_id].append(
            {
                "clock": row.clock.clock_id,
                "kind": row.clock.kind,
                "before": _iso(row.clock.due_on),
                "after": _iso(row.due.due_on),
                "was_provisional": row.clock.provisional,
            }
        )
    because = {
        "year": cause.year,
        "calendar": cause.calendar_id,
        "setting": cause.clock_id,
        "note": cause.note,
    }
    rows = [
        (cases[pk].chain, cases[pk], {"because": because, "clocks": found}) for pk, found in facts.items()
    ]
    events = record_many(CLOCK_RECOMPUTED, sorted(rows, key=itemgetter(0)), actor=None, at=at)
    return {event.target_id: event for event in events}


def _update(changed: Sequence[Moved]) -> None:
    """Write the new dates and the cases' next due days by two statements."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS clock_written")
        cursor.execute(statements.WRITTEN)
        with cursor.copy(statements.FILL_WRITTEN) as copy:
            for row in changed:
                told = Jsonb(row.due.derivation.as_dict())
                copy.write_row((row.clock.pk, row.due.due_on, row.due.due_at, row.due.provisional, told))
        cursor.execute(statements.UPDATE_CLOCKS)
        pks = sorted({row.clock.case_id for row in changed})
        cursor.execute(statements.UPDATE_CASES, {"cases": pks, "party": list(PARTY_CLOCKS)})


def _keep(changed: Sequence[Moved], events: dict[int, Event], cause: Cause) -> None:
    """Keep each former date."""
    ClockChange.objects.bulk_create(
        ClockChange(
            clock=row.clock,
            event=events[row.clock.case_id],
            calendar_id=cause.calendar_id,
            before_on=row.clock.due_on,
            after_on=row.due.due_on,
            was_provisional=row.clock.provisional,
        )
        for row in changed
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
