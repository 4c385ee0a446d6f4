"""Due dates: the one entry to statutory periods, their extensions, breaks and explanations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from law.book import LawBook, not_in_force
from law.calendar import WorkCalendar
from law.clocks import Clock, Unit
from law.computing import Calculation, Request, calculate
from law.derivation import Derivation, derive
from law.errors import LawError
from law.extensions import Extension, total_extension
from law.suspensions import Suspension

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
ONE_DAY = timedelta(days=1)
BUSINESS_CLOSE = time(17, 30)


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a period, with what is needed to store and to explain it."""

    clock_id: str
    due_on: date | None
    due_at: datetime | None
    provisional: bool
    unit: str
    length: int | None
    article: str
    kind: str
    consumed: int | None
    remaining: int | None
    calculation: Calculation = field(repr=False, compare=False)

    @property
    def derivation(self) -> Derivation:
        """Explain the date step by step; built when asked for."""
        return derive(self.calculation)

    @property
    def clock(self) -> Clock:
        """Give the clock's row that was applied."""
        return self.calculation.clock

    def expires_at(self, *, business_close: time = BUSINESS_CLOSE) -> datetime | None:
        """Give the instant the period is over: 24:00 for a party, close of business for an agency (C10)."""
        if self.due_at is not None or self.due_on is None:
            return self.due_at
        if self.calculation.ends_at_close:
            return datetime.combine(self.due_on, business_close, SHANGHAI)
        return datetime.combine(self.due_on + ONE_DAY, time(), SHANGHAI)

    def as_dict(self) -> dict[str, Any]:
        """Give the result as plain data."""
        return {
            "clock": self.clock_id,
            "kind": self.kind,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "provisional": self.provisional,
            "unit": self.unit,
            "length": self.length,
            "article": self.article,
            "consumed": self.consumed,
            "remaining": self.remaining,
            "derivation": self.derivation.as_dict(),
        }


def due(
    clock_id: str,
    *,
    trigger: datetime | date,
    book: LawBook | None = None,
    profile: str = "national",
    suspensions: Sequence[Suspension] = (),
    extension: int | Sequence[Extension] = 0,
    agreed_until: date | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Due:
    """Compute when a period ends, from the event that starts it: 民法典第二百零一条至第二百零三条."""
    book = book or LawBook.default()
    instant, day = local(trigger)
    clock = book.clock(clock_id, on=day, profile=profile)
    if settings:
        clock = clock.with_settings(settings)
    parts = [
        due(part, trigger=trigger, book=book, profile=profile, suspensions=suspensions)
        for part in clock.parts
    ]
    request = Request(
        clock=clock,
        calendar=book.calendar,
        day=day,
        instant=instant,
        suspensions=tuple(suspensions),
        extension=total_extension(clock, extension),
        extensions=() if isinstance(extension, int) else tuple(extension),
        agreed_until=agreed_until,
        parts=tuple(part.calculation for part in parts),
    )
    try:
        result = calculate(request)
    except LawError:
        raise
    except (OverflowError, ValueError) as error:
        raise LawError(
            f"日期超出可计算范围：{day}",
            field="trigger",
            code="date_out_of_range",
            message_en=f"The date cannot be counted from: {day}",
        ) from error
    _require_in_force(clock, result)
    return _due(clock, result)


def _require_in_force(clock: Clock, result: Calculation) -> None:
    """Check a limitation against the law of the day on which it would run out."""
    if clock.law_day == "due" and result.due_on is not None and not clock.in_force(result.due_on):
        raise not_in_force(clock.id, result.due_on)


def _due(clock: Clock, result: Calculation) -> Due:
    """Put the outcome of a calculation into the form that is stored."""
    return Due(
        clock_id=clock.id,
        due_on=result.due_on,
        due_at=result.due_at,
        provisional=result.provisional,
        unit=clock.unit.value,
        length=clock.length,
        article=clock.article,
        kind=result.kind,
        consumed=result.consumed,
        remaining=result.remaining,
        calculation=result,
    )


def local(trigger: datetime | date) -> tuple[datetime | None, date]:
    """Turn an instant into Shanghai time and give its local date; refuse a naive one."""
    if isinstance(trigger, datetime):
        if trigger.tzinfo is None or trigger.utcoffset() is None:
            raise LawError(
                "起算时刻须带时区",
                field="trigger",
                code="naive_datetime",
                message_en="The instant that starts a period needs a time zone",
            )
        try:
            instant = trigger.astimezone(SHANGHAI)
        except OverflowError as error:
            raise LawError(
                f"日期超出可计算范围：{trigger}", field="trigger", code="date_out_of_range"
            ) from error
        return instant, instant.date()
    if not isinstance(trigger, date):
        raise LawError(
            f"起算日不是日期：{trigger!r}",
            field="trigger",
            code="not_a_date",
            message_en=f"Not a date: {trigger!r}",
        )
    return None, trigger


def kind_to_clock(kind: str, profile: str = "national", *, book: LawBook | None = None) -> str:
    """Name the clock for a kind of period under a profile."""
    return (book or LawBook.default()).clock_for(kind, profile)


def latest_notice_date(
    clock_id: str,
    *,
    event: datetime | date,
    book: LawBook | None = None,
    profile: str = "national",
) -> Due:
    """Compute the last day for a notice before an event: 行政处罚法第六十四条第（二）项 (C15)."""
    clock = (book or LawBook.default()).clock(clock_id, on=local(event)[1], profile=profile)
    if clock.convention.direction != "before":
        raise LawError(
            f"期限{clock_id}不是提前通知期限",
            field="clock",
            code="not_backward",
            message_en=f"{clock_id} does not count backwards from an event",
        )
    return due(clock_id, trigger=event, book=book, profile=profile)


def alternative_due(found: Due) -> Due | None:
    """Compute the other reading that the conventions keep in mind, for a warning only."""
    request = found.calculation.request
    if not request.clock.alternative:
        return None
    other = request.clock.with_settings(request.clock.alternative)
    return _due(other, calculate(request.under(other)))


def earliest_act(found: Due, *, calendar: WorkCalendar | None = None) -> date:
    """Give the first working day on which to act after the period has fully elapsed (C16)."""
    calendar = calendar or found.calculation.request.calendar
    if found.due_on is None:
        raise LawError("期限尚未确定", field="due", code=found.kind, message_en="The period has no end yet")
    if found.clock.convention.elapsed == "same_day":
        return calendar.roll_forward(found.due_on)
    return calendar.next_workday(found.due_on)


__all__ = [
    "SHANGHAI",
    "Due",
    "Extension",
    "Suspension",
    "Unit",
    "alternative_due",
    "due",
    "earliest_act",
    "kind_to_clock",
    "latest_notice_date",
    "local",
]
