"""Which evidence may be relied on: nothing unlawful, no device's record unreviewed, no result untold."""

from collections.abc import Iterator

from django.db.models import Q

from cases.clocks.derive import sector_for
from cases.dossier.duties import happened
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reading import read_once
from cases.investigation.models import Exhibit, Report
from law import gates
from law.errors import RuleViolation

# A device's record needs its review, a test result has to be told.
TO_BE_EXAMINED = Q(by_device=True) | Q(kind=Exhibit.Kind.EXPERT)


@read_once
def _counted(case: Case) -> list[Exhibit]:
    """Return the evidence that counts and has to be examined, with what was done to it."""
    found = Exhibit.objects.filter(TO_BE_EXAMINED, case=case, voided_at=None)
    return list(found.select_related("device_review", "told").order_by("number"))


def unreviewed(case: Case) -> list[Exhibit]:
    """Return the records of surveillance devices that nobody has reviewed."""
    return [one for one in _counted(case) if one.by_device and not hasattr(one, "device_review")]


def untold(case: Case) -> list[Exhibit]:
    """Return the test results that were not told to the party."""
    return [one for one in _counted(case) if one.kind == Exhibit.Kind.EXPERT and not hasattr(one, "told")]


def reliance_obstacles(case: Case) -> Iterator[RuleViolation]:
    """Find evidence that may not be used yet.

    行政处罚法第四十一条、市场监督管理行政处罚程序规定第三十二条。
    """
    for exhibit in unreviewed(case):
        yield gates.violation(
            "surveillance_device_reviewed",
            detail=f"{exhibit}尚未审核。",
            detail_en=f"{exhibit} is not reviewed",
            link="case:review-recording",
        )
    for exhibit in untold(case):
        yield gates.violation(
            "test_result_told",
            detail=f"{exhibit}尚未告知当事人。",
            detail_en=f"the party was not told of {exhibit}",
            link="case:tell-result",
            profile=sector_for(case),
        )


def unlawful_obstacles(case: Case, report: Report, *, link: str) -> Iterator[RuleViolation]:
    """Find that a report rests on evidence found unlawful since (行政处罚法第四十六条第三款)."""
    if not happened(case, Move.EXCLUDE_EXHIBIT):
        return
    relied = Exhibit.objects.filter(case=case, unlawful=True, voided_at__gt=report.concluded_at)
    for exhibit in relied.order_by("number")[:1]:
        yield gates.violation(
            "illegal_evidence_excluded",
            detail=f"第{report.round}次调查终结报告仍以{exhibit}为依据。",
            detail_en=f"report {report.round} still rests on {exhibit}",
            link=link,
        )
