"""Send a lead to its body, accept or refuse it, hand a case over, invite joint handling."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.dossier.access import share
from cases.dossier.duties import require_not_judge, require_two
from cases.dossier.models import Assignment, Case
from cases.dossier.moves import Move
from cases.dossier.reasons import require_reason
from cases.flow.services import fire, locked
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from cases.recusal.rules import require_not_withdrawn
from cases.routing import rules
from cases.routing.content import authority_content, hand_over_content, inventory_of, register_content
from cases.routing.models import HandOver, Referral
from law.competence import Verdict
from law.errors import enforce
from townships.models import AuthorityGrant, Body, Officer
from townships.selectors import certificate_on, certificates_on


def settle_authority(case: Case, verdict: Verdict) -> None:
    """Write onto the case who handles it, in whose name and by which grant."""
    case.handler_id = verdict.handler_id
    case.named_id = verdict.named_id
    case.mode = verdict.mode or ""
    case.grant_id = verdict.grant_id
    case.authority = verdict.as_dict()


@transaction.atomic
def route(*, case: Case, actor: Officer, at: datetime, body: Body | None = None) -> Referral:
    """Send the lead to the body that may act; without an item, to a township to verify."""
    verdict = rules.require_handler(case, on=timezone.localdate(at))
    if verdict is not None:
        settle_authority(case, verdict)
    else:
        case.handler = body or case.township
        case.authority = {}
    assert case.handler_id is not None
    fire(case, Move.ROUTE, actor=actor, at=at, payload={"body": case.handler_id, "finding": case.authority})
    referral = Referral.objects.create(
        case=case, to_body_id=case.handler_id, finding=case.authority, sent_by=actor, sent_at=at
    )
    issue(
        case=case,
        kind=Kind.LEAD_REGISTER,
        actor=actor,
        at=at,
        content=register_content(case, router=actor, on=timezone.localdate(at)),
    )
    return referral


@transaction.atomic
def accept(
    *, case: Case, actor: Officer, at: datetime, lead_officer: Officer, second_officer: Officer
) -> None:
    """Take the lead over and name the two certified officers who verify it."""
    require_two(case, [lead_officer, second_officer], on=timezone.localdate(at))
    case.lead_officer, case.second_officer = lead_officer, second_officer
    fire(case, Move.ACCEPT, actor=actor, at=at, payload={"officers": [lead_officer.pk, second_officer.pk]})
    assign(case, [lead_officer, second_officer], at=at)
    _answer(case, actor, at, accepted=True)


@transaction.atomic
def refuse(*, case: Case, actor: Officer, at: datetime, reason: str) -> None:
    """Send the lead back with reasons."""
    require_reason(reason)
    fire(case, Move.REFUSE, actor=actor, at=at, payload={"reason": reason})
    _answer(case, actor, at, accepted=False, reason=reason)
    case.handler = case.named = case.grant = None
    case.mode = ""
    case.save(update_fields=["handler", "named", "grant", "mode"])


def _answer(case: Case, actor: Officer, at: datetime, *, accepted: bool, reason: str = "") -> None:
    Referral.objects.filter(case=case, answered_at=None).update(
        answered_at=at, answered_by=actor, accepted=accepted, reason=reason
    )


@transaction.atomic
def hand_over(
    *,
    case: Case,
    actor: Officer | None,
    at: datetime,
    reason: str,
    ground: HandOver.Ground = HandOver.Ground.DECIDED,
    ended_grant: AuthorityGrant | None = None,
) -> HandOver:
    """Give the case to the body that may act today; clocks run on, earlier acts stay valid.

    actor None: the system, when the authority under which the case was handled has ended.
    行政处罚法第二十条、第二十四条。
    """
    require_reason(reason)
    locked(case)
    destination = rules.require_receiver(case, on=timezone.localdate(at))
    if ground == HandOver.Ground.DECIDED:
        enforce(rules.retransfer_objection(case, timezone.localdate(at)))
    before, named_before = case.handler_id, case.named_id
    inventory = inventory_of(case)
    if isinstance(destination, Body):
        case.handler, case.named, case.mode, case.grant, case.authority = destination, None, "", None, {}
    else:
        settle_authority(case, destination)
    assert before is not None
    assert case.handler_id is not None
    case.lead_officer = case.second_officer = None
    told = {"from_body": before, "body": case.handler_id, "reason": reason, "ground": ground.value}
    payload = {**told, "authority": case.authority}
    fire(case, Move.HAND_OVER, actor=actor, at=at, payload=payload, also_start=("transfer_accept",))
    Assignment.objects.filter(case=case, ended_on=None).update(ended_on=timezone.localdate(at))
    handed = HandOver.objects.create(
        case=case,
        from_body_id=before,
        to_body_id=case.handler_id,
        named_before_id=named_before,
        ground=ground,
        ended_grant=ended_grant,
        reason=reason,
        inventory=inventory,
        handed_by=actor,
        handed_at=at,
    )
    _refer_anew(handed, at)
    _put_on_file(handed, at)
    return handed


def _refer_anew(handed: HandOver, at: datetime) -> None:
    """Send a lead that nobody had accepted yet to its new body."""
    waiting = Referral.objects.filter(case=handed.case, answered_at=None).first()
    if waiting is None:
        return
    waiting.answered_at, waiting.accepted, waiting.reason = at, False, handed.reason
    waiting.save(update_fields=["answered_at", "accepted", "reason"])
    Referral.objects.create(
        case=handed.case,
        to_body_id=handed.to_body_id,
        finding=handed.case.authority,
        sent_by=handed.handed_by or waiting.sent_by,
        sent_at=at,
    )


def _put_on_file(handed: HandOver, at: datetime) -> None:
    """Issue the list of what goes along and, for a filed case, the proof of the new authority."""
    case, actor = handed.case, handed.handed_by
    issue(case=case, kind=Kind.HAND_OVER, actor=actor, at=at, content=hand_over_content(handed))
    if case.filed_on is not None and case.authority:
        content = authority_content(case, case.authority)
        issue(case=case, kind=Kind.AUTHORITY, actor=actor, at=at, content=content, authority=case.authority)


@transaction.atomic
def reassign(
    *,
    case: Case,
    actor: Officer | None,
    at: datetime,
    lead_officer: Officer,
    second_officer: Officer,
    reason: str,
) -> None:
    """Put two other certified officers on the case; who handled it before stays on record.

    actor None: the system, while an officer is away.
    """
    require_reason(reason)
    rules.require_received(case)
    on = timezone.localdate(at)
    require_two(case, [lead_officer, second_officer], on=on)
    require_not_judge(case, [lead_officer, second_officer])
    require_not_withdrawn(case, [lead_officer, second_officer])
    case.lead_officer, case.second_officer = lead_officer, second_officer
    fire(
        case,
        Move.REASSIGN,
        actor=actor,
        at=at,
        payload={"officers": [lead_officer.pk, second_officer.pk], "reason": reason},
    )
    assign(case, [lead_officer, second_officer], at=at)


def assign(case: Case, officers: list[Officer], *, at: datetime) -> None:
    """Record the officers' duty with the certificate each holds that day; who leaves stays on record."""
    on = timezone.localdate(at)
    held = Assignment.objects.filter(case=case, ended_on=None, duty=Assignment.Duty.INVESTIGATOR)
    known = set(held.values_list("officer_id", flat=True))
    gone = known - {officer.pk for officer in officers}
    if gone:
        held.filter(officer__in=gone).update(ended_on=on)
    fresh = [officer for officer in officers if officer.pk not in known]
    cards = certificates_on(fresh, on) if fresh else {}
    Assignment.objects.bulk_create(
        Assignment(
            case=case,
            officer=officer,
            duty=Assignment.Duty.INVESTIGATOR,
            certificate_number=cards.get(officer.pk, ""),
            began_on=on,
        )
        for officer in fresh
    )


@transaction.atomic
def join(*, case: Case, actor: Officer, at: datetime, officer: Officer, agreement: str) -> None:
    """Invite an officer of another body: an object permission for this case only (行政处罚法第二十六条).

    agreement: the number of the request for assistance or of the record of coordination between the bodies.
    """
    rules.require_agreed(agreement)
    rules.require_invitable(case, officer, on=timezone.localdate(at))
    fire(case, Move.JOIN, actor=actor, at=at, payload={"officer": officer.pk, "number": agreement})
    Assignment.objects.get_or_create(
        case=case,
        officer=officer,
        duty=Assignment.Duty.JOINT,
        ended_on=None,
        defaults={
            "began_on": timezone.localdate(at),
            "certificate_number": certificate_on(officer, timezone.localdate(at)),
            "agreement": agreement,
        },
    )
    share(case, officer)
