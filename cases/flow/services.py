"""fire(): the one place where a case moves."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit import statements
from audit.models import Event
from audit.services import record
from cases.clocks import services as clocks
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import FINISHED, TABLE, Row, Stage
from cases.flow.stage_gates import out_of_stage
from desk.language import in_english
from desk.rights import no_permission
from law.errors import RuleViolation
from townships.models import Officer

LIVE = ("stage", "is_open", "next_due_on", "next_clock")
_held: ContextVar[Case | None] = ContextVar("cases.held", default=None)


@contextmanager
def holding(case: Case) -> Iterator[None]:
    """Take this copy, read under the lock in this transaction, for the locked case until the block ends."""
    token = _held.set(case)
    try:
        yield
    finally:
        _held.reset(token)


def locked(case: Case) -> Case:
    """Lock the case row for the rest of the transaction; refuse a copy that was read before another move.

    A move saves the whole row, so a stale copy would undo what was done in between.
    """
    if _held.get() is case:
        return case
    row = Case.objects.select_for_update().values("version", *LIVE).get(pk=case.pk)
    check_version(case, case.version, now=row["version"])
    for name in LIVE:
        setattr(case, name, row[name])
    return case


def require_move(case: Case, move: Move, *, actor: Officer | None, at: datetime) -> None:
    """Lock the case and refuse a move its stage does not allow, before anything the move needs is read."""
    _check(locked(case), TABLE[move], actor, at)


@transaction.atomic(savepoint=False)
def fire(
    case: Case,
    move: Move,
    *,
    actor: Officer | None,
    at: datetime,
    payload: dict[str, Any] | None = None,
    also_start: Iterable[str] = (),
    also_stop: Iterable[str] = (),
    clock_from: datetime | None = None,
    adjust: Callable[[Event], object] | None = None,
) -> Event:
    """Move the case as the table allows: lock, check, change, run the clocks, record, save the whole row.

    at: when the act happened.
    also_start, also_stop: kinds of clock that run or end only in this case (a hearing request, a waiver).
    clock_from: the instant the law counts from, where it is not `at`.
    adjust: what else the event does to the case's clocks (a suspension, an extension, a corrected service).
    actor None: the system (transfer job only).
    """
    row = TABLE[move]
    locked(case)
    _check(case, row, actor, at)
    before = case.stage
    if row.target is not None:
        case.stage = row.target
        case.is_open = row.target not in FINISHED
    case.version += 1
    event = record(
        row.verb,
        chain=case.chain,
        target=case,
        actor=actor,
        at=at,
        payload={**(payload or {}), "move": move.value, "from": before, "to": case.stage},
    )
    clocks.turn(
        case,
        stops=[*row.stops, *also_stop] if case.is_open else None,
        starts=[*row.starts, *also_start],
        event=event,
        at=at,
        since=clock_from or at,
    )
    if adjust is not None:
        adjust(event)
        clocks.refresh_next(case)
    statements.update(case)
    return event


def _check(case: Case, row: Row, actor: Officer | None, at: datetime) -> None:
    if case.stage not in row.sources:
        raise out_of_stage(row, Stage(case.stage))
    if actor is not None and row.permission not in actor.permissions(timezone.localdate(at)):
        doing, doing_en = row.move.label, in_english(row.move.label)
        raise no_permission(actor.name, f"“{doing}”", f"'{doing_en}'", row.article)


def check_version(case: Case, expected: int | None, *, now: int | None = None) -> None:
    """Tell the second of two editors that the locked case changed since the page was opened."""
    if expected is not None and (case.version if now is None else now) != expected:
        raise RuleViolation(
            "changed_meanwhile",
            "你打开页面以后，本案又有新的办理（他人办理，或者你在另一窗口办理），未保存你的操作。",
            "",
            "你填写的内容仍在；核对过程记录后再提交一次即可。",
            message_en="The case moved since you opened the page (by others or elsewhere by you); not saved.",
            unblock_en="What you typed is still here; read the trail, then submit once more.",
            field="version",
        )
