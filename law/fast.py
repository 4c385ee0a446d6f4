"""Due dates at full speed: a compiled counter for each clock, without extension or explanation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from law.book import LawBook, not_in_force
from law.calendar import WorkCalendar
from law.clocks import Clock, Unit
from law.computing import Request, calculate
from law.errors import LawError

Counter = Callable[[date], date | None]
FAR_FUTURE = date.max.toordinal() + 1


def due_on(
    clock_id: str, trigger: date, *, book: LawBook | None = None, profile: str = "national"
) -> date | None:
    """Give the due date alone; none where the calendar is not loaded."""
    chosen = LawBook.default() if book is None else book
    counter = chosen.compiled.get((clock_id, profile))
    if counter is None:
        counter = counter_for(clock_id, book=chosen, profile=profile)
    return counter(trigger)


def due_many(
    clock_id: str,
    triggers: Iterable[date],
    *,
    book: LawBook | None = None,
    profile: str = "national",
) -> list[date | None]:
    """Give the due dates of many triggers of one clock."""
    counter = counter_for(clock_id, book=book, profile=profile)
    return [counter(trigger) for trigger in triggers]


def counter_for(clock_id: str, *, book: LawBook | None = None, profile: str = "national") -> Counter:
    """Compile a clock into a function from local trigger date to due date, and keep it."""
    chosen = book or LawBook.default()
    key = (clock_id, profile)
    found = chosen.compiled.get(key)
    if found is None:
        found = _compile(clock_id, chosen, profile)
        chosen.compiled[key] = found
    return found


def _compile(clock_id: str, book: LawBook, profile: str) -> Counter:
    """Choose the fast way where the newest version's conventions allow it, else the full one."""
    newest = book.newest(clock_id, profile=profile)
    exact = _exact(clock_id, book, profile)
    plain = (
        newest.convention.direction == "after"
        and newest.length is not None
        and newest.nature != "accrual"
        and newest.law_day == "trigger"
        and not book.dated(clock_id)
    )
    if plain and newest.unit is Unit.WORKING_DAY and book.calendar.contiguous:
        return _working(newest, book.calendar, exact)
    if plain and newest.unit is Unit.CALENDAR_DAY and book.calendar.contiguous:
        return _natural(newest, book.calendar, exact)
    return exact


def _exact(clock_id: str, book: LawBook, profile: str) -> Counter:
    """Count by the full engine and remember: older versions, months, years and all that is special."""

    known: dict[date, date | None] = {}

    def remember(trigger: date) -> date | None:
        found = known.get(trigger)
        if found is None:
            found = known[trigger] = count(trigger)
        return found

    def count(trigger: date) -> date | None:
        clock = book.clock(clock_id, on=trigger, profile=profile)
        if clock.unit in (Unit.HOUR, Unit.COMPOSITE, Unit.CONTRACT):
            raise LawError(
                f"期限{clock_id}不能按日快速计算",
                field="clock",
                code="not_a_day_clock",
                message_en=f"{clock_id} is not counted from a bare date",
            )
        result = calculate(Request(clock=clock, calendar=book.calendar, day=trigger))
        if clock.law_day == "due" and result.due_on and not clock.in_force(result.due_on):
            raise not_in_force(clock_id, result.due_on)
        return None if result.provisional else result.due_on

    return remember


def _bounds(clock: Clock) -> tuple[int, int]:
    """Give the ordinals between which the clock's law is in force."""
    until = clock.in_force_until.toordinal() if clock.in_force_until else FAR_FUTURE
    return clock.in_force_from.toordinal(), until


def _working(clock: Clock, calendar: WorkCalendar, exact: Counter) -> Counter:
    """Count working days by prefix sums, one table look-up a date."""
    first, ranks, workdays = calendar.window()
    low, high = _bounds(clock)
    low, high = max(low, first + 1), min(high, first + len(ranks))
    shift = 1 if clock.convention.first_day == "counted" else 0
    offset = (clock.length or 0) - 1
    last = len(workdays)

    def count(trigger: date) -> date | None:
        ordinal = trigger.toordinal()
        if low <= ordinal < high:
            index = ranks[ordinal - first - shift] + offset
            return workdays[index] if index < last else None
        return exact(trigger)

    return count if offset >= 0 else exact


def _natural(clock: Clock, calendar: WorkCalendar, exact: Counter) -> Counter:
    """Count calendar days; where the last day rolls, by a table of rolled days."""
    low, high = _bounds(clock)
    length = (clock.length or 0) - (1 if clock.convention.first_day == "counted" else 0)
    if clock.convention.roll == "none":
        step = timedelta(days=length)

        def plain(trigger: date) -> date | None:
            return trigger + step if low <= trigger.toordinal() < high else exact(trigger)

        return plain
    first, ranks, workdays = calendar.window()
    rolled = _rolled(ranks, workdays, first)
    low, high = max(low, first), min(high, first + len(ranks) - length)

    def count(trigger: date) -> date | None:
        ordinal = trigger.toordinal()
        return rolled[ordinal + length - first] if low <= ordinal < high else exact(trigger)

    return count


def _rolled(ranks: list[int], workdays: list[date], first: int) -> list[date | None]:
    """Give for each loaded day itself or the next working day; none past the last one."""
    table: list[date | None] = []
    for index, rank in enumerate(ranks):
        own = rank > 0 and workdays[rank - 1].toordinal() == first + index
        position = rank - 1 if own else rank
        table.append(workdays[position] if position < len(workdays) else None)
    return table
