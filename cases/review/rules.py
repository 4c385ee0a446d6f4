"""Which cases need legal review; who may review; the review is for the report that will be decided on."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.clocks.rules import window_obstacles
from cases.dossier.duties import investigators
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from cases.instruments.kinds import Kind
from cases.instruments.selectors import count_of, last_of
from cases.investigation.findings import (
    Consequences,
    consequences,
    current_report,
    grounds_told,
    threshold_objection,
)
from cases.recusal.models import Recusal
from cases.review import choosing
from cases.review.models import POINTS, LegalReview
from law import gates
from law.errors import LawError, RuleViolation
from townships.models import Officer, ReviewerPost, ReviewerRank
from townships.models.periods import in_force
from townships.selectors import absent_on

ANSWERS = frozenset({"agree", "object"})


def was_heard(case: Case) -> bool:
    """Tell whether a hearing was held for the case."""
    return count_of(case, Kind.HEARING_RECORD) > 0


def hearing_ended_at(case: Case) -> datetime | None:
    """Tell when the last hearing of the case ended."""
    return last_of(case, Kind.HEARING_RECORD)


@read_once
def due_consequences(case: Case, on: date) -> Consequences | None:
    """Tell what the current report makes necessary; None without a report, or where a figure is missing."""
    report = current_report(case)
    try:
        return consequences(case, report, on=on, heard=was_heard(case)) if report else None
    except LawError:
        return None


@read_once
def passed_review(case: Case) -> LegalReview | None:
    """Return the passed review of the current report, after the hearing (第五十八条第一款第（二）项)."""
    passed = LegalReview.objects.filter(
        case=case, report=current_report(case), conclusion=LegalReview.Conclusion.PASS
    )
    heard = hearing_ended_at(case)
    return (passed.filter(submitted_at__gte=heard) if heard else passed).order_by("-id").first()


def missing_review(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that a review is due and has not passed (行政处罚法第五十八条)."""
    due = due_consequences(case, on)
    if due and due.review_grounds and passed_review(case) is None:
        yield gates.violation(
            "legal_review_required", **grounds_told(due.review_grounds), link="case:submit-review"
        )


def submission_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against sending the case to review: windows, statements, nobody to review."""
    yield from window_obstacles(case, on)
    report = current_report(case)
    if report is not None:
        yield from threshold_objection(case, report, on=on)
    if count_of(case, Kind.STATEMENT) > count_of(case, Kind.STATEMENT_REVIEW):
        yield gates.violation("defence_reviewed", link="case:review-statement")
    yield from replaced_warning(case, on)
    if not roster(case, on):
        yield no_reviewer(case, on)


def replaced_warning(case: Case, on: date) -> Iterator[RuleViolation]:
    """Warn that the delegatee's own person would review for its principal (第二十条第三款、第五十八条)."""
    first = next(iter(roster(case, on)), None)
    if case.mode == "delegated" and first is not None and first.officer.body_id == case.handler_id:
        yield gates.violation(
            "review_not_replaced_by_delegatee",
            detail=f"{first.officer.name}是受委托机关人员。",
            detail_en=f"{first.officer.name} is of the delegatee",
            link="rosters",
        )


def roster(case: Case, on: date) -> list[ReviewerPost]:
    """List who may review the case that day, first choice first."""
    return [one.post for one in choosing.considered(case, on) if not one.why_not]


def no_reviewer(case: Case, on: date) -> RuleViolation:
    """Say that nobody may review the case that day, and why (行政处罚法第五十八条第二款)."""
    return gates.violation(
        "legal_reviewer_qualified",
        detail=f"当日没有可审核本案的合格审核人员：{choosing.nobody(case, on)}",
        detail_en="nobody on the roster or in the county's pool may review it that day",
        link="rosters",
    )


def require_own_review(review: LegalReview, actor: Officer, conclusion: str, on: date) -> None:
    """Refuse an opinion from anybody but the assigned reviewer, or one who handled the case.

    A reviewer whose post has ended, or whose body no longer decides, may still send the case back.
    """
    if review.reviewer_id != actor.pk:
        raise gates.violation(
            "reviewer_not_handler",
            detail=f"本轮审核人是{review.reviewer.name}。",
            detail_en=f"this round is {review.reviewer.name}'s",
        )
    if actor.pk in investigators(review.case):
        raise gates.violation("reviewer_not_handler")
    passes = conclusion == LegalReview.Conclusion.PASS
    if passes and not any(post.officer_id == actor.pk for post in roster(review.case, on)):
        raise gates.violation(
            "legal_reviewer_qualified",
            detail=f"{actor.name}当日不在合格审核人员名册。",
            detail_en=f"{actor.name} is not on the roster of that day",
        )


def unfit_rounds(on: date) -> QuerySet[LegalReview]:
    """Return the open rounds whose reviewer is away that day, had to withdraw, or holds no post any more."""
    held = ReviewerPost.objects.filter(in_force(on), officer=OuterRef("reviewer"))
    held = held.filter(Q(body=OuterRef("case__named")) | Q(rank=ReviewerRank.POOL))
    gone = absent_on(on).filter(officer=OuterRef("reviewer"))
    withdrew = Recusal.objects.filter(case=OuterRef("case"), officer=OuterRef("reviewer"), granted=True)
    unfit = ~Exists(held) | Exists(gone) | Exists(withdrew)
    return LegalReview.objects.filter(unfit, concluded_at=None)


def require_complete(checklist: dict[str, str], conclusion: str) -> None:
    """Refuse an opinion with an unanswered point, or a pass over an objection."""
    unanswered = [label for key, label in POINTS if checklist.get(key) not in ANSWERS]
    if unanswered:
        raise RuleViolation(
            "point_unanswered",
            f"有审核要点未表态：{unanswered[0]}等{len(unanswered)}项。",
            "行政处罚法第五十八条",
            "逐项选“同意”或“异议”后再提交。",
            message_en=f"Points of the review not answered: {len(unanswered)}.",
            unblock_en="Choose agree or object at every point, then submit again.",
            field="conclusion",
        )
    objected = [key for key, answer in checklist.items() if answer == "object"]
    if conclusion == LegalReview.Conclusion.PASS and objected:
        raise RuleViolation(
            "pass_over_objection",
            "有审核要点提出了异议，不能同时“通过”。",
            "行政处罚法第五十八条",
            "改为“补充材料”或“不通过”，或核对后撤回异议。",
            message_en="A point was objected to; the review cannot pass at the same time.",
            unblock_en="Ask for more material or do not pass it, or withdraw the objection after checking.",
            field="conclusion",
        )
    if conclusion != LegalReview.Conclusion.PASS and not objected:
        raise RuleViolation(
            "return_without_objection",
            "退回或不通过须至少对一项审核要点提出异议。",
            "行政处罚法第五十八条",
            "在相应要点选“异议”，并在意见中写明。",
            message_en="Returning or not passing needs an objection to at least one point.",
            unblock_en="Object at the point concerned and say why in the opinion.",
            field="conclusion",
        )
