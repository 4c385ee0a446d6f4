"""What follows in law from a report: hearing right, legal review, collective discussion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from cases.dossier.law_book import law_book, sector_of
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from cases.investigation.models import Report
from cases.investigation.proposals import ZERO, confiscated_in, deviates
from desk.formats import in_chinese
from law import thresholds
from law.articles import cite_en, read_zh
from law.errors import LawError, RuleViolation
from law.thresholds import HearingFinding


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a review or a discussion is due, and under which article."""

    what: str
    what_en: str
    article: str

    @property
    def zh(self) -> str:
        """Say it in Chinese, as it is kept on record."""
        return f"{self.what}（{self.article}）"

    @property
    def en(self) -> str:
        """Say it in English."""
        return f"{self.what_en} ({cite_en(read_zh(self.article))})"

    def __str__(self) -> str:
        """Say it in the reader's language."""
        return self.zh if in_chinese() else self.en


@dataclass(frozen=True, slots=True)
class Consequences:
    """Whether a hearing must be offered, and on which grounds review and discussion are due."""

    hearing: HearingFinding
    review_grounds: list[Ground] = field(default_factory=list)
    discussion_grounds: list[Ground] = field(default_factory=list)


LOCAL_LIST = "行政处罚法第五十八条第一款第（四）项"
DISCUSSED = "行政处罚法第五十七条第二款"
PUBLIC_INTEREST = Ground("涉及重大公共利益", "major public interest", "行政处罚法第五十八条第一款第（一）项")
HEARD = Ground("经过听证程序", "a hearing was held", "行政处罚法第五十八条第一款第（二）项")
HEARING_DUE = Ground(
    "符合听证条件，属本地重大处罚清单", "a hearing is due, so the place lists it as major", LOCAL_LIST
)
COMPLEX = Ground("案件情况疑难复杂", "a difficult and complex case", "行政处罚法第五十八条第一款第（三）项")
GRAVE = Ground("情节复杂或者重大违法行为", "complex circumstances or a grave violation", DISCUSSED)
DEVIATES = Ground(
    "拟处罚款偏离裁量基准",
    "the proposed fine leaves the discretion standard",
    "行政处罚法第三十四条",
)


@read_once
def current_report(case: Case) -> Report | None:
    """Return the latest report."""
    return (
        Report.objects.filter(case=case)
        .select_related("item_version", "band__table")
        .order_by("-round")
        .first()
    )


def hearing_finding(case: Case, report: Report, *, on: date) -> HearingFinding:
    """Tell whether the proposed penalty gives a right to a hearing (行政处罚法第六十三条)."""
    return thresholds.hearing_eligible(
        fine=report.fine,
        confiscation=sum(confiscated_in(report, report.kinds).values(), ZERO),
        penalty_kinds=report.kinds,
        **_keys(case, report, on),
    )


def _keys(case: Case, report: Report, on: date) -> dict[str, Any]:
    """Give what the thresholds of a case are looked up by."""
    return {
        "party_type": case.party.kind if case.party else "citizen",
        "on": on,
        "book": law_book(),
        "place": case.county.area_code,
        "sector": sector_of(report.item_version.domain),
    }


def grounds_told(grounds: Sequence[Ground]) -> dict[str, str]:
    """Give the grounds as the fact of a refusal, in either language."""
    return {
        "detail": "；".join(ground.zh for ground in grounds) + "。",
        "detail_en": "; ".join(ground.en for ground in grounds),
    }


def _reaches_major(case: Case, report: Report, on: date) -> tuple[str, str] | None:
    """Say in either language that the fine reaches the place's amount of a major penalty."""
    amount = thresholds.major_threshold(**_keys(case, report, on))
    if amount is None or report.fine is None or report.fine < Decimal(amount.value):
        return None
    return (
        f"罚款达到本地重大处罚数额标准{amount.value}元（{amount.article}）",
        f"the fine reaches {amount.value} yuan, from where this place counts it as major",
    )


def threshold_objection(case: Case, report: Report, *, on: date) -> Iterator[RuleViolation]:
    """Find that it cannot be told whether a hearing is due: the figure of the place is not known."""
    try:
        hearing_finding(case, report, on=on)
    except LawError as error:
        yield RuleViolation(
            error.code,
            error.message,
            "行政处罚法第六十三条",
            "请法制机构在“本地参数”中录入本地听证数额标准，由第二人核准。",
            link="law-settings",
            message_en=error.message_en,
            unblock_en="Have the legal department enter the local amount and a second person approve it.",
        )


def consequences(case: Case, report: Report, *, on: date, heard: bool) -> Consequences:
    """Tell what the report makes necessary (行政处罚法第五十七条、第五十八条、第六十三条)."""
    hearing = hearing_finding(case, report, on=on)
    major = _reaches_major(case, report, on)
    review: list[Ground] = []
    if report.public_interest:
        review.append(PUBLIC_INTEREST)
    if heard or hearing.eligible:
        review.append(HEARD if heard else HEARING_DUE)
    if major:
        review.append(Ground(f"{major[0]}，属本地重大处罚", major[1], LOCAL_LIST))
    if report.complex:
        review.append(COMPLEX)
    discussion: list[Ground] = []
    if report.complex or hearing.eligible:
        discussion.append(GRAVE)
    if major:
        discussion.append(Ground(*major, DISCUSSED))
    if deviates(report):
        discussion.append(DEVIATES)
    return Consequences(hearing, review, discussion)
