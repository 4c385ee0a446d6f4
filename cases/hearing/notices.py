"""Approve the proposal, issue the notice and serve it; or send the report back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.dossier import authority
from cases.dossier.duties import require_head, require_not_investigator
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reading import one_reading
from cases.dossier.reasons import require_reason
from cases.flow.services import fire, locked, require_move
from cases.hearing import rules
from cases.hearing.content import approval_content, notice_content
from cases.hearing.models import PriorNotice
from cases.instruments import serving
from cases.instruments.kinds import Kind
from cases.instruments.services import Sheet, issue_all
from cases.instruments.serving import Proof
from cases.investigation.findings import current_report, hearing_finding
from law.errors import enforce
from townships.models import Officer


@transaction.atomic
def return_report(*, case: Case, actor: Officer, at: datetime, reason: str) -> None:
    """Send the report back for more evidence (行政处罚法第四十条)."""
    require_reason(reason)
    require_head(case, actor, on=timezone.localdate(at), permission="case.approve_notice")
    fire(case, Move.RETURN_REPORT, actor=actor, at=at, payload={"reason": reason})


@transaction.atomic
def issue_notice(*, case: Case, actor: Officer, at: datetime, opinion: str) -> PriorNotice:
    """Approve the proposal and issue the notice, with the hearing right where due.

    行政处罚法第四十四条、第六十三条。
    """
    on = timezone.localdate(at)
    locked(case)
    with one_reading():
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
    approval = approval_content(
        report, opinion=opinion, head=actor.name, on=on, hearing_offered=hearing.eligible
    )
    notice = notice_content(case, report, on=on, hearing_offered=hearing.eligible)
    sheets = [Sheet(Kind.NOTICE_APPROVAL, approval), Sheet(Kind.PRIOR_NOTICE, notice, authority=finding)]
    _approval, instrument = issue_all(case=case, sheets=sheets, actor=actor, at=at)
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
