"""When a hearing, a legal review and a collective discussion are due."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from law.book import LawBook
from law.errors import LawError
from law.money import plain
from law.parameters import Parameter, find_parameter, parameter
from law.sanctions import (
    CONFISCATIONS,
    HEARING_ALWAYS,
    HEARING_BY_DEFAULT,
    PenaltyKind,
    kinds_en,
    kinds_zh,
    read_kinds,
)

PARTY_TYPES = ("citizen", "organisation", "sole_trader")
HEARING_ARTICLE = "《中华人民共和国行政处罚法》第六十三条第一款"


@dataclass(frozen=True, slots=True)
class HearingFinding:
    """Whether the party has a right to a hearing, why, and the amount compared with."""

    eligible: bool
    reasons: tuple[str, ...]
    reasons_en: tuple[str, ...]
    article: str
    threshold: Decimal | None = None
    source: Parameter | None = None

    def as_dict(self) -> dict[str, Any]:
        """Give the finding as plain data, to be kept with the notice."""
        return {
            "eligible": self.eligible,
            "reasons": list(self.reasons),
            "reasons_en": list(self.reasons_en),
            "article": self.article,
            "threshold": str(self.threshold) if self.threshold is not None else None,
            "threshold_article": self.source.article if self.source else "",
        }


def party_class(party_type: str, *, on: date, book: LawBook | None = None, place: str = "") -> str:
    """Give the class a party counts in; a sole trader's is a setting (C: numbers, 个体工商户)."""
    if party_type not in PARTY_TYPES:
        raise LawError(
            f"未知的当事人类型：{party_type}",
            field="party_type",
            code="party_type_unknown",
            message_en=f"Unknown type of party: {party_type}",
        )
    if party_type != "sole_trader":
        return party_type
    return str(parameter("party.sole_trader_counts_as", on=on, book=book, place=place).value)


def hearing_threshold(
    *,
    on: date,
    party_type: str,
    place: str = "",
    sector: str = "",
    book: LawBook | None = None,
    key: str = "hearing.fine",
) -> Parameter:
    """Give the amount from which a hearing is due; refuse to guess where none is known."""
    kind = party_class(party_type, on=on, book=book, place=place)
    found = find_parameter(key, on=on, book=book, place=place, sector=sector, party_type=kind)
    if found is None:
        raise LawError(
            f"未登记{place or '本地'}的听证数额标准，请由县级法制机构在“参数”中录入并经复核",
            field="threshold",
            code="threshold_unknown",
            message_en=f"No hearing threshold known for {place or 'this place'}: the county has to enter it",
        )
    return found


def major_threshold(
    *, on: date, party_type: str, place: str = "", sector: str = "", book: LawBook | None = None
) -> Parameter | None:
    """Give the amount from which a place counts a fine as major: 行政处罚法第五十七条, 第五十八条."""
    kind = party_class(party_type, on=on, book=book, place=place)
    return find_parameter("major.fine", on=on, book=book, place=place, sector=sector, party_type=kind)


def hearing_eligible(
    *,
    fine: Decimal | None,
    party_type: str,
    penalty_kinds: Collection[str],
    on: date,
    book: LawBook | None = None,
    place: str = "",
    sector: str = "",
    confiscation: Decimal | None = None,
) -> HearingFinding:
    """Tell whether the party may ask for a hearing: 行政处罚法第六十三条."""
    kinds = read_kinds(penalty_kinds)
    named = kinds & _hearing_kinds(on, book, place)
    zh = [f"拟给予{kinds_zh(named)}"] if named else []
    en = [f"proposed: {kinds_en(named)}"] if named else []
    source: Parameter | None = None
    for key, amount, label_zh, label_en in _amounts(fine, confiscation, kinds):
        try:
            source = hearing_threshold(
                on=on, party_type=party_type, place=place, sector=sector, book=book, key=key
            )
        except LawError:
            if named:
                continue
            raise
        if amount >= Decimal(source.value):
            zh.append(f"{label_zh}{plain(amount)}元，达到较大数额标准{source.value}元（{source.article}）")
            en.append(f"{label_en} of {plain(amount)} yuan reaches {source.value} yuan")
    return HearingFinding(
        eligible=bool(zh),
        reasons=tuple(zh),
        reasons_en=tuple(en),
        article=HEARING_ARTICLE,
        threshold=Decimal(source.value) if source else None,
        source=source,
    )


def _amounts(
    fine: Decimal | None, confiscation: Decimal | None, kinds: Collection[PenaltyKind]
) -> list[tuple[str, Decimal, str, str]]:
    """List the amounts to compare."""
    found: list[tuple[str, Decimal, str, str]] = []
    if fine:
        found.append(("hearing.fine", fine, "罚款", "a fine"))
    if confiscation and CONFISCATIONS & set(kinds):
        found.append(("hearing.confiscation", confiscation, "没收", "a confiscation"))
    return found


def _hearing_kinds(on: date, book: LawBook | None, place: str) -> frozenset[PenaltyKind]:
    """Give the kinds that call for a hearing whatever the amount."""
    unnamed = find_parameter("hearing.unnamed_kinds", on=on, book=book, place=place)
    offers = unnamed is not None and unnamed.value == "offer"
    return HEARING_ALWAYS | HEARING_BY_DEFAULT if offers else HEARING_ALWAYS
