"""Submit to legal review; reassign; pass, return, fail."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.dossier.access import share, unshare
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reasons import require_reason
from cases.flow.services import fire, require_move
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from cases.investigation.findings import current_report
from cases.review import choosing, rules
from cases.review.content import opinion_content
from cases.review.models import LegalReview, ReviewAssignment
from desk.wording import both
from law.errors import enforce
from townships.models import Officer

MOVES = {
    LegalReview.Conclusion.PASS: Move.PASS_REVIEW,
    LegalReview.Conclusion.RETURN: Move.RETURN_FOR_EVIDENCE,
    LegalReview.Conclusion.FAIL: Move.FAIL_REVIEW,
}

SUBMITTED_IT = _("为本案送审人")
# A body may have reviewed what the law does not make it review.
UNASKED = both("机关要求审核", "the body asks for a review")


@transaction.atomic
def submit_review(*, case: Case, actor: Officer, at: datetime, note: str = "") -> LegalReview:
    """Send the case to the first qualified reviewer who did not handle it (行政处罚法第五十八条)."""
    on = timezone.localdate(at)
    require_move(case, Move.SUBMIT_REVIEW, actor=actor, at=at)
    enforce(rules.submission_obstacles(case, on))
    report, due = current_report(case), rules.due_consequences(case, on)
    assert report is not None
    assert due is not None
    choice = choosing.choose(case, on, besides={actor.pk: SUBMITTED_IT})
    if choice is None:
        raise rules.no_reviewer(case, on)
    grounds = due.review_grounds
    fire(
        case,
        Move.SUBMIT_REVIEW,
        actor=actor,
        at=at,
        payload={"reviewer": choice.post.officer_id, "grounds": [ground.zh for ground in grounds]},
    )
    review = LegalReview.objects.create(
        case=case,
        report=report,
        round=LegalReview.objects.filter(case=case).count() + 1,
        grounds=[both(ground.zh, ground.en) for ground in grounds] or [note or UNASKED],
        reviewer=choice.post.officer,
        post=choice.post,
        assigned_because=choice.because,
        submitted_by=actor,
        submitted_at=at,
    )
    _put_on_record(review, choice, ReviewAssignment.Cause.SUBMITTED, actor, at)
    share(case, choice.post.officer)
    return review


def _put_on_record(
    review: LegalReview,
    choice: choosing.Choice,
    cause: ReviewAssignment.Cause,
    actor: Officer | None,
    at: datetime,
    reason: str = "",
) -> None:
    ReviewAssignment.objects.create(
        review=review,
        reviewer=choice.post.officer,
        post=choice.post,
        cause=cause,
        because=choice.because,
        reason=reason,
        considered=choice.considered,
        assigned_by=actor,
        assigned_at=at,
    )


@transaction.atomic
def reassign_review(
    *,
    case: Case,
    actor: Officer | None,
    at: datetime,
    reason: str,
    cause: ReviewAssignment.Cause = ReviewAssignment.Cause.DECIDED,
) -> LegalReview:
    """Give the open round to the next who may review; the round and its clock run on (行政处罚法第五十八条).

    actor None: the system, when the reviewer is away or may no longer review the case.
    """
    require_reason(reason)
    require_move(case, Move.REASSIGN_REVIEW, actor=actor, at=at)
    review = _open_round(case)
    on, before = timezone.localdate(at), review.reviewer
    passed = {review.submitted_by_id: SUBMITTED_IT, before.pk: _("不再审核本案")}
    choice = choosing.choose(case, on, besides=passed)
    if choice is None:
        raise rules.no_reviewer(case, on)
    after = choice.post.officer
    payload = {"reviewer_before": before.pk, "reviewer": after.pk, "cause": cause.value, "reason": reason}
    fire(case, Move.REASSIGN_REVIEW, actor=actor, at=at, payload=payload)
    _put_on_record(review, choice, cause, actor, at, reason)
    review.reviewer, review.post, review.assigned_because = after, choice.post, choice.because
    review.save(update_fields=["reviewer", "post", "assigned_because"])
    if not LegalReview.objects.filter(case=case, reviewer=before).exists():
        unshare(case, before)
    share(case, after)
    return review


@transaction.atomic
def recall_review(*, case: Case, actor: Officer, at: datetime, reason: str) -> LegalReview:
    """Take the case back before there is an opinion: what came up in the meantime goes before the review.

    A hearing asked for in time is held first (行政处罚法第五十八条、第六十三条); the next round begins anew.
    """
    require_reason(reason)
    require_move(case, Move.RECALL_REVIEW, actor=actor, at=at)
    review = _open_round(case)
    payload = {"round": review.round, "reviewer": review.reviewer_id, "reason": reason}
    fire(case, Move.RECALL_REVIEW, actor=actor, at=at, payload=payload)
    review.conclusion, review.opinion, review.concluded_at = LegalReview.Conclusion.RECALLED, reason, at
    review.save(update_fields=["conclusion", "opinion", "concluded_at"])
    return review


def _open_round(case: Case) -> LegalReview:
    """Return the locked round that waits for its opinion; its stage says that there is one."""
    waiting = LegalReview.objects.select_for_update(of=("self",)).select_related("reviewer", "case")
    return waiting.get(case=case, concluded_at=None)


@transaction.atomic
def conclude_review(
    *, case: Case, actor: Officer, at: datetime, conclusion: str, opinion: str, **checklist: str
) -> LegalReview:
    """Give the opinion: pass, return for more, or fail; each point answered (行政处罚法第五十八条)."""
    require_move(case, Move.PASS_REVIEW, actor=actor, at=at)
    review = _open_round(case)
    rules.require_own_review(review, actor, conclusion, timezone.localdate(at))
    rules.require_complete(checklist, conclusion)
    move = MOVES[LegalReview.Conclusion(conclusion)]
    fire(case, move, actor=actor, at=at, payload={"round": review.round, "opinion": opinion})
    review.checklist, review.conclusion, review.opinion, review.concluded_at = (
        checklist,
        conclusion,
        opinion,
        at,
    )
    review.save()
    issue(
        case=case,
        kind=Kind.REVIEW_OPINION,
        actor=actor,
        at=at,
        responsible=actor.name,
        content=opinion_content(review),
    )
    return review
