"""Let a party in real hardship pay later or in parts; the time to pay moves with the approval."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from audit.models import Event
from cases.clocks import services as clocks
from cases.clocks.models import Extension
from cases.clocks.services import INSTALMENT
from cases.dossier import authority
from cases.dossier.duties import require_head
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.execution import content
from cases.execution.granting_rules import (
    later_by,
    payment_clock,
    require_askable,
    require_voidable,
    waiting_terms,
)
from cases.execution.incoming import keep_behind_decision
from cases.execution.instalments import extend, follow
from cases.execution.rules import decision_of, owed, surcharged
from cases.execution.terms import Instalment, PaymentTerms
from cases.flow.services import fire, require_move
from cases.instruments.kinds import Kind
from cases.instruments.services import issue, replace
from papers import files
from townships.models import Officer


@transaction.atomic
def request_terms(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    applied_on: date,
    reason: str,
    instalments: Sequence[Instalment],
    upload: UploadedFile[bytes],
) -> PaymentTerms:
    """Bring the party's application to pay later or in parts before the head (行政处罚法第六十六条第二款)."""
    require_move(case, Move.REQUEST_TERMS, actor=actor, at=at)
    require_askable(
        case, applied_on=applied_on, reason=reason, instalments=instalments, on=timezone.localdate(at)
    )
    asked = [{"due_on": part.due_on.isoformat(), "amount": str(part.amount)} for part in instalments]
    stored = files.store(upload=upload, actor=actor, at=at)
    fire(
        case,
        Move.REQUEST_TERMS,
        actor=actor,
        at=at,
        payload={"instalments": asked, "applied_on": applied_on.isoformat(), "sha256": stored.sha256},
    )
    application = keep_behind_decision(case, stored, "延期（分期）缴纳罚款申请", actor=actor, at=at)
    return PaymentTerms.objects.create(
        case=case,
        applied_on=applied_on,
        reason=reason,
        application=application,
        asked=asked,
        recorded_by=actor,
        recorded_at=at,
    )


@transaction.atomic
def answer_terms(*, case: Case, actor: Officer, at: datetime, approved: bool, opinion: str) -> PaymentTerms:
    """Approve or refuse; approved, the time to pay ends with the last part; the party is told.

    What was asked in time may be answered later. 行政处罚法第六十六条第二款。
    """
    require_move(case, Move.ANSWER_TERMS, actor=actor, at=at)
    require_head(case, actor, on=timezone.localdate(at), permission="case.decide")
    terms = waiting_terms(case, actor)
    finding = authority.require(case, on=timezone.localdate(at))
    clock = payment_clock(case)
    length = later_by(clock, terms.instalments) if approved else 0
    terms.approved, terms.opinion, terms.answered_by, terms.answered_at = approved, opinion, actor, at
    terms.save()

    def lengthen(event: Event) -> None:
        if approved:
            extend(clock, terms, length, reason=terms.reason, event=event)
            clocks.recompute(payment_clock(case), event=event)
            follow(case, rest=owed(case) - surcharged(case), event=event)

    facts = {"approved": approved, "opinion": opinion, "instalments": terms.asked}
    fire(case, Move.ANSWER_TERMS, actor=actor, at=at, payload=facts, adjust=lengthen)
    terms.sheet = issue(
        case=case, kind=Kind.MATTER, actor=actor, at=at, content=content.terms_approval(terms)
    )
    terms.letter = issue(
        case=case,
        kind=Kind.PAYMENT_TERMS,
        actor=actor,
        at=at,
        authority=finding,
        content={"paragraphs": content.terms_paragraphs(terms, decision_of(case))},
    )
    terms.save(update_fields=["sheet", "letter"])
    return terms


@transaction.atomic
def void_terms(*, case: Case, actor: Officer, at: datetime, reason: str) -> PaymentTerms:
    """Void an answer entered by mistake, with its reason; the application waits for its answer again.

    The time to pay is again as if it had not been answered. Returns the application that waits.
    行政处罚法第四十七条、第六十六条第二款。
    """
    require_move(case, Move.VOID_TERMS, actor=actor, at=at)
    require_head(case, actor, on=timezone.localdate(at), permission="case.decide")
    terms = require_voidable(case, reason=reason)
    terms.voided_at, terms.voided_by, terms.void_reason = at, actor, reason
    terms.save(update_fields=["voided_at", "voided_by", "void_reason"])

    def shorten(event: Event) -> None:
        clocks.cancel(case, [INSTALMENT], event=event)
        clock = payment_clock(case)
        if Extension.objects.filter(clock=clock, voided_by=None).update(voided_by=event):
            clocks.recompute(payment_clock(case), event=event)

    facts = {"approved": terms.approved, "instalments": terms.asked, "reason": reason}
    fire(case, Move.VOID_TERMS, actor=actor, at=at, payload=facts, adjust=shorten)
    for paper in filter(None, (terms.sheet, terms.letter)):
        replace(paper)
    issue(case=case, kind=Kind.MATTER, actor=actor, at=at, content=content.terms_voided(terms))
    return PaymentTerms.objects.create(
        case=case,
        applied_on=terms.applied_on,
        reason=terms.reason,
        application=terms.application,
        asked=terms.asked,
        recorded_by=terms.recorded_by,
        recorded_at=terms.recorded_at,
    )
