"""Recompute every open clock that a new calendar or an approved setting touches, set by set.

The database groups the running clocks by rule, starting day and stored date; each group is computed once, and
only the clocks of those that differ are locked, derived anew and written. A second run finds nothing to do.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import TruncDate
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
from law import fast, time_limits
from law.book import LawBook
from law.errors import LawError
from law.profiles import NATIONAL
from law.time_limits import SHANGHAI, Due

CLOCK_RECOMPUTED = verbs.declare("clock_recomputed", _("到期日重算"))
BATCH = 1000


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
        begin, end = (datetime(year, 1, 1, tzinfo=SHANGHAI) for year in (self.year, self.year + 1))
        reaches = Q(due_on__gte=begin.date()) | Q(started_at__gte=begin)
        begins = Q(due_on__lt=end.date()) | Q(started_at__lt=end)
        return Q(provisional=True) | (reaches & begins)


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock whose date is another under the new law."""

    clock: Clock
    due: Due

    def __str__(self) -> str:
        return f"{self.clock.case}  {self.clock.clock_id}  {_told(self.clock)} -> {_told(self.due)}"


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
    """Write every date that moves, a batch a transaction, and return how many clocks moved."""
    book = law_book()
    pks, done = _different(cause, book), 0
    for start in range(0, len(pks), BATCH):
        done += _write(pks[start : start + BATCH], cause, book, at)
        told(done)
    return done


def _different(cause: Cause, book: LawBook) -> list[int]:
    """Find the clocks that may differ, those with a provisional date first.

    The running clocks are read once, each group of one rule, starting day and stored date is computed once.
    """
    rules = cache(profile_of)
    first: list[int] = []
    then: list[int] = []
    for clock_id, day, domain, due_on, provisional, adjusted, pks in _open_groups(cause, book):
        if clock_id in book.clocks:
            profile = rules(domain or "", on=day) if clock_id in book.read_by_profile else NATIONAL
            if adjusted or _plain(clock_id, day, profile, book) != (due_on, provisional):
                (first if provisional else then).extend(pks)
    return [*sorted(first), *sorted(then)]


def _open_groups(cause: Cause, book: LawBook) -> QuerySet[Any, tuple[Any, ...]]:
    """Group the running clocks a cause can touch; the domain is read only where the rule depends on it."""
    domain = Case.objects.filter(pk=OuterRef("case_id")).values("item_version__domain")
    suspended, extended = (sort.objects.filter(clock=OuterRef("pk")) for sort in (Suspension, Extension))
    rows = Clock.objects.filter(cause.touches(), state=Clock.State.RUNNING).annotate(
        day=TruncDate("started_at", tzinfo=SHANGHAI),
        domain=models.Case(When(clock_id__in=book.read_by_profile, then=Subquery(domain))),
        adjusted=Exists(suspended) | Exists(extended),
    )
    keys = ("clock_id", "day", "domain", "due_on", "provisional", "adjusted")
    return rows.order_by().values_list(*keys).annotate(pks=ArrayAgg("pk"))


def _plain(clock_id: str, day: date, profile: str, book: LawBook) -> tuple[date | None, bool] | None:
    """Give the date of an unbroken clock, and whether it is provisional; nothing if a day is too little."""
    try:
        due_on = fast.due_on(clock_id, day, book=book, profile=profile)
    except LawError:
        return None
    if due_on is not None:
        return due_on, False
    found = time_limits.due(clock_id, trigger=day, profile=profile, book=book)
    return found.due_on, found.provisional


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


def _told(found: Clock | Due) -> str:
    """Write a date for a terminal, and whether it may still change."""
    return f"{found.due_on or '?'}{' (provisional)' if found.provisional else ''}"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
