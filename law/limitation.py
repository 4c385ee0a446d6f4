"""Limitation: no penalty where the act stayed undiscovered too long: 行政处罚法第三十六条."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from law.book import LawBook
from law.counting import add_months
from law.errors import LawError, RuleViolation
from law.gates import violation
from law.time_limits import Due, due

CLOCKS = {2: "limitation_2y", 5: "limitation_5y"}


def limitation_end(
    *, act_ended: date, years: int = 2, book: LawBook | None = None, profile: str = "national"
) -> date:
    """Give the last day of discovery; a continuing act counts from its end."""
    if years in CLOCKS:
        return _known_end(due(CLOCKS[years], trigger=act_ended, book=book, profile=profile))
    if years <= 0:
        raise LawError(
            f"追责时效年数无效：{years}",
            field="years",
            code="years_invalid",
            message_en=f"Invalid years: {years}",
        )
    return add_months(act_ended, 12 * years)


def _known_end(found: Due) -> date:
    """Give the date of a clock that never depends on a calendar."""
    if found.due_on is None:
        raise LawError(
            "追责时效无法计算", field="act_ended", code=found.kind, message_en="No end of limitation"
        )
    return found.due_on


def limitation_check(
    *,
    act_ended: date,
    discovered_on: date,
    years: int = 2,
    book: LawBook | None = None,
    profile: str = "national",
) -> RuleViolation | None:
    """Refuse a penalty for an act that was discovered after the limitation: 行政处罚法第三十六条."""
    if discovered_on < act_ended:
        return None
    end = limitation_end(act_ended=act_ended, years=years, book=book, profile=profile)
    if discovered_on <= end:
        return None
    return violation(
        "limitation_check",
        detail=f"违法行为终了于{act_ended.isoformat()}，{years}年时效至{end.isoformat()}，发现于{discovered_on.isoformat()}",
        detail_en=f"the act ended {act_ended}, {years} years ran until {end}, discovered {discovered_on}",
        field="discovered_on",
    )


def five_year_obstacles(*, protected_field: bool, harm: bool) -> Iterator[RuleViolation]:
    """Demand both conditions of the five-year limitation: 行政处罚法第三十六条第一款."""
    if not (protected_field and harm):
        yield violation("five_year_two_conditions", field="years")
