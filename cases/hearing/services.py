"""Notify, hear the answer, hold the hearing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cases.clocks.selectors import running
from cases.dossier import authority
from cases.dossier.duties import require_head, require_not_investigator
from cases.dossier.models import Case
from cases.dossier.stages import Move
from cases.flow.services import fire, locked, require_move
from cases.hearing import rules
from cases.hearing.content import (
    approval_content,
    defence_content,
    defence_review_content,
    notice_content,
    notice_reference,
    request_content,
)
from cases.hearing.models import Hearing, PriorNotice, Statement
from cases.instruments import serving
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from cases.instruments.serving import Proof
from cases.investigation.findings import current_report, hearing_finding
from law import gates
from law.errors import RuleViolation, enforce
from papers import files
from townships.models import Officer

WAIVABLE = ("defence", "hearing_request")


@transaction.atomic
def return_report(*, case: Case, actor: Officer, at: datetime, reason: str) -> None:
    """Send the report back for more evidence (行政处罚法第四十条)."""
    if not reason.strip():
        raise gates.violation("full_process_record", detail="须写明退回理由。", field="reason")
    require_head(case, actor, on=timezone.localdate(at), permission="case.approve_notice")
    fire(case, Move.RETURN_REPORT, actor=actor, at=at, payload={"reason": reason})


@transaction.atomic
def issue_notice(*, case: Case, actor: Officer, at: datetime, opinion: str) -> PriorNotice:
    """Approve the proposal and issue the notice, with the hearing right where due.

    行政处罚法第四十四条、第六十三条。
    """
    on = timezone.localdate(at)
    locked(case)
    require_head(case, actor, on=on, permission="case.approve_notice")
    require_not_investigator(case, actor, "separate_functions")
    enforce(rules.notice_obstacles(case, on))
    report = current_report(case)
    assert report is not None
    finding = authority.require(case, on=on)
    hearing = hearing_finding(case, report, on=on)
    fire(
        case,
        Move.ISSUE_NOTICE,
        actor=actor,
        at=at,
        payload={"fine": str(report.fine), "hearing": hearing.eligible},
    )
    issue(
        case=case,
        kind=Kind.NOTICE_APPROVAL,
        actor=actor,
        at=at,
        content=approval_content(
            report, opinion=opinion, head=actor.name, on=on, hearing_offered=hearing.eligible
        ),
    )
    instrument = issue(
        case=case,
        kind=Kind.PRIOR_NOTICE,
        actor=actor,
        at=at,
        authority=finding,
        content=notice_content(case, report, hearing_offered=hearing.eligible),
    )
    return PriorNotice.objects.create(
        case=case,
        report=report,
        instrument=instrument,
        fine=report.fine,
        kinds=report.kinds,
        hearing_offered=hearing.eligible,
        hearing_finding=hearing.as_dict(),
        approved_by=actor,
        issued_at=at,
    )


@transaction.atomic
def serve_notice(*, case: Case, actor: Officer, at: datetime, **proof: Any) -> None:
    """Serve the notice with proof; the party's time to answer runs from the service, not the paper's date."""
    require_move(case, Move.SERVE_NOTICE, actor=actor, at=at)
    notice = rules.current_notice(case)
    assert notice is not None
    authority.require(case, on=timezone.localdate(at))
    served = Proof(**proof)
    starts = ("hearing_request",) if notice.hearing_offered else ()
    fire(
        case,
        Move.SERVE_NOTICE,
        actor=actor,
        at=at,
        also_start=starts,
        clock_from=serving.effective(served),
        payload={"method": served.method, "served_at": served.served_at.isoformat()},
    )
    serving.serve(case=case, instrument=notice.instrument, proof=served, actor=actor, at=at)
    notice.served_at = served.served_at
    notice.save(update_fields=["served_at"])


@transaction.atomic
def record_statement(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    made_at: datetime,
    content: str,
    upload: UploadedFile[bytes] | None = None,
) -> Statement:
    """Record what the party states in its defence; it is never left out for being late.

    行政处罚法第四十五条。
    """
    fire(case, Move.RECORD_STATEMENT, actor=actor, at=at)
    statement = _answer(case, actor, at, Statement.Kind.STATEMENT, made_at, content, upload)
    issue(
        case=case,
        kind=Kind.STATEMENT,
        actor=actor,
        at=at,
        content=defence_content(case, statement, recorder=actor.name),
    )
    return statement


@transaction.atomic
def record_waiver(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    made_at: datetime,
    content: str,
    upload: UploadedFile[bytes],
    rights: Sequence[str] = WAIVABLE,
) -> Statement:
    """Record a written waiver; it ends at once the windows of the rights it names (行政处罚法第六十二条)."""
    kinds = [kind for kind in WAIVABLE if kind in rights and running(case, kind)]
    fire(case, Move.RECORD_WAIVER, actor=actor, at=at, also_stop=kinds, payload={"content": content})
    return _answer(case, actor, at, Statement.Kind.WAIVER, made_at, content, upload)


def _answer(
    case: Case,
    actor: Officer,
    at: datetime,
    kind: str,
    made_at: datetime,
    content: str,
    upload: UploadedFile[bytes] | None,
) -> Statement:
    notice = rules.current_notice(case)
    assert notice is not None
    rules.require_made_in_time(notice, made_at, at=at)
    stored = files.store(upload=upload, actor=actor, at=at) if upload else None
    return Statement.objects.create(notice=notice, kind=kind, made_at=made_at, content=content, file=stored)


@transaction.atomic
def review_statement(*, case: Case, actor: Officer, at: datetime, accepted: str, review_reasons: str) -> None:
    """Review every open answer: accepted or not, with reasons (行政处罚法第四十五条第一款)."""
    open_answers = Statement.objects.select_for_update(of=("self",)).filter(
        notice__case=case, kind=Statement.Kind.STATEMENT, reviewed_at=None
    )
    answers = list(open_answers.select_related("notice__instrument"))
    if not answers:
        raise RuleViolation(
            "nothing_to_review", "没有待复核的陈述申辩。", "行政处罚法第四十五条", "先登记当事人的陈述申辩。"
        )
    fire(case, Move.REVIEW_STATEMENT, actor=actor, at=at, payload={"accepted": accepted})
    open_answers.update(accepted=accepted, review_reasons=review_reasons, reviewed_at=at, reviewed_by=actor)
    issue(
        case=case,
        kind=Kind.STATEMENT_REVIEW,
        actor=actor,
        at=at,
        content=defence_review_content(case, answers, accepted=accepted, reasons=review_reasons),
    )


@transaction.atomic
def request_hearing(*, case: Case, actor: Officer, at: datetime, made_at: datetime, content: str) -> Hearing:
    """Take the party's request for a hearing, made in time (行政处罚法第六十三条、第六十四条第（一）项)."""
    require_move(case, Move.REQUEST_HEARING, actor=actor, at=at)
    notice = rules.current_notice(case)
    assert notice is not None
    rules.require_made_in_time(notice, made_at, at=at)
    rules.require_in_window(case, made_at)
    fire(case, Move.REQUEST_HEARING, actor=actor, at=at, also_stop=("hearing_request",))
    issue(
        case=case,
        kind=Kind.HEARING_REQUEST,
        actor=actor,
        at=at,
        content=request_content(case, notice, made_at=made_at, text=content, registrar=actor.name, at=at),
    )
    return Hearing.objects.create(notice=notice, requested_at=made_at, request=content)


@transaction.atomic
def schedule_hearing(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    scheduled_at: datetime,
    place: str,
    chair: Officer,
    recorder: str,
    is_public: bool = True,
) -> Hearing:
    """Notify time and place seven working days ahead and appoint a chair who did not handle the case."""
    require_move(case, Move.SCHEDULE_HEARING, actor=actor, at=at)
    rules.require_timely_hearing(timezone.localdate(at), scheduled_at)
    rules.require_chair(case, chair, on=timezone.localdate(at))
    hearing = Hearing.objects.select_for_update().get(notice__case=case, concluded_at=None)
    fire(
        case,
        Move.SCHEDULE_HEARING,
        actor=actor,
        at=at,
        payload={"scheduled_at": scheduled_at.isoformat(), "chair": chair.pk},
    )
    hearing.instrument = issue(
        case=case,
        kind=Kind.HEARING_NOTICE,
        actor=actor,
        at=at,
        content={
            "notice": notice_reference(hearing.notice),
            "requested_on": timezone.localdate(hearing.requested_at).isoformat(),
            "scheduled_at": scheduled_at.isoformat(),
            "hearing_place": place,
            "chair": chair.name,
            "recorder": recorder,
            "is_public": is_public,
        },
    )
    hearing.notified_at, hearing.scheduled_at = at, scheduled_at
    hearing.place, hearing.chair, hearing.recorder, hearing.is_public = place, chair, recorder, is_public
    hearing.save()
    return hearing


@transaction.atomic
def conclude_hearing(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    outcome: str,
    record: str = "",
    report: str = "",
    signature: str = "",
) -> Hearing:
    """Record how the hearing ended; one that was held needs its signed record.

    行政处罚法第六十四条第（八）项、第六十五条。
    """
    require_move(case, Move.CONCLUDE_HEARING, actor=actor, at=at)
    hearing = Hearing.objects.select_for_update().get(notice__case=case, concluded_at=None)
    rules.require_chair(case, actor, on=timezone.localdate(at))
    rules.require_appointed(hearing, actor)
    rules.require_lawful_end(hearing, outcome, record=record, signature=signature, at=at)
    fire(case, Move.CONCLUDE_HEARING, actor=actor, at=at, payload={"outcome": outcome})
    hearing.outcome, hearing.record, hearing.report = outcome, record, report
    hearing.signature, hearing.concluded_at = signature, at
    hearing.save()
    issue(case=case, kind=Kind.HEARING_RECORD, actor=actor, at=at, content=hearing_content(hearing))
    return hearing


def hearing_content(hearing: Hearing) -> dict[str, Any]:
    """Fill the 听证笔录."""
    return {
        "outcome": hearing.get_outcome_display(),
        "scheduled_at": hearing.scheduled_at.isoformat() if hearing.scheduled_at else "",
        "hearing_place": hearing.place,
        "chair": hearing.chair.name if hearing.chair else "",
        "recorder": hearing.recorder,
        "is_public": hearing.is_public,
        "body": hearing.record,
        "report": hearing.report,
        "signature": hearing.signature,
    }
