"""Ask for a hold, answer it, dispose of what was held."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.clocks.selectors import running
from cases.dossier import authority
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.services import fire, require_move
from cases.holding import rules
from cases.holding.content import disposal_paragraphs, notice_paragraphs
from cases.holding.models import Hold
from cases.instruments.content import approval
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from law.duties import OTHER_HEAD, require_second_person
from law.errors import enforce
from townships.models import Officer

BASIS = "《中华人民共和国行政处罚法》第五十六条"


@transaction.atomic
def propose_hold(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    goods: list[dict[str, str]],
    place: str,
    reason: str,
    taken_at: datetime | None = None,
) -> Hold:
    """Ask the head to let evidence that may be lost be registered and kept (行政处罚法第五十六条)."""
    require_move(case, Move.PROPOSE_HOLD, actor=actor, at=at)
    enforce(rules.proposal_obstacles(case, timezone.localdate(at)))
    rules.require_urgent(case, taken_at, at=at)
    fire(case, Move.PROPOSE_HOLD, actor=actor, at=at, payload={"goods": [item["name"] for item in goods]})
    return Hold.objects.create(
        case=case,
        goods=goods,
        place=place,
        reason=reason,
        taken_at=taken_at,
        proposed_by=actor,
        proposed_at=at,
    )


@transaction.atomic
def answer_hold(*, case: Case, actor: Officer, at: datetime, approved: bool, opinion: str) -> Hold:
    """Approve or refuse a hold; approved, its notice is issued and its seven working days begin.

    行政处罚法第五十六条。
    """
    on = timezone.localdate(at)
    require_move(case, Move.ANSWER_HOLD, actor=actor, at=at)
    rules.require_approver(case, actor, on=on)
    hold = _locked(case, approved=None)
    require_second_person(hold.proposed_by_id, actor.pk, **OTHER_HEAD)
    if approved:
        rules.require_urgent(case, hold.taken_at, at=at)
        authority.require(case, on=on)
    began = hold.taken_at or at
    fire(
        case,
        Move.ANSWER_HOLD,
        actor=actor,
        at=at,
        payload={"approved": approved, "opinion": opinion},
        also_start=("evidence_hold",) if approved else (),
        clock_from=began,
    )
    hold.approved, hold.opinion, hold.answered_by, hold.answered_at = approved, opinion, actor, at
    issue(case=case, kind=Kind.MATTER, actor=actor, at=at, content=_approval_content(hold))
    if approved:
        clock = running(case, "evidence_hold")
        hold.started_at, hold.due_on = began, clock.due_on if clock else None
        told = {"paragraphs": notice_paragraphs(hold), "goods": hold.goods}
        hold.notice = issue(case=case, kind=Kind.HOLD_NOTICE, actor=actor, at=at, content=told)
    hold.save()
    return hold


@transaction.atomic
def dispose_hold(*, case: Case, actor: Officer, at: datetime, disposal: str, note: str) -> Hold:
    """Dispose of what was held within seven working days; after that it is released (第五十六条)."""
    require_move(case, Move.DISPOSE_HOLD, actor=actor, at=at)
    hold = _locked(case, approved=True)
    rules.require_disposable(hold, disposal, at=at)
    fire(case, Move.DISPOSE_HOLD, actor=actor, at=at, payload={"disposal": disposal, "note": note})
    hold.disposal, hold.disposal_note, hold.disposed_at = disposal, note, at
    hold.save(update_fields=["disposal", "disposal_note", "disposed_at"])
    told = {"paragraphs": disposal_paragraphs(hold), "goods": hold.goods}
    issue(case=case, kind=Kind.HOLD_DISPOSAL, actor=actor, at=at, content=told)
    return hold


def _locked(case: Case, *, approved: bool | None) -> Hold:
    waiting = Hold.objects.select_for_update(of=("self",)).filter(
        case=case, approved=approved, disposed_at=None
    )
    hold = waiting.first()
    if hold is None:
        raise rules.nothing_held()
    return hold


def _approval_content(hold: Hold) -> dict[str, Any]:
    asked, answered = timezone.localdate(hold.proposed_at), timezone.localdate(hold.answered_at)
    head = hold.answered_by.name if hold.answered_by else ""
    return {
        "matter": "先行登记保存证据",
        "basis": BASIS,
        "particulars": [{"label": "物品", "text": str(hold)}, {"label": "保存地点", "text": hold.place}],
        "matter_reasons": hold.reason,
        "outcome": "同意" if hold.approved else "不同意",
        "approvals": [
            approval("handler", hold.reason, [hold.proposed_by.name], asked),
            approval("head", hold.opinion, [head], answered),
        ],
    }
