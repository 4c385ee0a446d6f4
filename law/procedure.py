"""Summary or ordinary procedure, and what may be collected on the spot: 行政处罚法第五十一条、第六十八条."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from decimal import Decimal

from law.book import LawBook
from law.calendar import WorkCalendar
from law.errors import RuleViolation
from law.gates import violation
from law.money import plain
from law.parameters import decimal_parameter
from law.sanctions import SUMMARY_KINDS, kinds_en, kinds_zh, read_kinds
from law.thresholds import party_class
from law.time_limits import local


def summary_obstacles(
    *,
    fine: Decimal | None,
    party_type: str,
    penalty_kinds: Collection[str],
    on: date,
    facts_clear: bool = True,
    has_basis: bool = True,
    book: LawBook | None = None,
    place: str = "",
    sector: str = "",
) -> Iterator[RuleViolation]:
    """Find what stands against deciding on the spot: 行政处罚法第五十一条."""
    kinds = read_kinds(penalty_kinds)
    others = kinds - SUMMARY_KINDS
    if others:
        yield violation(
            "summary_other_penalties_barred",
            detail=kinds_zh(others),
            detail_en=kinds_en(others),
            field="penalty_kinds",
        )
    if not has_basis:
        yield violation(
            "summary_eligibility", detail="没有法定依据", detail_en="no legal basis", field="item"
        )
    if not facts_clear:
        yield violation(
            "summary_eligibility", detail="违法事实尚不确凿", detail_en="facts not clear", field="facts"
        )
    kind = party_class(party_type, on=on, book=book, place=place)
    cap = decimal_parameter("summary.fine_cap", on=on, book=book, party_type=kind, place=place, sector=sector)
    if fine is not None and fine > cap:
        yield violation(
            "summary_eligibility",
            detail=f"罚款{plain(fine)}元，限额{plain(cap)}元",
            detail_en=f"fine {plain(fine)} yuan, limit {plain(cap)} yuan",
            field="fine",
        )


def onsite_collection_obstacles(
    *,
    fine: Decimal,
    on: date,
    summary: bool,
    hard_to_collect_later: bool = False,
    remote_and_asked: bool = False,
    book: LawBook | None = None,
    place: str = "",
    sector: str = "",
) -> Iterator[RuleViolation]:
    """Find what stands against taking the money on the spot: 行政处罚法第六十八条、第六十九条."""
    cap = decimal_parameter("onsite.collection_cap", on=on, book=book, place=place, sector=sector)
    if remote_and_asked or (summary and (fine <= cap or hard_to_collect_later)):
        return
    yield violation(
        "onsite_collection",
        detail=f"罚款{plain(fine)}元",
        detail_en=f"fine {plain(fine)} yuan",
        field="collection",
    )


def execution_obstacles(
    at: datetime, *, calendar: WorkCalendar, urgent: bool = False, book: LawBook | None = None
) -> Iterator[RuleViolation]:
    """Find whether an enforcement falls on a night or a day off (C19): 行政强制法第四十三条第一款."""
    instant, day = local(at)
    if urgent or instant is None:
        return
    from_hour = int(decimal_parameter("execution.night_from", on=day, book=book))
    until_hour = int(decimal_parameter("execution.night_until", on=day, book=book))
    if instant.hour >= from_hour or instant.hour < until_hour:
        hour = instant.strftime("%H:%M")
        yield violation("no_night_holiday_execution", detail=hour, detail_en=hour, field="at")
    if not calendar.is_workday(day):
        name = calendar.name_of(day)
        yield violation(
            "no_night_holiday_execution",
            detail=name.zh if name else "",
            detail_en=name.en if name else "",
            field="at",
        )


def age_on(born: date, day: date) -> int:
    """Count the full years of age on a day; the birthday completes the year."""
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (0 if had_birthday else 1)


def minor_obstacles(
    *, born: date, acted_on: date, mitigated: bool, book: LawBook | None = None
) -> Iterator[RuleViolation]:
    """Find what a minor's age at the act forbids: 行政处罚法第三十条."""
    completed = age_on(born, acted_on)
    if completed < int(decimal_parameter("age.no_penalty_below", on=acted_on, book=book)):
        yield violation(
            "minor_under_14", detail=f"行为时{completed}周岁", detail_en=f"aged {completed}", field="party"
        )
    elif completed < int(decimal_parameter("age.mitigate_below", on=acted_on, book=book)) and not mitigated:
        yield violation(
            "minor_14_18_mitigate",
            detail=f"行为时{completed}周岁",
            detail_en=f"aged {completed}",
            field="fine",
        )
