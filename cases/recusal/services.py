"""Take a challenge of an officer, and answer it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.dossier.duties import require_head
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.services import fire, require_move
from cases.instruments.content import approval
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from cases.recusal import rules
from cases.recusal.models import Recusal
from townships.models import Officer


@transaction.atomic
def request_recusal(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    officer: Officer,
    applicant: str,
    grounds: str,
    requested_at: datetime,
) -> Recusal:
    """Take the challenge of an officer on file; the investigation goes on (行政处罚法第四十三条)."""
    require_move(case, Move.REQUEST_RECUSAL, actor=actor, at=at)
    rules.require_open(case, officer, requested_at=requested_at, at=at)
    fire(
        case,
        Move.REQUEST_RECUSAL,
        actor=actor,
        at=at,
        payload={"officer": officer.pk, "applicant": applicant, "grounds": grounds},
    )
    return Recusal.objects.create(
        case=case,
        officer=officer,
        applicant=applicant,
        grounds=grounds,
        requested_at=requested_at,
        recorded_by=actor,
    )


@transaction.atomic
def resolve_recusal(
    *, case: Case, actor: Officer, at: datetime, recusal: Recusal, granted: bool, reasons: str
) -> Recusal:
    """Decide whether the officer withdraws; the head decides (行政处罚法第四十三条第三款)."""
    on = timezone.localdate(at)
    require_move(case, Move.RESOLVE_RECUSAL, actor=actor, at=at)
    require_head(case, actor, on=on, permission="case.approve_filing")
    found = (
        Recusal.objects.select_for_update(of=("self",))
        .filter(case=case, pk=recusal.pk, resolved_at=None)
        .first()
    )
    if found is None:
        raise rules.nothing_to_answer()
    rules.require_answerable(found, actor, reasons)
    fire(
        case,
        Move.RESOLVE_RECUSAL,
        actor=actor,
        at=at,
        payload={"officer": found.officer_id, "granted": granted, "reasons": reasons},
    )
    found.granted, found.reasons, found.resolved_at, found.resolved_by = granted, reasons, at, actor
    found.save(update_fields=["granted", "reasons", "resolved_at", "resolved_by"])
    asked = timezone.localdate(found.requested_at)
    issue(
        case=case,
        kind=Kind.MATTER,
        actor=actor,
        at=at,
        content={
            "matter": "执法人员回避",
            "basis": "《中华人民共和国行政处罚法》第四十三条",
            "particulars": [
                {"label": "被申请回避人员", "text": found.officer.name},
                {"label": "申请人", "text": found.get_applicant_display()},
                {"label": "申请日期", "text": f"{asked:%Y年%-m月%-d日}"},
            ],
            "matter_reasons": found.grounds,
            "outcome": "同意回避" if granted else "不予回避",
            "approvals": [approval("head", reasons, [actor.name], on)],
        },
    )
    return found
