"""Discuss, decide, serve the decision."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.decision import discussing, rules
from cases.decision.content import approval_content, decision_content, discussion_content
from cases.decision.models import CollectiveDiscussion, Decision
from cases.decision.same_act import require_unlike_revoked
from cases.dossier import authority
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reading import one_reading
from cases.dossier.reasons import require_reason
from cases.flow.services import fire, locked, require_move
from cases.instruments import serving
from cases.instruments.kinds import Kind
from cases.instruments.services import Sheet, issue, issue_all
from cases.instruments.serving import Proof
from cases.investigation.findings import current_report
from law import gates
from townships.models import Officer

SETTLED_BY_SERVICE = frozenset({"warning", "criticism"})


@transaction.atomic
def record_discussion(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    held_at: datetime,
    place: str,
    chair: Officer,
    attendees: list[Officer],
    recorder: str,
    opinions: str,
    conclusion: str,
    dissent: str = "",
) -> CollectiveDiscussion:
    """Put the heads' discussion on record, each opinion and the conclusion (行政处罚法第五十七条第二款)."""
    require_move(case, Move.RECORD_DISCUSSION, actor=actor, at=at)
    discussing.require_ripe(case, held_at=held_at, at=at)
    present = list({officer.pk: officer for officer in attendees}.values())
    discussing.require_quorum(chair, present, case, held_on=timezone.localdate(held_at))
    discussing.require_recorded(present, opinions=opinions, conclusion=conclusion)
    report = current_report(case)
    assert report is not None
    fire(
        case,
        Move.RECORD_DISCUSSION,
        actor=actor,
        at=at,
        payload={"attendees": [officer.pk for officer in present]},
    )
    discussion = CollectiveDiscussion.objects.create(
        case=case,
        report=report,
        held_at=held_at,
        place=place,
        chair=chair,
        recorder=recorder,
        opinions=opinions,
        conclusion=conclusion,
        dissent=dissent,
        recorded_by=actor,
    )
    discussion.attendees.set(present)
    issue(
        case=case,
        kind=Kind.DISCUSSION,
        actor=actor,
        at=at,
        responsible=chair.name,
        content=discussion_content(discussion, present),
    )
    return discussion


@transaction.atomic
def renotify(*, case: Case, actor: Officer, at: datetime, reason: str) -> None:
    """Take the proposal back because facts, basis or weight change; the party must be told anew.

    行政处罚法第四十四条。
    """
    require_reason(reason)
    fire(case, Move.RENOTIFY, actor=actor, at=at, payload={"reason": reason})


@transaction.atomic
def decide(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    fine: Decimal,
    kinds: list[str],
    reasons: str,
    late_reasons: str = "",
    on_hearing: str = "",
    unlike_revoked: str = "",
) -> Decision:
    """Decide, inside the range and never heavier than notified; the ninety days stop at this day.

    on_hearing: how the decision follows the record of a hearing that was held.
    unlike_revoked: in what it differs from a decision on the same act that was revoked.
    行政处罚法第五十七条、第六十五条、行政复议法第六十四条、行政诉讼法第七十一条。
    """
    on = timezone.localdate(at)
    locked(case)
    with one_reading():
        report = current_report(case)
        if report is None:
            raise gates.violation("facts_proved")
        rules.require_decidable(
            case, report, fine=fine, kinds=kinds, late_reasons=late_reasons, actor=actor, on=on
        )
        rules.require_on_record(case, on_hearing)
        require_unlike_revoked(case, kinds=kinds, unlike_revoked=unlike_revoked)
        finding = authority.require(case, on=on)
    case.decided_on = on
    payload = {"fine": str(fine), "kinds": kinds, "authority": finding, "unlike_revoked": unlike_revoked}
    fire(case, Move.DECIDE, actor=actor, at=at, payload=payload)
    said = "\n".join(filter(None, (reasons, on_hearing, unlike_revoked)))
    content = decision_content(case, report, fine=fine, kinds=kinds, reasons=said, on=on)
    approval = approval_content(
        report, content, opinion=reasons, head=actor.name, late_reasons=late_reasons, on=on
    )
    sheets = [Sheet(Kind.DECISION_APPROVAL, approval), Sheet(Kind.DECISION, content, authority=finding)]
    _approval, instrument = issue_all(case=case, sheets=sheets, actor=actor, at=at)
    return Decision.objects.create(
        case=case,
        report=report,
        instrument=instrument,
        kinds=kinds,
        fine=fine,
        reasons=reasons,
        decided_at=at,
        decided_by=actor,
        late_reasons=late_reasons,
        on_hearing=on_hearing,
    )


@transaction.atomic
def serve_decision(*, case: Case, actor: Officer, at: datetime, **proof: Any) -> None:
    """Serve the decision with proof; payment and remedy periods run from the service.

    行政处罚法第六十一条、第六十七条。
    """
    require_move(case, Move.SERVE_DECISION, actor=actor, at=at)
    decision = Decision.objects.select_related("instrument").get(case=case)
    authority.require(case, on=timezone.localdate(at))
    served = Proof(**proof)
    effective = serving.effective(served)
    case.served_on = timezone.localdate(effective)
    fire(
        case,
        Move.SERVE_DECISION,
        actor=actor,
        at=at,
        clock_from=effective,
        payload={"method": served.method, "served_at": served.served_at.isoformat()},
    )
    serving.serve(case=case, instrument=decision.instrument, proof=served, actor=actor, at=at)
    settle_without_fine(case, decision, at=at)


def settle_without_fine(case: Case, decision: Decision, *, at: datetime) -> None:
    """Settle a warning or criticism: it is carried out by being served, and there is nothing to pay."""
    if decision.fine == 0 and set(decision.kinds) <= SETTLED_BY_SERVICE:
        fire(case, Move.SETTLE_BY_SERVICE, actor=None, at=at, payload={"kinds": decision.kinds})
