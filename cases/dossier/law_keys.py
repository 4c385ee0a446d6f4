"""What a county may set in the law: which figures, whose rules, how to count; and what it may not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.dossier.law_book import CLOCK_PREFIX, COUNTING_PREFIX, LOCAL_PROFILE, clock_of
from law.book import ClockOverride, LawBook
from law.errors import LawError, RuleViolation
from law.profiles import NATIONAL, of_place
from townships.selectors import county

WARNING_PREFIX = "warning."
# Readings that the conventions know (docs/conventions.md); others would be wrong in law.
READINGS = frozenset(
    {
        "first_day",
        "unit",
        "roll",
        "hours",
        "day_end",
        "suspension_end",
        "clear_days",
        "elapsed",
        "grounds",
        "ladder",
    }
)
RESTRAINTS = frozenset({"seizure_30d", "freeze_30d"})


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount or rate keyed by place, sector, party and day."""

    key: str
    label: str | Promise
    article: str
    unit: str = "yuan"
    by_party: bool = True
    by_sector: bool = True
    statutory: bool = False


FIGURES: Mapping[str, Figure] = {
    figure.key: figure
    for figure in (
        Figure("hearing.fine", _("听证：较大数额罚款"), "行政处罚法第六十三条第一款第（一）项"),
        Figure("hearing.confiscation", _("听证：较大价值没收"), "行政处罚法第六十三条第一款第（二）项"),
        Figure("major.fine", _("重大行政处罚：罚款"), "行政处罚法第五十七条第二款、第五十八条第一款"),
        Figure(
            "summary.fine_cap",
            _("当场处罚：罚款上限"),
            "行政处罚法第五十一条",
            statutory=True,
            by_sector=False,
        ),
        Figure(
            "onsite.collection_cap",
            _("当场收缴：罚款上限"),
            "行政处罚法第六十八条",
            by_party=False,
            statutory=True,
            by_sector=False,
        ),
        Figure(
            "surcharge.daily_rate",
            _("加处罚款：每日比例"),
            "行政处罚法第七十二条第一款第（一）项",
            unit="rate",
            by_party=False,
            statutory=True,
            by_sector=False,
        ),
        Figure(
            "surcharge.cap",
            _("加处罚款：上限（占罚款的比例）"),
            "行政处罚法第七十二条第一款第（一）项",
            unit="rate",
            by_party=False,
            statutory=True,
            by_sector=False,
        ),
    )
}


def require_valid(key: str, value: Mapping[str, Any], *, valid_from: date) -> None:
    """Refuse a setting that the law does not know or does not leave to the place."""
    if key in FIGURES:
        _require_figure(FIGURES[key], value, valid_from)
    elif key == LOCAL_PROFILE:
        _require_local(str(value.get("value", "")))
    elif clock_of(key):
        _require_clock(key, value)
    elif not key.startswith(WARNING_PREFIX) and key not in {row.key for row in LawBook.default().values}:
        raise LawError(
            f"未知的参数：{key}", field="key", code="key_unknown", message_en=f"Unknown parameter: {key}"
        )


def _require_figure(figure: Figure, value: Mapping[str, Any], valid_from: date) -> None:
    """Refuse what is no positive amount, and another figure than the statute's own (行政处罚法第四条)."""
    try:
        amount = Decimal(str(value["value"]))
    except (InvalidOperation, KeyError):
        raise _bad("amount", "须为数字", "not a number") from None
    if not amount.is_finite() or amount <= 0:
        raise _bad("amount", "须为正数", "must be positive")
    if not figure.statutory or value.get("amended"):
        return
    keys = dict(value.get("keys", {}))
    stated = next(
        (
            row
            for row in LawBook.default().values
            if row.key == figure.key
            and row.in_force(valid_from)
            and row.keys.get("party_type", "") == keys.get("party_type", "")
        ),
        None,
    )
    if stated is not None and amount != stated.value:
        raise RuleViolation(
            "figure_fixed_by_statute",
            f"法律已定为{_in_words(figure, stated.value)}，地方不得另定。",
            figure.article,
            "核对数额；法律已作修改的，勾选“法律已修改”并写明新的条款，由第二人核准。",
            message_en=f"The law sets {_in_words(figure, stated.value, ' yuan')}; no county sets another.",
            unblock_en="Check the sum; where the law was amended, tick so and cite the new article.",
            field="amount",
        )


def _in_words(figure: Figure, value: Decimal | int | str, unit: str = "元") -> str:
    return f"{Decimal(value) * 100:f}%" if figure.unit == "rate" else f"{Decimal(value):f}{unit}"


def _require_local(chosen: str) -> None:
    """Refuse the rules of another area."""
    profiles = LawBook.default().profiles.values()
    if chosen != NATIONAL and chosen not in {item.id for item in of_place(county().area_code, profiles)}:
        raise RuleViolation(
            "profile_of_another_area",
            "该规则不在本县区域施行。",
            "行政处罚法第六十条",
            "从本县所在省、市的规则中选择；本地另有规定的，在“期限规则”中逐项提出。",
            message_en="These rules are not those of this county's area.",
            unblock_en="Choose those of the county's province or city; propose what differs by clock.",
            field="profile",
        )


def _require_clock(key: str, value: Mapping[str, Any]) -> None:
    """Refuse an unknown clock, an unknown setting, and a reading that the conventions do not know."""
    clock_id = clock_of(key)
    settings = {name: content for name, content in value.items() if name != "keys"}
    profile = str(value.get("keys", {}).get("profile", NATIONAL))
    LawBook.default().check(ClockOverride(clock_id, settings, profile=profile))
    allowed = READINGS if key.startswith(COUNTING_PREFIX) else {"length"}
    wrong = sorted(set(settings) - allowed)
    if wrong:
        raise _bad(wrong[0], "不是可以改定的计算规则", "not a setting a county may make")
    if clock_id in RESTRAINTS and settings.get("roll", "none") != "none":
        raise RuleViolation(
            "restraint_never_rolls",
            "限制当事人的期限届满日不顺延。",
            "行政强制法第二十五条、第三十二条",
            "在届满前解除或者批准延长。",
            message_en="The last day of a restraint on the party is never put off.",
            unblock_en="Lift the restraint before it runs out, or have its extension approved.",
            field="roll",
        )
    newest = LawBook.default().versions(clock_id)[-1]
    if key.startswith(CLOCK_PREFIX) and not newest.configurable:
        raise RuleViolation(
            "length_fixed_by_law",
            "期限的长短由法律、法规、规章规定，地方不得另定。",
            newest.article,
            "法律没有定数的期限才可以由本县确定。",
            message_en="Law, regulation or rule sets this length; no county sets another.",
            unblock_en="A county sets only those lengths that the law leaves open.",
            field="value",
        )


def require_approvable(key: str, *, valid_from: date, on: date) -> None:
    """Refuse rules of a place that would reach back: clocks keep the rules of the day they started."""
    if key == LOCAL_PROFILE and valid_from < on:
        raise RuleViolation(
            "profile_reaches_back",
            "适用规则不能溯及以前起算的期限。",
            unblock="以今日或者以后的日期重新提出。",
            message_en="Rules do not reach back to periods that have begun.",
            unblock_en="Propose them anew from today or a later day.",
            field="valid_from",
        )


def _bad(field: str, message: str, message_en: str) -> LawError:
    return LawError(message, field=field, code="setting_invalid", message_en=message_en)
