"""What becomes of a hand-over: taken over with officers named, objected to with reasons, or designated."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.dossier.duties import require_not_judge, require_two
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reasons import require_reason
from cases.flow.services import fire, locked
from cases.routing import rules
from cases.routing.models import HandOver, HandOverAnswer
from cases.routing.services import assign
from law.errors import RuleViolation
from townships.models import Officer

Answer = HandOverAnswer.Kind


@transaction.atomic
def receive(
    *, case: Case, actor: Officer, at: datetime, lead_officer: Officer, second_officer: Officer
) -> None:
    """Take over a case with its file and name the two certified officers who go on with it."""
    handed = _waiting(case, refused=False)
    require_two(case, [lead_officer, second_officer], on=timezone.localdate(at))
    require_not_judge(case, [lead_officer, second_officer])
    case.lead_officer, case.second_officer = lead_officer, second_officer
    fire(case, Move.RECEIVE, actor=actor, at=at, payload={"officers": [lead_officer.pk, second_officer.pk]})
    assign(case, [lead_officer, second_officer], at=at)
    _answer(handed, Answer.ACCEPTED, "", actor, at)


@transaction.atomic
def refuse_hand_over(*, case: Case, actor: Officer, at: datetime, reason: str) -> None:
    """Object to a hand-over with reasons; the case stays, and whoever may designate is asked.

    行政处罚法第二十五条第二款。
    """
    require_reason(reason)
    handed = _waiting(case, refused=False)
    fire(case, Move.REFUSE_HAND_OVER, actor=actor, at=at, payload={"reason": reason})
    _answer(handed, Answer.REFUSED, reason, actor, at)


@transaction.atomic
def designate(*, case: Case, actor: Officer, at: datetime, reason: str) -> None:
    """Decide after an objection that the receiving body handles the case (行政处罚法第二十五条第二款)."""
    require_reason(reason)
    handed = _waiting(case, refused=True)
    fire(case, Move.DESIGNATE, actor=actor, at=at, payload={"reason": reason, "body": case.handler_id})
    _answer(handed, Answer.DESIGNATED, reason, actor, at)


def _waiting(case: Case, *, refused: bool) -> HandOver:
    """Return the locked case's open hand-over, objected to or not as the act needs it."""
    handed = rules.pending(locked(case))
    if handed is None or rules.objected(handed) != refused:
        raise RuleViolation(
            "no_hand_over_waiting",
            "本案没有待指定的移交异议。" if refused else "本案没有待接收的移交。",
            "行政处罚法第二十五条",
            "刷新案件页，按现在的状态办理。",
            message_en="No objection to a hand-over of this case awaits its answer."
            if refused
            else "No hand-over of this case awaits its receipt.",
            unblock_en="Reload the case and go by its present state.",
        )
    return handed


def _answer(handed: HandOver, kind: Answer, reason: str, actor: Officer, at: datetime) -> None:
    HandOverAnswer.objects.create(
        hand_over=handed, kind=kind, reason=reason, answered_by=actor, answered_at=at
    )
