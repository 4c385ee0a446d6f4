"""The day-by-day part of a derivation: runs of counted, skipped and suspended days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from law.clocks import Unit
from law.computing import NOTICE, Calculation
from law.suspensions import Break, grounds

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: a run of days or a remark, with plain values only."""

    kind: str
    first: str = ""
    last: str = ""
    number: int | None = None
    days: int | None = None
    code: str = ""
    name_zh: str = ""
    name_en: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give the step as plain data, without what is empty."""
        data = {
            "kind": self.kind,
            "first": self.first,
            "last": self.last,
            "number": self.number,
            "days": self.days,
            "code": self.code,
            "name_zh": self.name_zh,
            "name_en": self.name_en,
        }
        return {name: value for name, value in data.items() if value not in ("", None)}


def day_steps(result: Calculation) -> Iterator[Step]:
    """Tell the days of a count in runs, by the unit that was counted."""
    unit = result.clock.unit
    if result.kind == NOTICE:
        yield from _between(result)
    elif unit is Unit.WORKING_DAY:
        yield from _working_runs(result)
    elif unit is Unit.CALENDAR_DAY:
        yield from _calendar_runs(result)
    elif unit in (Unit.MONTH, Unit.YEAR):
        yield from _month_steps(result)


def _between(result: Calculation) -> Iterator[Step]:
    """Tell the clear days between a notice and its event."""
    if result.due_on is not None:
        yield from _runs(result, result.due_on + ONE_DAY, result.request.day - ONE_DAY)


def _working_runs(result: Calculation) -> Iterator[Step]:
    """Tell working days up to the last day, or as far as the calendar is known."""
    request = result.request
    last = result.unrolled or _known_end(result)
    if last is not None:
        yield from _runs(result, request.start + ONE_DAY, last)


def _known_end(result: Calculation) -> date | None:
    """Find how far a count without an end can be told."""
    request = result.request
    for item, _ in result.breaks:
        if item.end is None:
            return item.first - ONE_DAY
    if not request.calendar.covers(request.day):
        return None
    year = request.day.year
    while year + 1 in request.calendar.years:
        year += 1
    return date(year, 12, 31)


def _runs(result: Calculation, first: date, last: date) -> Iterator[Step]:
    """Group days of the same kind into runs; a make-up working day stands alone."""
    number = 0
    pending: Step | None = None
    day = first
    while day <= last:
        step = _classify(result, day, number)
        if step.kind == "counted":
            number += 1
        if pending is not None and _joins(pending, step):
            pending = _joined(pending, step)
        else:
            if pending is not None:
                yield pending
            pending = step
        day += ONE_DAY
    if pending is not None:
        yield pending


def _classify(result: Calculation, day: date, number: int) -> Step:
    """Say what one day is: counted, a day off, or suspended."""
    text = day.isoformat()
    calendar = result.request.calendar
    broken = _break_at(result, day)
    if broken is not None:
        zh, en = ground_names(broken)
        return Step("suspended", text, text, days=1, name_zh=zh, name_en=en)
    name = calendar.name_of(day)
    if result.clock.unit is not Unit.WORKING_DAY or calendar.is_workday(day):
        makeup = name if name is not None and name.makeup else None
        return Step(
            "counted",
            text,
            text,
            number=number + 1,
            days=1,
            name_zh=makeup.zh if makeup else "",
            name_en=makeup.en if makeup else "",
        )
    return Step(
        "skipped", text, text, days=1, name_zh=name.zh if name else "", name_en=name.en if name else ""
    )


def _joins(one: Step, other: Step) -> bool:
    """Tell whether two neighbouring days belong to one run."""
    if one.kind != other.kind or one.name_zh != other.name_zh:
        return False
    return one.kind != "counted" or not one.name_zh


def _joined(one: Step, other: Step) -> Step:
    """Lengthen a run by the next day."""
    return Step(
        one.kind,
        one.first,
        other.last,
        number=one.number,
        days=(one.days or 0) + 1,
        code=one.code,
        name_zh=one.name_zh,
        name_en=one.name_en,
    )


def _break_at(result: Calculation, day: date) -> Break | None:
    """Find the effective break a day lies in."""
    for item, _ in result.breaks:
        if item.first <= day and (item.end is None or day < item.end):
            return item
    return None


def ground_names(item: Break) -> tuple[str, str]:
    """Name the grounds of a break."""
    known = grounds()
    names = list(dict.fromkeys(item.grounds))
    zh = "、".join(known[name].zh for name in names if name)
    en = ", ".join(known[name].en for name in names if name)
    return zh, en


def _calendar_runs(result: Calculation) -> Iterator[Step]:
    """Tell calendar days in the stretches between breaks."""
    request = result.request
    day, number = request.start + ONE_DAY, 1
    for item, cost in result.breaks:
        if day < item.first:
            days = (item.first - day).days
            yield Step(
                "counted", day.isoformat(), (item.first - ONE_DAY).isoformat(), number=number, days=days
            )
            number += days
        yield _suspended(item, cost)
        if item.end is None:
            return
        day = item.end
    if result.unrolled is not None and day <= result.unrolled:
        days = (result.unrolled - day).days + 1
        yield Step("counted", day.isoformat(), result.unrolled.isoformat(), number=number, days=days)


def _month_steps(result: Calculation) -> Iterator[Step]:
    """Tell the corresponding day and the breaks that push it on."""
    request = result.request
    base = result.unrolled
    for _, cost in result.breaks:
        base = base - timedelta(days=cost) if base is not None else None
    if base is not None:
        missing = base.day != request.start.day
        code = "no_such_day" if missing else "same_day"
        yield Step(
            "corresponding", request.start.isoformat(), base.isoformat(), number=request.total, code=code
        )
    yield from break_steps(result)


def break_steps(result: Calculation) -> Iterator[Step]:
    """Tell the breaks of a count with the days each costs."""
    return (_suspended(item, cost) for item, cost in result.breaks)


def _suspended(item: Break, cost: int) -> Step:
    """Tell one break and the days it costs."""
    zh, en = ground_names(item)
    last = (item.end - ONE_DAY).isoformat() if item.end else ""
    return Step("suspended", item.first.isoformat(), last, days=cost, name_zh=zh, name_en=en)
