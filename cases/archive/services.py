"""Close the case, bind its file, archive it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.archive import rules, shelving, volumes
from cases.archive.content import closing_content
from cases.archive.models import Closure, Volume
from cases.dossier.duties import require_head, require_not_investigator
from cases.dossier.models import Assignment, Case
from cases.dossier.moves import Move
from cases.dossier.reasons import require_reason
from cases.execution.settling import unsettle
from cases.flow.services import fire, require_move
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from law.duties import OTHER_HEAD, require_second_person
from law.errors import enforce
from townships.models import Officer


@transaction.atomic
def propose_closing(
    *, case: Case, actor: Officer, at: datetime, ground: str, summary: str, uncorrected: str = ""
) -> Closure:
    """Ask the head to close a case in which nothing is owed any more.

    uncorrected: why nobody looked whether an order to correct was obeyed (行政处罚法第二十八条第一款).
    """
    require_move(case, Move.PROPOSE_CLOSING, actor=actor, at=at)
    enforce(rules.closing_obstacles(case, timezone.localdate(at)))
    rules.require_ground(case, ground)
    rules.require_explained(case, uncorrected)
    fire(case, Move.PROPOSE_CLOSING, actor=actor, at=at, payload={"ground": ground})
    return Closure.objects.create(
        case=case,
        ground=ground,
        summary=summary,
        uncorrected=uncorrected,
        proposed_by=actor,
        proposed_at=at,
    )


@transaction.atomic
def approve_closing(*, case: Case, actor: Officer, at: datetime, opinion: str) -> Closure:
    """Close the case; the closing form goes into the file."""
    on = timezone.localdate(at)
    require_move(case, Move.APPROVE_CLOSING, actor=actor, at=at)
    require_head(case, actor, on=on, permission="case.approve_closing")
    require_not_investigator(case, actor, "separate_functions")
    enforce(rules.approval_obstacles(case, on))
    case.closed_on = on
    fire(case, Move.APPROVE_CLOSING, actor=actor, at=at)
    Assignment.objects.filter(case=case, ended_on=None).update(ended_on=on)
    closure = _answer(case, actor, at, "approved", opinion)
    issue(
        case=case,
        kind=Kind.CLOSING,
        actor=actor,
        at=at,
        content=closing_content(case, closure, opinion=opinion, head=actor.name, on=on),
    )
    return closure


@transaction.atomic
def return_closing(*, case: Case, actor: Officer, at: datetime, reason: str) -> None:
    """Send the closing back with reasons; what proves to be open by then is executed again."""
    require_reason(reason)
    require_head(case, actor, on=timezone.localdate(at), permission="case.approve_closing")
    fire(case, Move.RETURN_CLOSING, actor=actor, at=at, payload={"reason": reason})
    _answer(case, actor, at, "returned", reason)
    unsettle(case, actor=None, at=at)


def _answer(case: Case, actor: Officer, at: datetime, answer: str, opinion: str) -> Closure:
    closure = (
        Closure.objects.select_for_update(of=("self",))
        .select_related("proposed_by")
        .get(case=case, answered_at=None)
    )
    require_second_person(closure.proposed_by_id, actor.pk, **OTHER_HEAD)
    closure.answer, closure.answer_opinion = answer, opinion
    closure.answered_at, closure.answered_by = at, actor
    closure.save()
    return closure


@transaction.atomic
def archive(*, case: Case, actor: Officer, at: datetime, note: str = "", number: str = "") -> Volume:
    """Bind the whole file and put it away under its number (行政处罚法第四十七条).

    number: what the archive office gave; empty takes the next one by the county's pattern.
    """
    on = timezone.localdate(at)
    require_move(case, Move.ARCHIVE, actor=actor, at=at)
    enforce(rules.binding_obstacles(case, on))
    shelf = shelving.shelve(case, number=number.strip(), on=on)
    case.archived_on = on
    facts = {"note": note, "number": shelf.number, "by_hand": shelf.by_hand}
    fire(case, Move.ARCHIVE, actor=actor, at=at, payload=facts)
    return volumes.bind_file(case=case, actor=actor, at=at, note=note)
