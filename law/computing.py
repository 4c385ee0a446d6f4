"""Compute one period under its conventions: the arithmetic behind every due date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from law.calendar import WorkCalendar
from law.clocks import Clock, Unit
from law.counting import Count, add_months, count_workdays, push
from law.errors import CalendarUnresolved, LawError
from law.extensions import Extension
from law.suspensions import Break, Ignored, Suspension, sift, unite

ONE_DAY = timedelta(days=1)
ONE_HOUR = timedelta(hours=1)
DUE, DUE_INSTANT, NOTICE, UNRESOLVED, SUSPENDED = (
    "due",
    "due_instant",
    "latest_notice_date",
    "calendar_unresolved",
    "suspended",
)


@dataclass(frozen=True, slots=True)
class Request:
    """All that a period depends on."""

    clock: Clock
    calendar: WorkCalendar
    day: date
    instant: datetime | None = None
    suspensions: tuple[Suspension, ...] = ()
    extension: int = 0
    extensions: tuple[Extension, ...] = ()
    agreed_until: date | None = None
    parts: tuple[Calculation, ...] = ()

    @property
    def start(self) -> date:
        """Give the day before day 1: the trigger day, or the day before it where it counts (C1)."""
        return self.day - ONE_DAY if self.clock.convention.first_day == "counted" else self.day

    @property
    def total(self) -> int:
        """Give length and extension together, in the clock's unit."""
        return (self.clock.length or 0) + self.extension

    def under(self, clock: Clock) -> Request:
        """Give the same request for the clock under other settings."""
        return replace(self, clock=clock)


@dataclass(frozen=True, slots=True)
class Calculation:
    """The outcome of a period and the pieces its explanation is made of."""

    request: Request
    kind: str
    due_on: date | None = None
    due_at: datetime | None = None
    unrolled: date | None = None
    breaks: tuple[tuple[Break, int], ...] = ()
    idle: tuple[Break, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    consumed: int | None = None
    remaining: int | None = None
    missing_year: int | None = None

    @property
    def clock(self) -> Clock:
        """Give the clock that was applied."""
        return self.request.clock

    @property
    def ends_at_close(self) -> bool:
        """Tell whether the last day ends with office hours; a day off has none (C10)."""
        day, calendar = self.due_on, self.request.calendar
        if day is None or not self.clock.ends_with_office_hours:
            return False
        return not calendar.covers(day) or calendar.is_workday(day)

    @property
    def provisional(self) -> bool:
        """Tell a result that a calendar still to come may change."""
        return self.kind == UNRESOLVED


def calculate(request: Request) -> Calculation:
    """Compute a period by the way its unit and direction ask for."""
    convention = request.clock.convention
    if request.clock.nature == "accrual":
        raise LawError(
            f"“{request.clock.name_zh}”按日累计，没有到期日",
            field="clock",
            code="not_a_deadline",
            message_en=f"{request.clock.id} accrues by the day and has no due date",
        )
    if request.agreed_until is not None and convention.unit is not Unit.CONTRACT:
        raise LawError(
            f"“{request.clock.name_zh}”的期限由法律规定，不能约定截止日",
            field="agreed_until",
            code="term_not_agreed",
            message_en=f"{request.clock.id} is set by law; no agreement states its end",
        )
    if convention.direction == "before":
        return _backward(request)
    return _WAYS[convention.unit](request)


def _hours(request: Request) -> Calculation:
    """Run hours through nights and days off (C9): 民法典第二百零一条第二款."""
    if request.instant is None:
        raise LawError(
            "按小时计算的期限须有起算时刻",
            field="trigger",
            code="instant_needed",
            message_en="A period in hours needs an instant, not a day",
        )
    start = request.instant
    if request.clock.convention.hours == "next_full_hour":
        full = start.replace(minute=0, second=0, microsecond=0)
        start = full if full == start else full + ONE_HOUR
    end = start + request.total * ONE_HOUR
    _, ignored = sift(request.clock, request.suspensions, after=request.start)
    return Calculation(
        request, DUE_INSTANT, due_on=end.date(), due_at=end, unrolled=end.date(), ignored=tuple(ignored)
    )


def _backward(request: Request) -> Calculation:
    """Count clear days back from an event (C15): 行政处罚法第六十四条第（二）项."""
    length = request.total
    try:
        if request.clock.unit is Unit.WORKING_DAY:
            day = request.calendar.add_workdays(request.day, -length)
        else:
            day = request.day - timedelta(days=length)
    except CalendarUnresolved as error:
        return Calculation(request, UNRESOLVED, missing_year=error.year)
    if request.clock.convention.clear_days:
        day -= ONE_DAY
    _, ignored = sift(request.clock, request.suspensions, after=request.start)
    return Calculation(request, NOTICE, due_on=day, unrolled=day, ignored=tuple(ignored))


def _working_days(request: Request) -> Calculation:
    """Count working days: the last one is a working day, so nothing rolls."""
    granted, ignored = sift(request.clock, request.suspensions, after=request.start)
    breaks = unite(request.clock, granted, after=request.start)
    try:
        count = count_workdays(request.calendar, request.start, request.total, breaks)
    except CalendarUnresolved as error:
        return Calculation(request, UNRESOLVED, ignored=tuple(ignored), missing_year=error.year)
    return _finish(request, count, breaks, ignored)


def _calendar_days(request: Request) -> Calculation:
    """Count calendar days, then roll where the rule says so."""
    if request.clock.convention.extension_from == "rolled" and request.extension:
        return _extended_after_rolling(request)
    return _days_from(request, request.start + timedelta(days=request.total))


def _extended_after_rolling(request: Request) -> Calculation:
    """Add the extension to the rolled date: the other reading of C14."""
    base = _calendar_days(replace(request, extension=0))
    if base.due_on is None or base.provisional:
        return replace(base, request=request)
    return _days_from(request, base.due_on + timedelta(days=request.extension))


def _months(request: Request) -> Calculation:
    """Count months or years to the corresponding day (C8): 民法典第二百零二条."""
    factor = 12 if request.clock.unit is Unit.YEAR else 1
    return _days_from(request, add_months(request.start, request.total * factor))


def _days_from(request: Request, last: date) -> Calculation:
    """Move the last day on by the breaks and finish."""
    granted, ignored = sift(request.clock, request.suspensions, after=request.start)
    breaks = unite(request.clock, granted, after=request.start)
    return _finish(request, push(request.start, last, breaks), breaks, ignored)


def _finish(request: Request, count: Count, breaks: list[Break], ignored: list[Ignored]) -> Calculation:
    """Roll the last day, or report an open suspension with what is used and left."""
    touched = {item for item, _ in count.costs}
    base = Calculation(
        request,
        DUE,
        unrolled=count.last,
        breaks=count.costs,
        idle=tuple(item for item in breaks if item not in touched),
        ignored=tuple(ignored),
    )
    if count.last is None:
        return replace(base, kind=SUSPENDED, consumed=count.used, remaining=_left(request, count))
    if request.clock.convention.roll != "forward":
        return replace(base, due_on=count.last)
    try:
        return replace(base, due_on=request.calendar.roll_forward(count.last))
    except CalendarUnresolved as error:
        return replace(base, kind=UNRESOLVED, due_on=count.last, missing_year=error.year)


def _left(request: Request, count: Count) -> int:
    """Say how much of the period is left, in days for months and years."""
    if request.clock.unit in (Unit.MONTH, Unit.YEAR):
        factor = 12 if request.clock.unit is Unit.YEAR else 1
        return (add_months(request.start, request.total * factor) - request.start).days - count.used
    return request.total - count.used


def _composite(request: Request) -> Calculation:
    """Take the latest of several periods: 行政强制法第四十四条."""
    for part in request.parts:
        if part.due_on is None:
            return replace(part, request=request)
    latest = max(request.parts, key=lambda part: part.due_on or date.min)
    ignored = tuple(item for item in latest.ignored if all(item in part.ignored for part in request.parts))
    uncertain = next((part for part in request.parts if part.provisional), None)
    kind = UNRESOLVED if uncertain else DUE
    missing = uncertain.missing_year if uncertain else None
    return replace(latest, request=request, kind=kind, ignored=ignored, missing_year=missing)


def _contract(request: Request) -> Calculation:
    """Take the end that the agreement states: 行政处罚法第二十条第二款."""
    if request.agreed_until is None:
        raise LawError(
            f"“{request.clock.name_zh}”的期限由文书载明，须填写截止日",
            field="agreed_until",
            code="term_needed",
            message_en=f"{request.clock.id} runs for the term the agreement states",
        )
    if request.agreed_until < request.day:
        raise LawError(
            "截止日早于生效日",
            field="agreed_until",
            code="term_reversed",
            message_en="The agreement ends before it begins",
        )
    return Calculation(request, DUE, due_on=request.agreed_until, unrolled=request.agreed_until)


_WAYS: dict[Unit, Callable[[Request], Calculation]] = {
    Unit.WORKING_DAY: _working_days,
    Unit.CALENDAR_DAY: _calendar_days,
    Unit.HOUR: _hours,
    Unit.MONTH: _months,
    Unit.YEAR: _months,
    Unit.COMPOSITE: _composite,
    Unit.CONTRACT: _contract,
}
