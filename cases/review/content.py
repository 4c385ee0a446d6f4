"""What a legal opinion prints."""

from typing import Any

from django.utils import timezone

from cases.clocks.models import Clock
from cases.instruments.content import penalties_told
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.investigation.content import penalty_content
from cases.review.models import POINTS, LegalReview
from desk.wording import in_words


def opinion_content(review: LegalReview) -> dict[str, Any]:
    """Fill the 法制审核意见书."""
    sent = [Kind.INSPECTION, Kind.INTERVIEW, Kind.CORRECTION, Kind.EVIDENCE_LIST, Kind.REPORT]
    sent += [Kind.PRIOR_NOTICE, Kind.STATEMENT_REVIEW, Kind.HEARING_RECORD, Kind.HEARING_REPORT]
    clock = Clock.objects.filter(case=review.case, kind="legal_review").order_by("-id").first()
    concluded = timezone.localdate(review.concluded_at) if review.concluded_at else None
    papers = Instrument.objects.filter(case=review.case, kind__in=sent, issued_at__lte=review.submitted_at)
    return {
        "round": review.round,
        "review_due": clock.due_on.isoformat() if clock and clock.due_on else "",
        "grounds": [in_words(ground) for ground in review.grounds],
        "submitted_on": review.submitted_at.isoformat(),
        "submitted_by": review.submitted_by.body.name if review.submitted_by.body else "",
        "reviewing_body": review.post.body.name,
        "received_on": timezone.localdate(review.submitted_at).isoformat(),
        "materials": [str(paper) for paper in papers.order_by("file_order", "id")],
        "heads": [{"label": str(label), "result": review.checklist.get(key, "")} for key, label in POINTS],
        "conclusion": review.conclusion,
        "opinion": review.opinion,
        "reviewer": {
            "name": review.reviewer.name,
            "qualification": review.post.qualification_number,
            "dated": concluded.isoformat() if concluded else "",
        },
        "assigned_because": in_words(review.assigned_because),
        "proposed": penalties_told(penalty_content(review.report)),
    }
