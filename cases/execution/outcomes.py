"""Put on record what reconsideration or suit made of the decision; what was revoked is executed no more."""

from datetime import date, datetime, time
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cases.decision.outcomes import Outcome, is_revoked
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reasons import require_reason
from cases.dossier.stages import Stage
from cases.execution.settling import settle, unsettle
from cases.flow.services import fire, require_move
from law.errors import Misfit
from papers import files
from townships.models import Officer

# After a review the party may still sue, within a time of its own (行政诉讼法第四十五条).
AFTER_REVIEW = "sue_after_review"


_unfit = Misfit(
    code="outcome_unfit",
    article="行政处罚法第四十七条、行政复议法第六十四条、行政诉讼法第七十一条",
    unblock="照复议决定书、判决书或者裁定书载明的填写。",
    unblock_en="Enter it as the document tells.",
)


@transaction.atomic
def record_outcome(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    channel: str,
    result: str,
    body: str,
    number: str,
    decided_on: date,
    effective_on: date,
    grounds: str,
    upload: UploadedFile[bytes],
    fine: Decimal | None = None,
) -> Outcome:
    """Record the document of a reviewing organ or a court as it stands; it goes into the case file.

    A revoked decision is executed no more, a changed one as it was changed. A closed case stays closed.
    行政复议法第六十四条、行政诉讼法第七十一条、行政强制法第四十条。
    """
    require_move(case, Move.RECORD_OUTCOME, actor=actor, at=at)
    _require_effective(case, decided_on, effective_on, on=timezone.localdate(at))
    if fine is not None and result != Outcome.Result.CHANGED:
        raise _unfit("fine", "只有变更处罚的，才填写变更后的罚款。", "Only a change leaves another fine.")
    if Outcome.objects.filter(case=case, number=number, voided_at=None).exists():
        raise _unfit("number", f"{number}已登记过。", f"{number} is on record already.")
    stored = files.store(upload=upload, actor=actor, at=at)
    facts = {"channel": channel, "result": result, "effective_on": effective_on.isoformat()}
    goes_on = case.is_open and channel == Outcome.Channel.REVIEW
    fire(
        case,
        Move.RECORD_OUTCOME,
        actor=actor,
        at=at,
        payload={**facts, "number": number, "sha256": stored.sha256},
        also_start=(AFTER_REVIEW,) if goes_on else (),
        clock_from=datetime.combine(effective_on, time(), timezone.get_default_timezone()),
    )
    outcome = Outcome.objects.create(
        case=case,
        channel=channel,
        result=result,
        body=body,
        number=number,
        decided_on=decided_on,
        effective_on=effective_on,
        grounds=grounds,
        fine=fine,
        file=stored,
        recorded_by=actor,
        recorded_at=at,
    )
    _carry_out(case, actor=actor, at=at)
    return outcome


@transaction.atomic
def void_outcome(*, case: Case, actor: Officer, at: datetime, outcome: Outcome, reason: str) -> Outcome:
    """Void an outcome entered by mistake, with its reason; what it had ended is executed again.

    The entry and its document stay in the file. 行政处罚法第四十七条。
    """
    require_move(case, Move.VOID_OUTCOME, actor=actor, at=at)
    # Read before the lock, it may have been voided since.
    outcome.refresh_from_db()
    require_reason(reason)
    if outcome.case_id != case.pk or outcome.is_void:
        raise _unfit("outcome", "该登记不属于本案或已经作废。", "It is of another case, or void already.")
    fire(case, Move.VOID_OUTCOME, actor=actor, at=at, payload={"number": outcome.number, "reason": reason})
    outcome.voided_at, outcome.voided_by, outcome.void_reason = at, actor, reason
    outcome.save(update_fields=["voided_at", "voided_by", "void_reason"])
    unsettle(case, actor=None, at=at)
    return outcome


def _carry_out(case: Case, *, actor: Officer, at: datetime) -> None:
    """End the execution of what was revoked; settle or reopen what a change leaves carried out or open.

    It follows by itself: whoever records the outcome need not be one of those who collect.
    """
    if case.stage == Stage.SERVED and is_revoked(case):
        fire(case, Move.END_EXECUTION, actor=actor, at=at)
    settle(case, actor=None, at=at)
    unsettle(case, actor=None, at=at)


def _require_effective(case: Case, decided_on: date, effective_on: date, *, on: date) -> None:
    """Refuse a document from before the decision, and one that has not taken effect."""
    if case.decided_on is not None and decided_on < case.decided_on:
        raise _unfit("decided_on", "作出日期早于本案处罚决定。", "It is from before the decision.")
    if not decided_on <= effective_on <= on:
        raise _unfit(
            "effective_on",
            "只登记已经生效的结果：生效日期不早于作出日期，也不晚于今天。",
            "Only what has taken effect is recorded: between the day it was made and today.",
        )
