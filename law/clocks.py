"""The data model of a statutory clock and the packaged rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from law.articles import Citation, cite_en, cite_zh, parse_all
from law.errors import LawError
from law.reading import Table, rows, table


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"
    COMPOSITE = "composite"
    CONTRACT = "contract"


UNIT_NAMES: Mapping[Unit, tuple[str, str]] = {
    Unit.WORKING_DAY: ("个工作日", "working day"),
    Unit.CALENDAR_DAY: ("日", "day"),
    Unit.HOUR: ("小时", "hour"),
    Unit.MONTH: ("个月", "month"),
    Unit.YEAR: ("年", "year"),
    Unit.COMPOSITE: ("", ""),
    Unit.CONTRACT: ("", ""),
}


@dataclass(frozen=True, slots=True)
class Convention:
    """How one clock is counted: the conventions C1 to C16 as settings, each with its default."""

    unit: Unit = Unit.CALENDAR_DAY
    first_day: str = "excluded"
    roll: str = "none"
    hours: str = "instant"
    direction: str = "after"
    clear_days: bool = True
    grounds: tuple[str, ...] = ()
    suspension_end: str = "excluded"
    extension_from: str = "unrolled"
    elapsed: str = "next_day"
    day_end: str = "by_nature"


CHOICES: Mapping[str, tuple[str, ...]] = {
    "first_day": ("excluded", "counted"),
    "roll": ("none", "forward"),
    "hours": ("instant", "next_full_hour"),
    "direction": ("after", "before"),
    "suspension_end": ("excluded", "included"),
    "extension_from": ("unrolled", "rolled"),
    "elapsed": ("next_day", "same_day"),
    "day_end": ("by_nature", "midnight", "business_close"),
}
OFFICE_NATURES = frozenset(
    {
        "agency_duty",
        "agency_right",
        "court_duty",
        "police_duty",
        "review_organ_duty",
        "superior_duty",
    }
)
_CONVENTION_FIELDS = frozenset(field.name for field in fields(Convention))


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder of extensions: how much at most, and who approves."""

    approver: str
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A statutory period: its length, its law, when that law is in force, and how it is counted."""

    id: str
    name_zh: str
    name_en: str
    subject: str
    nature: str
    trigger: str
    length: int | None
    profile: str
    citations: tuple[Citation, ...]
    quote: str
    in_force_from: date
    in_force_until: date | None
    law_day: str
    source: str
    checked_on: date
    confidence: str
    configurable: bool
    note: str
    convention: Convention
    ladder: tuple[Rung, ...]
    alternative: Mapping[str, Any]
    parts: tuple[str, ...]
    overridden_by: str = ""

    @property
    def unit(self) -> Unit:
        """Give the unit the period is counted in."""
        return self.convention.unit

    @property
    def article(self) -> str:
        """Print the articles in Chinese; where the law gives no number, say so."""
        return cite_zh(self.citations) or "国家法未规定天数，由本县确定"

    @property
    def article_en(self) -> str:
        """Print the articles in English."""
        return cite_en(self.citations) or "no number in national law; set by the county"

    @property
    def ends_with_office_hours(self) -> bool:
        """Tell whether the last day ends at the close of business: 民法典第二百零三条第二款 (C10)."""
        if self.convention.day_end == "by_nature":
            return self.nature in OFFICE_NATURES
        return self.convention.day_end == "business_close"

    @property
    def awaits_confirmation(self) -> bool:
        """Tell a default that the county has still to confirm."""
        return self.configurable and not self.overridden_by

    def length_text(self, language: str) -> str:
        """Say the length with its unit."""
        if self.length is None:
            return ""
        zh, en = UNIT_NAMES[self.unit]
        if language == "zh":
            return f"{self.length}{zh}"
        return f"{self.length} {en}{'' if self.length == 1 else 's'}"

    def in_force(self, day: date) -> bool:
        """Tell whether the law behind this row is in force on a day."""
        return self.in_force_from <= day and (self.in_force_until is None or day < self.in_force_until)

    def with_settings(self, settings: Mapping[str, Any], *, approved: str = "") -> Clock:
        """Give the clock under other settings; refuse a setting that does not exist."""
        known = {k: v for k, v in settings.items() if k in _CONVENTION_FIELDS}
        rest = {k: v for k, v in settings.items() if k not in _CONVENTION_FIELDS}
        changes: dict[str, Any] = {"convention": _convention(known, self.convention)}
        for name, value in rest.items():
            changes[name] = _own_setting(name, value)
        if approved:
            changes["overridden_by"] = approved
        return replace(self, **changes)


def _own_setting(name: str, value: Any) -> Any:
    """Check a setting of the clock itself rather than of its counting."""
    if name == "length" and isinstance(value, int) and value >= 0:
        return value
    if name == "ladder":
        return tuple(Rung(**rung) if isinstance(rung, Mapping) else rung for rung in value)
    if name in ("in_force_from", "in_force_until") and (value is None or isinstance(value, date)):
        return value
    raise LawError(
        f"期限参数无效：{name}={value!r}",
        field=name,
        code="setting_invalid",
        message_en=f"Invalid setting of a clock: {name}={value!r}",
    )


def _convention(settings: Mapping[str, Any], base: Convention) -> Convention:
    """Check settings of counting and put them over a base."""
    changes = dict(settings)
    for name, value in settings.items():
        allowed = CHOICES.get(name)
        if allowed is not None and value not in allowed:
            raise LawError(
                f"计算规则无效：{name}={value!r}",
                field=name,
                code="setting_invalid",
                message_en=f"Invalid counting rule: {name}={value!r}",
            )
    if "unit" in changes:
        try:
            changes["unit"] = Unit(changes["unit"])
        except ValueError:
            raise LawError(f"未知的期限单位：{changes['unit']}", field="unit", code="unit_unknown") from None
    if "grounds" in changes:
        changes["grounds"] = tuple(changes["grounds"])
    return replace(base, **changes)


def _clock(row: Table) -> Clock:
    """Make a clock from a row of the data."""
    settings = {k: v for k, v in row.items() if k in _CONVENTION_FIELDS}
    return Clock(
        id=row["id"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        subject=row["subject"],
        nature=row["nature"],
        trigger=row["trigger"],
        length=row.get("length"),
        profile=row.get("profile", "national"),
        citations=parse_all(row["cite"]),
        quote=row.get("quote", ""),
        in_force_from=row["in_force_from"],
        in_force_until=row.get("in_force_until"),
        law_day=row.get("law_day", "trigger"),
        source=row["source"],
        checked_on=row["checked_on"],
        confidence=row.get("confidence", "high"),
        configurable=row.get("configurable", False),
        note=row.get("note", ""),
        convention=_convention(settings, Convention()),
        ladder=tuple(Rung(**rung) for rung in row.get("ladder", [])),
        alternative=row.get("alternative", {}),
        parts=tuple(row.get("parts", [])),
    )


@cache
def packaged_clocks() -> Mapping[str, tuple[Clock, ...]]:
    """Give every packaged clock by id, its versions from oldest to newest."""
    found: dict[str, list[Clock]] = {}
    for row in rows("clocks", "clock"):
        found.setdefault(row["id"], []).append(_clock(row))
    return {k: tuple(sorted(v, key=lambda c: c.in_force_from)) for k, v in found.items()}


@cache
def triggers() -> Mapping[str, tuple[str, str]]:
    """Give the wording of each starting event, zh and en."""
    return {k: (v["zh"], v["en"]) for k, v in table("triggers").items() if isinstance(v, dict)}
