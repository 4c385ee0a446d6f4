"""The sentences of a finding on authority, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

ARTICLES: Mapping[str, str] = {
    "own": "《中华人民共和国行政处罚法》第十七条",
    "concentrated": "《中华人民共和国行政处罚法》第十八条",
    "authorised": "《中华人民共和国行政处罚法》第十九条",
    "delegated": "《中华人民共和国行政处罚法》第二十条",
    "empowered": "《中华人民共和国行政处罚法》第二十四条第一款",
    "none": "《中华人民共和国行政处罚法》第三十八条第一款",
}

REJECTED: Mapping[str, tuple[str, str]] = {
    "item_not_covered": ("的授权不含该事项", "the grant does not cover this item"),
    "place_not_covered": ("的授权不含该地点", "the grant does not cover this place"),
    "unsigned": ("的委托书当日尚未签署", "the delegation was not signed by that day"),
    "unpublished": ("的授权当日尚未公布", "the grant was not published by that day"),
    "unpublished_by_holder": (
        "的委托书当日尚未由受委托组织公布",
        "the delegation was not published by the delegatee by that day",
    ),
    "unfiled": ("的授权当日尚未备案", "the grant was not filed by that day"),
    "not_yet_in_force": ("的授权当日尚未生效", "the grant was not yet in force"),
    "revoked": ("的授权当日已撤销", "the grant had been revoked"),
    "expired": ("的授权当日已届满", "the grant had expired"),
    "suspended": ("的授权当日处于中止状态", "the grant was suspended"),
    "principal_without_power": ("的委托机关当日已无该项处罚权", "the principal no longer held the power"),
    "principal_concentrated_away": (
        "的委托机关的该项处罚权已相对集中行使，不能再委托",
        "the principal's power has been concentrated in another body, so it had none to delegate",
    ),
    "moved_to_township": ("的该事项已交由乡镇（街道）行使", "the power has been handed to the township"),
    "township_first": ("保留职权，但由乡镇（街道）优先办理", "keeps the power, but the township goes first"),
    "delegated_on": (
        "保留职权，已委托乡镇（街道）以其名义办理",
        "keeps the power and has it exercised in its name by the delegatee",
    ),
    "delegated_away": (
        "已委托乡镇（街道）办理，按本县规定不再自行办理",
        "has delegated the power and by the county's rule no longer exercises it itself",
    ),
    "delegatee_first": ("的职权让位于已生效的委托", "gives way to the delegation in force"),
    "concentrated_away": ("的该项处罚权已相对集中行使", "the power has been concentrated in another body"),
}


class Fact(Protocol):
    """What the sentences need to know of a source of power."""

    @property
    def holder_name(self) -> str:
        """Name the holder."""

    @property
    def named_name(self) -> str:
        """Name the body on the documents."""

    @property
    def mode(self) -> str:
        """Give the way of holding."""

    @property
    def number(self) -> str:
        """Give the number of the grant."""

    @property
    def article(self) -> str:
        """Cite the basis of the grant."""


def rejected_texts(code: str, fact: Fact, chosen: Fact | None = None) -> tuple[str, str]:
    """Say why a source of power does not carry the act."""
    zh, en = REJECTED[code]
    number = f"（{fact.number}）" if fact.number else ""
    winner_zh = f"（{chosen.holder_name}）" if chosen else ""
    winner_en = f" ({chosen.holder_name})" if chosen else ""
    return f"{fact.holder_name}{number}{zh}{winner_zh}", f"{fact.holder_name}: {en}{winner_en}"


def accepted_texts(fact: Fact, on: date) -> tuple[str, str]:
    """Say who acts, in whose name, and on what ground."""
    number = f"（{fact.number}）" if fact.number else ""
    basis = f"，依据{fact.article}" if fact.article else ""
    law = "" if ARTICLES[fact.mode] in fact.article else f"（{ARTICLES[fact.mode]}）"
    day, date_zh = on.isoformat(), f"{on:%Y年%-m月%-d日}"
    holder, named = fact.holder_name, fact.named_name
    zh = {
        "empowered": f"{date_zh}，{holder}已获赋权{number}，以自身名义办理{basis}{law}",
        "delegated": f"{date_zh}，{holder}受{named}委托{number}，以{named}名义办理{basis}{law}",
        "concentrated": f"{date_zh}，{holder}相对集中行使该项处罚权{number}{basis}{law}",
        "authorised": f"{date_zh}，{holder}经法律、法规授权行使该项处罚权{basis}{law}",
        "own": f"{date_zh}，{holder}依法具有该项处罚权{basis}{law}",
    }
    en = {
        "empowered": f"On {day} {holder} is empowered{number} and acts in its own name",
        "delegated": f"On {day} {holder} acts for {named}{number}, in the name of {named}",
        "concentrated": f"On {day} {holder} holds the concentrated power{number}",
        "authorised": f"On {day} {holder} holds the power by law or regulation",
        "own": f"On {day} {holder} holds the power by statute",
    }
    return zh[fact.mode], en[fact.mode]
