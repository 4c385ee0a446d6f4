"""The derivation of a due date as structure: start, counted and skipped days, breaks, roll, article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from law.clocks import triggers
from law.computing import NOTICE, SUSPENDED, UNRESOLVED, Calculation
from law.narration import narrate
from law.steps import Step, break_steps, day_steps
from law.suspensions import ground_of, grounds

ONE_DAY = timedelta(days=1)
LONGEST_STRIP = 400


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the strip on a page: what it counts as, its number and its name."""

    day: str
    role: str
    number: int | None
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """Why a period ends when it does; plain enough to be stored and told in two languages."""

    clock_id: str
    name_zh: str
    name_en: str
    article: str
    article_en: str
    quote: str
    note: str
    trigger_zh: str
    trigger_en: str
    unit: str
    length: int | None
    length_zh: str
    length_en: str
    kind: str
    start: str
    due_on: str
    due_at: str
    calendar: str
    steps: tuple[Step, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give the derivation as plain data, to be stored."""
        return {
            **{f.name: getattr(self, f.name) for f in fields(self)},
            "steps": [s.as_dict() for s in self.steps],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Derivation:
        """Make a stored derivation again."""
        steps = tuple(Step(**step) for step in data["steps"])
        return cls(**{**data, "steps": steps})

    def sentences(self, language: str = "zh") -> list[str]:
        """Tell the derivation in Chinese or English, a sentence a step."""
        return narrate(self.as_dict(), language)

    def day_strip(self) -> list[StripDay]:
        """Lay the days out one by one; empty where the span is too long to show."""
        span = [day for day in (self.start, self.due_on) if day]
        if len(span) == 2 and abs(_day(span[1]) - _day(span[0])).days > LONGEST_STRIP:
            return []
        found: dict[str, StripDay] = {}
        for day in (day for step in self.steps for day in _strip(step)):
            before = found.get(day.day)
            found[day.day] = replace(before, role=day.role) if before and not day.name_zh else day
        return [found[key] for key in sorted(found)]

    def strip_dicts(self) -> list[dict[str, Any]]:
        """Give the strip as plain data."""
        return [asdict(day) for day in self.day_strip()]


ROLES: Mapping[str, str] = {
    "start": "start",
    "event": "event",
    "counted": "counted",
    "skipped": "skipped",
    "suspended": "suspended",
    "rolled_over": "rolled",
    "due": "due",
}


def _strip(step: Step) -> Iterator[StripDay]:
    """Spread one step over its days."""
    role = ROLES.get(step.kind)
    if role is None or not step.first:
        return
    first = _day(step.first)
    last = _day(step.last) if step.last else first
    for shift in range((last - first).days + 1):
        number = step.number + shift if step.number is not None else None
        text = (first + timedelta(days=shift)).isoformat()
        yield StripDay(text, role, number, step.name_zh, step.name_en)


def _day(text: str) -> date:
    """Read a stored date."""
    return date.fromisoformat(text[:10])


def derive(result: Calculation) -> Derivation:
    """Explain a calculation."""
    clock, request = result.clock, result.request
    trigger_zh, trigger_en = triggers()[clock.trigger]
    return Derivation(
        clock_id=clock.id,
        name_zh=clock.name_zh,
        name_en=clock.name_en,
        article=clock.article,
        article_en=clock.article_en,
        quote=clock.quote,
        note=clock.note,
        trigger_zh=trigger_zh,
        trigger_en=trigger_en,
        unit=clock.unit.value,
        length=clock.length,
        length_zh=clock.length_text("zh"),
        length_en=clock.length_text("en"),
        kind=result.kind,
        start=request.instant.isoformat() if result.due_at and request.instant else request.day.isoformat(),
        due_on=result.due_on.isoformat() if result.due_on else "",
        due_at=result.due_at.isoformat() if result.due_at else "",
        calendar=request.calendar.version,
        steps=tuple(_steps(result)),
    )


def _steps(result: Calculation) -> Iterator[Step]:
    """Give the steps in the order a reader follows them."""
    request = result.request
    if result.kind == NOTICE or request.clock.convention.direction == "before":
        yield Step("event", request.day.isoformat())
    else:
        code = request.clock.convention.first_day
        yield Step("start", request.day.isoformat(), code=code)
    yield from _extension_steps(result)
    for part in request.parts:
        yield Step(
            "part",
            part.due_on.isoformat() if part.due_on else "",
            name_zh=f"{part.clock.name_zh}（{part.clock.article}）",
            name_en=f"{part.clock.name_en} ({part.clock.article_en})",
        )
        yield from break_steps(part)
    yield from day_steps(result)
    yield from _ineffective(result)
    yield from _ending(result)


def _extension_steps(result: Calculation) -> Iterator[Step]:
    """Tell each extension with its approver, or the bare length of a preview."""
    request = result.request
    for item in request.extensions:
        yield Step(
            "extension",
            item.approved_on.isoformat() if item.approved_on else "",
            days=item.length,
            code=item.approver,
            name_zh=item.approved_by,
            name_en=item.approved_by,
        )
    if request.extension and not request.extensions:
        yield Step("extension", days=request.extension)


def _ineffective(result: Calculation) -> Iterator[Step]:
    """Tell every suspension that had no effect, and why."""
    for ignored in result.ignored:
        item = ignored.suspension
        yield Step(
            "ignored",
            item.start.isoformat(),
            item.end.isoformat() if item.end else "",
            code=ignored.code,
            name_zh=item.ground,
            name_en=_ground_en(item.ground),
        )
    for idle in result.idle:
        yield Step(
            "ignored",
            idle.first.isoformat(),
            idle.end.isoformat() if idle.end else "",
            code="after_end",
        )


def _ground_en(text: str) -> str:
    """Name a ground in English where it is known."""
    found = grounds().get(ground_of(text))
    return found.en if found else text


def _ending(result: Calculation) -> Iterator[Step]:
    """Tell how the count ends: rolled, unresolved, suspended or due."""
    yield from _roll(result)
    if result.kind == UNRESOLVED:
        yield Step("unresolved", number=result.missing_year)
    if result.kind == SUSPENDED:
        yield Step("open", number=result.consumed, days=result.remaining)
    if result.due_on is not None:
        kind = "notice" if result.kind == NOTICE else "due"
        code = "office_hours" if result.ends_at_close else "midnight"
        yield Step(kind, result.due_on.isoformat(), code=code)


def _roll(result: Calculation) -> Iterator[Step]:
    """Tell whether the last day moved, and why or why not (C5 to C7)."""
    day, calendar = result.unrolled, result.request.calendar
    if day is None or result.kind == NOTICE or result.due_at is not None:
        return
    name = calendar.name_of(day) if calendar.covers(day) else None
    zh, en = (name.zh, name.en) if name else ("", "")
    if result.due_on is not None and result.due_on != day:
        yield Step(
            "rolled_over", day.isoformat(), (result.due_on - ONE_DAY).isoformat(), name_zh=zh, name_en=en
        )
        yield Step("roll", day.isoformat(), result.due_on.isoformat(), name_zh=zh, name_en=en)
    elif name is not None and not name.makeup:
        yield Step("no_roll", day.isoformat(), name_zh=zh, name_en=en)
    elif name is not None:
        yield Step("makeup_end", day.isoformat(), name_zh=zh, name_en=en)
