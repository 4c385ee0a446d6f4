"""Grounds that stop a clock: which are granted, united and clipped, half-open in dates (C11 to C13)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from law.clocks import Clock
from law.errors import LawError
from law.reading import table

ONE_DAY = timedelta(days=1)
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_NOT_TOLD = re.compile(r"未(书面)?(告知|通知)")


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason to stop a clock, in the words staff use."""

    id: str
    zh: str
    en: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that shall not count: from the start up to, not including, the end; no end while open."""

    start: date
    end: date | None = None
    ground: str = ""
    notified: bool | None = None
    approved_by: str = ""

    def __post_init__(self) -> None:
        """Refuse an end before the start."""
        if self.end is not None and self.end < self.start:
            raise LawError(
                f"中止结束日{self.end}早于开始日{self.start}",
                field="suspensions",
                code="suspension_reversed",
                message_en=f"The suspension ends on {self.end}, before it starts on {self.start}",
            )


@dataclass(frozen=True, slots=True)
class Break:
    """A stretch of days that does not count, after uniting what overlaps."""

    first: date
    end: date | None
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ignored:
    """A suspension without effect, and why."""

    suspension: Suspension
    code: str


@cache
def grounds() -> Mapping[str, Ground]:
    """Give the known grounds by id."""
    return {
        name: Ground(id=name, zh=row["zh"], en=row["en"], words=tuple(row["words"]))
        for name, row in table("grounds").items()
        if isinstance(row, dict)
    }


@cache
def ground_of(text: str) -> str:
    """Find the ground that a word means, or nothing."""
    word = _BRACKETS.sub("", text).strip().removesuffix("期间")
    for ground in grounds().values():
        if word == ground.id or word in ground.words:
            return ground.id
    return ""


def told_in(text: str) -> bool | None:
    """Read from the words whether the party was not told of the period; nothing where they are silent."""
    return False if _NOT_TOLD.search(text) else None


def sift(
    clock: Clock, suspensions: Iterable[Suspension], *, after: date
) -> tuple[list[Suspension], list[Ignored]]:
    """Part the suspensions that the clock's rule grants from those without effect (C11, C13)."""
    granted: list[Suspension] = []
    ignored: list[Ignored] = []
    for suspension in suspensions:
        reason = _refusal(clock, suspension) or _outside(clock, suspension, after)
        if reason:
            ignored.append(Ignored(suspension, reason))
        else:
            granted.append(suspension)
    return granted, ignored


def _refusal(clock: Clock, suspension: Suspension) -> str:
    """Say why a suspension has no effect on this clock, or nothing when it has."""
    allowed = clock.convention.grounds
    if not allowed:
        return "no_ground_granted"
    if suspension.ground and ground_of(suspension.ground) not in allowed:
        return "ground_not_granted"
    if suspension.notified is False:
        return "not_notified"
    if suspension.end == suspension.start and clock.convention.suspension_end == "excluded":
        return "no_length"
    return ""


def _outside(clock: Clock, suspension: Suspension, after: date) -> str:
    """Say that a suspension was over before the first day of the count, or nothing."""
    end = _resumed(clock, suspension)
    return "before_start" if end is not None and end <= after + ONE_DAY else ""


def _resumed(clock: Clock, suspension: Suspension) -> date | None:
    """Give the first day that runs again after a suspension; none while it is open (C11)."""
    if suspension.end is None or clock.convention.suspension_end == "excluded":
        return suspension.end
    return suspension.end + ONE_DAY


def unite(clock: Clock, granted: Sequence[Suspension], *, after: date) -> list[Break]:
    """Unite overlapping suspensions and clip them to the days after the start."""
    breaks: list[Break] = []
    for item in sorted(granted, key=lambda s: (s.start, s.end or date.max)):
        first = max(item.start, after + ONE_DAY)
        end = _resumed(clock, item)
        ground = ground_of(item.ground)
        last = breaks[-1] if breaks else None
        if last is not None and (last.end is None or first <= last.end):
            joined = None if last.end is None or end is None else max(last.end, end)
            breaks[-1] = Break(last.first, joined, (*last.grounds, ground))
        else:
            breaks.append(Break(first, end, (ground,)))
    return breaks
