"""Stop, resume and lengthen clocks: each an event of the case that keeps the former date."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.models import Event
from cases.clocks import derive
from cases.clocks import services as clocks
from cases.clocks.models import Clock, Extension, Suspension
from cases.dossier.duties import require_head
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.services import fire, locked
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from cases.periods import rules
from cases.periods.content import extension_content
from law import suspensions
from law.errors import LawError
from law.time_limits import Due
from townships.models import Officer


@transaction.atomic
def suspend_clock(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    kind: str,
    ground: str,
    started_on: date,
    document: str,
    ended_on: date | None = None,
) -> Suspension:
    """Stop a clock for days that do not count, on a ground its rule grants, with the paper that proves it."""
    on = timezone.localdate(at)
    clock = _clock(case, kind)
    require_head(case, actor, on=on, permission="case.approve_filing")
    rules.require_days(clock, started_on, ended_on, on)
    added = suspensions.Suspension(start=started_on, end=ended_on, ground=ground)
    found = derive.computed(clock, more_breaks=[added])
    rules.require_ground(clock, ground, found)
    made: list[Suspension] = []

    def keep(event: Event) -> None:
        made.append(
            Suspension.objects.create(
                clock=clock,
                ground=ground,
                started_on=started_on,
                ended_on=ended_on,
                document=document,
                approved_by=actor,
                event=event,
            )
        )

    facts = {
        "ground": ground,
        "started_on": _iso(started_on),
        "ended_on": _iso(ended_on),
        "document": document,
    }
    _move(case, clock, Move.SUSPEND_CLOCK, actor, at, found=found, facts=facts, keep=keep)
    return made[0]


@transaction.atomic
def resume_clock(*, case: Case, actor: Officer, at: datetime, kind: str, ended_on: date) -> Suspension:
    """Let a stopped clock run again from that day on."""
    clock = _clock(case, kind)
    held = rules.require_suspended(clock)
    rules.require_end(held, ended_on, timezone.localdate(at))
    ended = suspensions.Suspension(start=held.started_on, end=ended_on, ground=held.ground)
    found = derive.computed(clock, resumed=ended)

    def keep(event: Event) -> None:
        Suspension.objects.filter(pk=held.pk, ended_on=None).update(ended_on=ended_on, ended_by=event)

    facts = {"ground": held.ground, "started_on": _iso(held.started_on), "ended_on": _iso(ended_on)}
    _move(case, clock, Move.RESUME_CLOCK, actor, at, found=found, facts=facts, keep=keep)
    held.refresh_from_db()
    return held


@transaction.atomic
def extend_clock(
    *, case: Case, actor: Officer, at: datetime, kind: str, length: int, reason: str, minutes: str = ""
) -> Extension:
    """Lengthen a clock by the next step of its ladder: first the head, then the heads together."""
    on = timezone.localdate(at)
    clock = _clock(case, kind)
    require_head(case, actor, on=on, permission="case.approve_filing")
    granted = rules.require_grantable(clock, length, minutes, on)
    try:
        found = derive.computed(clock, more_extensions=[granted])
    except LawError as error:
        raise rules.beyond(error) from error
    made: list[Extension] = []

    def keep(event: Event) -> None:
        made.append(
            Extension.objects.create(
                clock=clock,
                rung=len(clock.extensions.all()) + 1,
                length=length,
                approver=granted.approver,
                approved_on=on,
                approved_by=actor,
                reason=reason,
                minutes=minutes,
                event=event,
            )
        )

    facts = {"length": length, "approver": granted.approver, "reason": reason, "minutes": minutes}
    _move(case, clock, Move.EXTEND_CLOCK, actor, at, found=found, facts=facts, keep=keep)
    issue(
        case=case,
        kind=Kind.MATTER,
        actor=actor,
        at=at,
        responsible=actor.name,
        content=extension_content(made[0], clock, found),
    )
    return made[0]


def _clock(case: Case, kind: str) -> Clock:
    """Lock the case, then read the clock: what is computed here is what will be stored."""
    locked(case)
    return rules.running_clock(case, kind)


def _move(
    case: Case,
    clock: Clock,
    move: Move,
    actor: Officer,
    at: datetime,
    *,
    found: Due,
    facts: dict[str, Any],
    keep: Callable[[Event], None],
) -> None:
    """Fire the move with former and new date, keep its record, and derive the clock from the records."""

    def adjust(event: Event) -> None:
        keep(event)
        clocks.recompute(rules.running_clock(case, clock.kind), event=event)

    payload = {
        "clock": clock.clock_id,
        "kind": clock.kind,
        "before": _iso(clock.due_on),
        "after": _iso(found.due_on),
        **facts,
    }
    fire(case, move, actor=actor, at=at, payload=payload, adjust=adjust)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
