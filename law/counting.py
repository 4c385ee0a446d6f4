"""Pure date arithmetic: days, working days and months, with breaks that do not count."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from law.calendar import WorkCalendar
from law.errors import CalendarUnresolved
from law.suspensions import Break

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Count:
    """The last day of a count, or none while a break stays open, and what each break cost."""

    last: date | None
    used: int
    costs: tuple[tuple[Break, int], ...] = ()


def add_months(day: date, months: int) -> date:
    """Go to the corresponding day, or the month's last day where there is none: 民法典第二百零二条."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    length = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length))


def push(start: date, last: date, breaks: Sequence[Break]) -> Count:
    """Move a last calendar day on by the days of each break that begins before it ends."""
    costs: list[tuple[Break, int]] = []
    skipped = 0
    for item in breaks:
        if item.first > last:
            break
        if item.end is None:
            return Count(None, (item.first - start).days - 1 - skipped, (*costs, (item, 0)))
        days = (item.end - item.first).days
        skipped += days
        last += timedelta(days=days)
        costs.append((item, days))
    return Count(last, (last - start).days - skipped, tuple(costs))


def count_workdays(calendar: WorkCalendar, start: date, length: int, breaks: Sequence[Break]) -> Count:
    """Count working days after the start; in a break only its working days are skipped (C12)."""
    costs: list[tuple[Break, int]] = []
    skipped = 0
    for item in breaks:
        used = _used_before(calendar, start, item.first, skipped, length)
        if used is None or used >= length:
            break
        if item.end is None:
            return Count(None, used, (*costs, (item, 0)))
        days = calendar.count_workdays(item.first - ONE_DAY, item.end - ONE_DAY)
        skipped += days
        costs.append((item, days))
    return Count(calendar.add_workdays(start, length + skipped), length, tuple(costs))


def _used_before(calendar: WorkCalendar, start: date, first: date, skipped: int, length: int) -> int | None:
    """Count the working days used before a break; none when the count ends before it."""
    if calendar.covers(first - ONE_DAY):
        return calendar.count_workdays(start, first - ONE_DAY) - skipped
    last = calendar.add_workdays(start, length + skipped)
    if first > last:
        return None
    raise CalendarUnresolved(first.year)
