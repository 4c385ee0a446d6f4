"""Ladders of extensions: who may grant how much, and no further: 行政处罚法第六十条."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from law.clocks import Clock
from law.errors import LawError

APPROVERS: dict[str, tuple[str, str]] = {
    "head": ("行政机关负责人", "the head of the organ"),
    "collective_discussion": ("负责人集体讨论", "collective discussion of the heads"),
    "department_head": ("部门负责人", "the head of the department"),
    "review_body_head": ("行政复议机构负责人", "the head of the review body"),
    "court": ("人民法院", "the court"),
}


@dataclass(frozen=True, slots=True)
class Extension:
    """One granted extension, in the clock's own unit, with who approved it."""

    length: int
    approver: str
    approved_on: date | None = None
    approved_by: str = ""
    reason: str = ""


def total_extension(clock: Clock, extension: int | Sequence[Extension]) -> int:
    """Sum the extension after checking it against the clock's ladder."""
    if isinstance(extension, int):
        _check_total(clock, extension)
        return extension
    for number, item in enumerate(extension):
        _check_rung(clock, number, item)
    return sum(item.length for item in extension)


def _check_total(clock: Clock, length: int) -> None:
    """Check a bare length, as a preview gives it, against the whole ladder."""
    if length < 0:
        raise _refused("extension_negative", f"延长天数不能为负：{length}", "An extension cannot be negative")
    if length == 0:
        return
    _require_ladder(clock)
    limits = [rung.max for rung in clock.ladder]
    if None not in limits and length > sum(limit or 0 for limit in limits):
        raise _beyond(clock, length)


def _check_rung(clock: Clock, number: int, item: Extension) -> None:
    """Check one granted extension against its step of the ladder."""
    _require_ladder(clock)
    if number >= len(clock.ladder):
        raise _beyond(clock, item.length)
    rung = clock.ladder[number]
    if item.length <= 0:
        raise _refused("extension_negative", "延长天数须为正数", "An extension must be positive")
    if rung.max is not None and item.length > rung.max:
        raise _beyond(clock, item.length)
    if item.approver != rung.approver:
        zh, en = APPROVERS[rung.approver]
        raise _refused(
            "extension_approver",
            f"第{number + 1}次延长须经{zh}批准（{clock.article}）",
            f"Extension {number + 1} needs the approval of {en}",
        )


def _require_ladder(clock: Clock) -> None:
    """Refuse any extension of a clock whose rule grants none."""
    if not clock.ladder:
        raise _refused(
            "extension_not_granted",
            f"“{clock.name_zh}”没有可以延长的规定（{clock.article}）",
            f"No rule grants an extension of {clock.id}",
        )


def _beyond(clock: Clock, length: int) -> LawError:
    """Build the refusal of an extension longer or later than the ladder allows."""
    return _refused(
        "extension_beyond_ladder",
        f"延长{length}超出“{clock.name_zh}”允许的延长（{clock.article}）",
        f"An extension of {length} goes beyond what {clock.id} allows",
    )


def _refused(code: str, message: str, message_en: str) -> LawError:
    """Name the field of every refused extension."""
    return LawError(message, field="extension", code=code, message_en=message_en)
