"""Beat's face of the sweep, and the notices that follow from moves."""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.models import Event
from audit.subscribers import on
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE
from cases.oversight import absences, services
from cases.review.models import LegalReview, ReviewAssignment
from desk import clock
from desk.notices import Words, notify
from townships.models import Officer
from townships.selectors import away, heads_of
from townships.verbs import ABSENCE_SET


@shared_task(name="cases.oversight.sweep")
def sweep() -> None:
    """Warn for what is due."""
    services.sweep(at=clock.now())


def tell(event: Event, case: Case, recipients: list[Officer], title: Words) -> None:
    """Send one notice for one event; sending it again changes nothing."""
    notify(
        recipients=recipients,
        kind=event.verb,
        title=title,
        body=f"{case} {case.title}",
        link=reverse("case", args=[case.pk]),
        key=f"event:{event.pk}",
        at=event.occurred_at,
    )


@shared_task(name="cases.oversight.settle_absences")
def settle_absences() -> None:
    """Hand on what waits for whoever is away."""
    absences.settle_absences(at=clock.now())


@on(ABSENCE_SET)
def follow_absence(event: Event) -> None:
    """Hand on what waits for somebody whose absence has begun."""
    absences.settle_absences(at=clock.now())


@on(TABLE[Move.HAND_OVER].verb)
def follow_hand_over(event: Event) -> None:
    """Let the receiving body's roster review a case that was handed over in the middle of its review."""
    cause = ReviewAssignment.Cause.HANDED_OVER
    absences.settle_review(case_id=event.target_id, at=clock.now(), cause=cause)


@on(TABLE[Move.RESOLVE_RECUSAL].verb)
def follow_recusal(event: Event) -> None:
    """Let the next reviewer review where the one of the open round had to withdraw."""
    absences.settle_review(case_id=event.target_id, at=clock.now())


@on(TABLE[Move.SUBMIT_REVIEW].verb, TABLE[Move.REASSIGN_REVIEW].verb)
def tell_reviewer(event: Event) -> None:
    """Tell the reviewer that a case waits."""
    review = (
        LegalReview.objects.select_related("case", "reviewer")
        .filter(case=event.target_id)
        .order_by("-round")[0]
    )
    tell(event, review.case, [review.reviewer], _("有案件等你法制审核"))


@on(TABLE[Move.RECALL_REVIEW].verb)
def tell_reviewer_of_recall(event: Event) -> None:
    """Tell the reviewer that a case no longer waits."""
    review = LegalReview.objects.select_related("case", "reviewer").get(
        case=event.target_id, round=event.payload["round"]
    )
    tell(event, review.case, [review.reviewer], _("送审已撤回，不再等你审核"))


@on(TABLE[Move.PROPOSE_FILING].verb, TABLE[Move.CONCLUDE].verb, TABLE[Move.PROPOSE_CLOSING].verb)
def tell_heads(event: Event) -> None:
    """Tell the heads who are there that a case waits for approval."""
    case = Case.objects.select_related("named").get(pk=event.target_id)
    if case.named:
        on = timezone.localdate(event.occurred_at)
        heads, gone = list(heads_of(case.named, on)), away(on)
        present = [head for head in heads if head.pk not in gone]
        tell(event, case, present or heads, _("有案件等你审批"))


@on(
    TABLE[Move.APPROVE_FILING].verb,
    TABLE[Move.RETURN_FILING].verb,
    TABLE[Move.RETURN_REPORT].verb,
    TABLE[Move.ISSUE_NOTICE].verb,
    TABLE[Move.PASS_REVIEW].verb,
    TABLE[Move.RETURN_FOR_EVIDENCE].verb,
    TABLE[Move.FAIL_REVIEW].verb,
    TABLE[Move.DECIDE].verb,
    TABLE[Move.APPROVE_CLOSING].verb,
)
def tell_officers(event: Event) -> None:
    """Tell the officers of the case what was answered."""
    case = Case.objects.select_related("lead_officer", "second_officer").get(pk=event.target_id)
    officers = [officer for officer in (case.lead_officer, case.second_officer) if officer]
    label = next(row.verb.label for row in TABLE.values() if row.verb.code == event.verb)
    tell(event, case, officers, label)
