"""Who may do what after what they did before: two officers, certificates, a second person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from law.book import LawBook
from law.errors import RuleViolation
from law.gates import violation
from law.parameters import decimal_parameter, parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFact:
    """An enforcement certificate as the register has it; no domain means every domain, no township any."""

    number: str
    valid_from: date
    valid_to: date | None = None
    domains: tuple[str, ...] = ()
    township_id: int | None = None
    suspended: bool = False

    def holds(self, on: date, domain: str = "", township_id: int | None = None) -> bool:
        """Tell whether the certificate carries an act on a day in a domain and a township."""
        in_time = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        in_domain = not domain or not self.domains or domain in self.domains
        in_area = township_id is None or self.township_id in (None, township_id)
        return in_time and in_domain and in_area and not self.suspended


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerFact:
    """An officer with certificates; auxiliary staff only assist."""

    id: int
    name: str
    certificates: tuple[CertificateFact, ...] = ()
    auxiliary: bool = False

    def certified(self, on: date, domain: str = "", township_id: int | None = None) -> bool:
        """Tell whether the officer may enforce on a day in a domain and a township."""
        return not self.auxiliary and any(item.holds(on, domain, township_id) for item in self.certificates)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerFact:
    """A legal reviewer: the qualification, or a first review before it was required."""

    id: int
    name: str
    qualified: bool = False
    first_reviewed_on: date | None = None


def two_certified_officers(
    officers: Sequence[OfficerFact],
    *,
    on: date,
    domain: str = "",
    township_id: int | None = None,
    book: LawBook | None = None,
) -> Iterator[RuleViolation]:
    """Demand at least two certified officers on the day: 行政处罚法第四十二条第一款."""
    distinct = list({officer.id: officer for officer in officers}.values())
    for officer in distinct:
        yield from certified(officer, on=on, domain=domain, township_id=township_id)
    fit = [officer for officer in distinct if officer.certified(on, domain, township_id)]
    needed = int(decimal_parameter("officers.minimum", on=on, book=book))
    if len(fit) < needed:
        names = "、".join(officer.name for officer in fit) or "无"
        yield violation(
            "two_certified_officers",
            detail=f"{on:%Y年%-m月%-d日}符合条件的执法人员：{names}",
            detail_en=f"fit on {on.isoformat()}: {', '.join(officer.name for officer in fit) or 'none'}",
            field="officers",
        )


def certified(
    officer: OfficerFact, *, on: date, domain: str = "", township_id: int | None = None
) -> Iterator[RuleViolation]:
    """Demand a valid certificate of an officer who is no auxiliary: 行政处罚法第四十二条、第七十六条."""
    if officer.auxiliary:
        yield violation(
            "auxiliary_not_officer", detail=officer.name, detail_en=officer.name, field="officers"
        )
    elif not officer.certified(on, domain, township_id):
        yield violation(
            "certificate_valid_on_date",
            detail=_why_not(officer, on, domain),
            detail_en=f"{officer.name} on {on.isoformat()}",
            field="officers",
        )


def _why_not(officer: OfficerFact, on: date, domain: str) -> str:
    """Say which condition the officer's certificates miss."""
    if not officer.certificates:
        return f"{officer.name}没有登记执法证"
    if officer.certified(on, domain):
        return f"{officer.name}的执法证不适用于该乡镇（街道）"
    if officer.certified(on):
        return f"{officer.name}的执法证不含“{domain}”领域"
    numbers = "、".join(item.number for item in officer.certificates)
    return f"{officer.name}的执法证（{numbers}）在{on:%Y年%-m月%-d日}无效"


def reviewer_qualified(
    reviewer: ReviewerFact, *, on: date, book: LawBook | None = None
) -> Iterator[RuleViolation]:
    """Demand the legal qualification of a reviewer who is new to the task: 行政处罚法第五十八条第二款."""
    before = date.fromisoformat(str(parameter("review.grandfather_before", on=on, book=book).value))
    long_in_post = reviewer.first_reviewed_on is not None and reviewer.first_reviewed_on < before
    if not reviewer.qualified and not long_in_post:
        yield violation(
            "legal_reviewer_qualified", detail=reviewer.name, detail_en=reviewer.name, field="reviewer"
        )


# Who checks what a colleague of the legal department prepared.
LEGAL_DEPARTMENT = {"ask": "法制机构的另一位同事", "ask_en": "another colleague of the legal department"}
# Who answers what a head asked for.
OTHER_HEAD = {
    "ask": "本机关另一位负责人",
    "ask_en": "another head of the body",
    "article": "行政处罚法第五十七条",
}


def require_second_person(
    prepared_by: int | None, actor: int, *, ask: str, ask_en: str, article: str = ""
) -> None:
    """Refuse whoever prepared something to put it in force too; `ask` names who may."""
    if prepared_by is not None and prepared_by == actor:
        raise RuleViolation(
            "second_person_required",
            "上传、起草或提出的人不能自己审核、确认或发布，须由另一人复核。",
            article,
            f"请{ask}核对后办理。",
            message_en="Whoever prepared this may not review it or put it in force.",
            unblock_en=f"Ask {ask_en} to check it.",
        )
