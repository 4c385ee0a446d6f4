"""What a decision must tell the party about reconsideration and suit: 行政复议法第二十、二十三、二十四条."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from law.book import LawBook
from law.errors import LawError, RuleViolation
from law.gates import violation

PROCEDURES = ("ordinary", "summary")
MODES = ("own", "concentrated", "authorised", "delegated", "empowered")


@dataclass(frozen=True, slots=True)
class Remedy:
    """Where, against whom and within what time a party may seek a remedy."""

    review_first: bool
    respondent: str
    review_organ: str
    court: str
    review_days: int
    sue_months: int
    sue_days_after_review: int
    article: str
    online: str = ""

    @property
    def mode(self) -> str:
        """Name the form of the paragraph: a choice of remedies, or reconsideration first."""
        return "reconsideration_first" if self.review_first else "choice"

    def as_dict(self) -> dict[str, Any]:
        """Give the remedy as plain data for a document."""
        return {
            "mode": self.mode,
            "respondent": self.respondent,
            "government_name": self.review_organ,
            "court_name": self.court,
            "review_days": self.review_days,
            "sue_months": self.sue_months,
            "sue_days_after_review": self.sue_days_after_review,
            "article": self.article,
            "online": self.online,
        }


def remedy_for(
    *,
    mode: str,
    procedure: str,
    named: str,
    government: str,
    court: str,
    on: date,
    online: str = "",
    book: LawBook | None = None,
) -> Remedy:
    """Decide the remedy of a penalty by the way of acting and the procedure.

    named: the body in whose name the document is issued, hence the respondent (复议法第十九条).
    """
    _require("mode", mode, MODES)
    _require("procedure", procedure, PROCEDURES)
    for field, value in (("named", named), ("government", government), ("court", court)):
        if not value.strip():
            raise LawError(
                f"救济告知缺少{field}", field=field, code="missing", message_en=f"{field} is missing"
            )
    book = book or LawBook.default()
    summary = procedure == "summary"
    articles = ["《中华人民共和国行政复议法》第二十条第一款、第二十四条第一款"]
    if summary:
        articles.append("第二十三条第一款第（一）项")
    articles.append(
        "《中华人民共和国行政诉讼法》第四十五条"
        if summary
        else "《中华人民共和国行政诉讼法》第四十六条第一款"
    )
    return Remedy(
        review_first=summary,
        respondent=named,
        review_organ=government,
        court=court,
        review_days=book.clock("review_apply_60d", on=on).length or 0,
        sue_months=book.clock("sue_6m", on=on).length or 0,
        sue_days_after_review=book.clock("sue_15d_after_review", on=on).length or 0,
        article="、".join(articles),
        online=online,
    )


def _require(field: str, value: str, allowed: tuple[str, ...]) -> None:
    """Refuse a word outside its list."""
    if value not in allowed:
        raise LawError(
            f"{field}无效：{value}", field=field, code="unknown", message_en=f"Unknown {field}: {value}"
        )


def remedy_obstacles(
    stated: Remedy, expected: Remedy, *, served_online: bool = False
) -> Iterator[RuleViolation]:
    """Compare what a document states with what the law asks for: 行政复议法第十九条至第二十四条."""
    if stated.review_first != expected.review_first and expected.review_first:
        yield violation("summary_review_first_notice", field="remedy")
    names = {
        "respondent": "被申请人",
        "review_organ": "复议机关",
        "court": "法院",
        "review_days": "复议期限",
        "sue_months": "起诉期限",
    }
    for field, label in names.items():
        said, due = getattr(stated, field), getattr(expected, field)
        if said != due:
            yield violation(
                "remedy_notice_correct",
                detail=f"{label}应为{due}",
                detail_en=f"{field} should be {due}",
                field=field,
            )
    if served_online and not stated.online:
        yield violation("online_service_online_review", field="online")
