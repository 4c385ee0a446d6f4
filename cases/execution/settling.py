"""Record that a part of the penalty was carried out; with the last part the penalty is settled."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from audit.models import Event
from cases.clocks import services as clocks
from cases.clocks.services import FINE
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reasons import require_reason
from cases.dossier.stages import Stage
from cases.execution.content import performance_voided
from cases.execution.incoming import keep_behind_decision
from cases.execution.instalments import follow
from cases.execution.parts import outstanding, performable
from cases.execution.performances import Performance
from cases.execution.rules import owed, payable_since, surcharged
from cases.flow.services import fire, require_move
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from catalog.models import PenaltyKind
from law.errors import Misfit
from papers import files
from townships.models import Officer

_unfit = Misfit(
    code="performance_unproved",
    article="行政处罚法第六十六条第一款、第七十四条第二款",
    unblock="按证明材料载明的内容填写。",
    unblock_en="Enter it as the proof states it.",
)


def settle(case: Case, *, actor: Officer | None, at: datetime) -> None:
    """Settle the penalty once every part of it is carried out (行政处罚法第六十六条第一款)."""
    if case.stage == Stage.SERVED and not outstanding(case):
        fire(case, Move.SETTLE, actor=actor, at=at)


def unsettle(case: Case, *, actor: Officer | None, at: datetime) -> None:
    """Execute the penalty again when a part of it proves to be open (行政处罚法第六十六条第一款).

    The time to pay what is owed again runs on from where it always counted.
    """
    left = outstanding(case)
    if case.stage != Stage.EXECUTED or not left:
        return
    rest = owed(case)
    facts = {"open": [part.kind for part in left], "owed": str(rest)}

    def run_on(event: Event) -> None:
        if rest > 0:
            clocks.revive(case, FINE, event=event)
            follow(case, rest=rest - surcharged(case), event=event)

    fire(case, Move.EXECUTE_AGAIN, actor=actor, at=at, payload=facts, adjust=run_on)


@transaction.atomic
def record_performance(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    kind: str,
    manner: str,
    place: str,
    done_on: date,
    upload: UploadedFile[bytes],
    receipt_number: str = "",
) -> Performance:
    """Record with its paper how one part was carried out; the paper goes behind the decision in the file.

    行政处罚法第六十六条第一款、第七十四条第二款。
    """
    require_move(case, Move.RECORD_PERFORMANCE, actor=actor, at=at)
    _require_performable(case, kind, manner, done_on, receipt_number, on=timezone.localdate(at))
    stored = files.store(upload=upload, actor=actor, at=at)
    fire(
        case,
        Move.RECORD_PERFORMANCE,
        actor=actor,
        at=at,
        payload={"kind": kind, "done_on": done_on.isoformat(), "sha256": stored.sha256},
    )
    proof = keep_behind_decision(case, stored, f"执行证明：{manner}"[:200], actor=actor, at=at)
    done = Performance.objects.create(
        case=case,
        kind=kind,
        manner=manner,
        place=place,
        done_on=done_on,
        receipt_number=receipt_number,
        proof=proof,
        recorded_by=actor,
        recorded_at=at,
    )
    settle(case, actor=actor, at=at)
    return done


@transaction.atomic
def void_performance(
    *, case: Case, actor: Officer, at: datetime, performance: Performance, reason: str
) -> Performance:
    """Void a record entered by mistake, with its reason; what it had settled is executed again.

    The record and its paper stay in the file. A closed case is not opened by this.
    行政处罚法第四十七条、第六十六条第一款。
    """
    require_move(case, Move.VOID_PERFORMANCE, actor=actor, at=at)
    # Read before the lock, it may have been voided since.
    performance.refresh_from_db()
    require_reason(reason)
    if performance.case_id != case.pk or performance.is_void:
        raise _unfit(
            "performance",
            "该执行登记不属于本案或已经作废。",
            "This record is not of this case, or has been voided.",
        )
    facts = {"kind": performance.kind, "done_on": performance.done_on.isoformat(), "reason": reason}
    fire(case, Move.VOID_PERFORMANCE, actor=actor, at=at, payload=facts)
    performance.voided_at, performance.voided_by, performance.void_reason = at, actor, reason
    performance.save(update_fields=["voided_at", "voided_by", "void_reason"])
    unsettle(case, actor=actor, at=at)
    issue(case=case, kind=Kind.MATTER, actor=actor, at=at, content=performance_voided(performance))
    return performance


def _require_performable(
    case: Case, kind: str, manner: str, done_on: date, receipt_number: str, *, on: date
) -> None:
    """Refuse what was not decided or is proved already, a day outside service and today, gains kept back."""
    if kind not in performable(case):
        raise _unfit(
            "kind",
            "决定中没有这一项，或者已有执行记录。",
            "The decision has no such part, or its performance is on record already.",
        )
    if not manner.strip():
        raise _unfit("manner", "须写明执行情况。", "State how it was carried out.")
    since = payable_since(case)
    if done_on > on or (since and done_on < since):
        raise _unfit(
            "done_on",
            "执行完毕日期须在决定书送达之后、今天之前。",
            "It was carried out between the service of the decision and today.",
        )
    if kind == PenaltyKind.CONFISCATE_GAINS and not receipt_number.strip():
        raise _unfit(
            "receipt_number",
            "没收的违法所得须上缴国库并登记凭证。",
            "Gains confiscated are paid to the treasury, and its receipt is entered.",
        )
