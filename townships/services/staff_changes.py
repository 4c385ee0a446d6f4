"""Changes of staff: proposed by a head, approved by the establishment office, in effect on their day."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from rest_framework.authtoken.models import Token

from audit.verbs import Verb
from desk.rights import needs
from law.errors import RuleViolation
from townships import staff_change_rules as rules
from townships import verbs
from townships.models import Officer, Secondment, StaffChange
from townships.services import accounts, secondments
from townships.services.telling import tell
from townships.staff_change_rules import Change


@needs("staff.propose")
@transaction.atomic
def propose(*, change: Change, actor: Officer, at: datetime) -> StaffChange:
    """Propose a change of staff; nothing changes before it is approved."""
    on = localdate(at)
    rules.require_proposable(change, actor, on)
    proposed = StaffChange(
        kind=change.kind,
        officer=change.officer,
        from_body_id=change.officer.body_on(on),
        to_body=change.to_body,
        effective_on=change.effective_on,
        until=change.until,
        appraisal_share=change.appraisal_share,
        reason=change.reason,
        document=change.document,
        proposed_by=actor,
        proposed_at=at,
    )
    try:
        with transaction.atomic():
            proposed.save()
    except IntegrityError as error:
        raise RuleViolation(
            "staff_change_open",
            "该人员已有待审核的异动",
            unblock="由编制机构先审核原申请",
            message_en="The person has a change waiting for approval",
            unblock_en="The establishment office answers the former application first",
            field="officer",
        ) from error
    _tell(proposed, verbs.STAFF_CHANGE_PROPOSED, actor, at)
    return proposed


def propose_as(*, actor: Officer, at: datetime, **terms: Any) -> StaffChange:
    """Propose a change by its terms one by one, as pages and REST hand them over."""
    return propose(change=Change(**terms), actor=actor, at=at)


@needs("staff.approve")
@transaction.atomic
def decide(*, change: StaffChange, agree: bool, opinion: str, actor: Officer, at: datetime) -> StaffChange:
    """Approve a change, which then stands with its date, or decline it with reasons."""
    change = StaffChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    rules.require_decidable(change, opinion, actor, localdate(at), agree=agree)
    change.state = StaffChange.State.APPROVED if agree else StaffChange.State.DECLINED
    change.decided_by, change.decided_at, change.opinion = actor, at, opinion.strip()
    change.save()
    if agree:
        EFFECTS[StaffChange.Kind(change.kind)](change, actor, at)
        change.officer.forget_access()
    _tell(change, verbs.STAFF_CHANGE_APPROVED if agree else verbs.STAFF_CHANGE_DECLINED, actor, at)
    return change


def _move(change: StaffChange, actor: Officer, at: datetime) -> None:
    """Write down the move; from its day on the person belongs to the new body."""
    officer = change.officer
    officer.moves_on, officer.moves_to = change.effective_on, change.to_body
    officer.save(update_fields=["moves_on", "moves_to"])


def _leave(change: StaffChange, actor: Officer, at: datetime) -> None:
    """Write down the last day, after which nobody signs in with the account."""
    officer = change.officer
    officer.serves_to = change.effective_on
    officer.save(update_fields=["serves_to"])


def _station(change: StaffChange, actor: Officer, at: datetime) -> None:
    """Lend the person to the township that uses them."""
    assert change.to_body is not None
    assert change.until is not None
    loan = secondments.Loan(
        using=change.to_body,
        kind=Secondment.Kind.STATIONED,
        agreement=change.document,
        valid_from=change.effective_on,
        valid_to=change.until,
        appraisal_share=change.appraisal_share,
    )
    secondments.lend(officer=change.officer, loan=loan, actor=actor, at=at)


EFFECTS: Mapping[StaffChange.Kind, Callable[[StaffChange, Officer, datetime], None]] = {
    StaffChange.Kind.JOIN: _move,
    StaffChange.Kind.MOVE: _move,
    StaffChange.Kind.LEAVE: _leave,
    StaffChange.Kind.STATION: _station,
}


@transaction.atomic
def settle_moves(*, at: datetime) -> int:
    """Write approved moves whose day has come into the register, and end tokens of who has left.

    What they may do already follows from the dates; safe to repeat.
    """
    on = localdate(at)
    moving = Officer.objects.filter(moves_on__lte=on).select_for_update(of=("self",))
    settled = list(moving.select_related("moves_to"))
    for officer in settled:
        target = officer.moves_to
        officer.moves_on = officer.moves_to = None
        officer.save(update_fields=["moves_on", "moves_to"])
        accounts.move_officer(officer=officer, body=target, team=None, actor=None, at=at)
    Token.objects.filter(user__in=Officer.objects.filter(serves_to__lt=on)).delete()
    return len(settled)


def _tell(change: StaffChange, verb: Verb, actor: Officer, at: datetime) -> None:
    facts = {"kind": change.kind, "from_body": change.from_body_id, "to_body": change.to_body_id}
    days = {"on": change.effective_on, "until": change.until, "change": change.pk}
    tell(change.officer, verb, actor=actor, at=at, **facts, **days)
