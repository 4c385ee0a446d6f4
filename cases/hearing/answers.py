"""Hear the party: record its statement or its waiver, and review what it stated."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cases.clocks.selectors import running
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.services import fire
from cases.hearing import rules
from cases.hearing.content import defence_content, defence_review_content
from cases.hearing.models import Statement
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from law.errors import RuleViolation
from papers import files
from townships.models import Officer

WAIVABLE = ("defence", "hearing_request")


@transaction.atomic
def record_statement(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    made_at: datetime,
    content: str,
    upload: UploadedFile[bytes] | None = None,
) -> Statement:
    """Record what the party states in its defence; it is never left out for being late.

    行政处罚法第四十五条。
    """
    fire(case, Move.RECORD_STATEMENT, actor=actor, at=at)
    statement = _answer(case, actor, at, Statement.Kind.STATEMENT, made_at, content, upload)
    issue(
        case=case,
        kind=Kind.STATEMENT,
        actor=actor,
        at=at,
        content=defence_content(case, statement, recorder=actor.name),
    )
    return statement


@transaction.atomic
def record_waiver(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    made_at: datetime,
    content: str,
    upload: UploadedFile[bytes],
    rights: Sequence[str] = WAIVABLE,
) -> Statement:
    """Record a written waiver; it ends at once the windows of the rights it names (行政处罚法第六十二条)."""
    kinds = [kind for kind in WAIVABLE if kind in rights and running(case, kind)]
    fire(case, Move.RECORD_WAIVER, actor=actor, at=at, also_stop=kinds, payload={"content": content})
    waived = [kind for kind in WAIVABLE if kind in rights]
    return _answer(case, actor, at, Statement.Kind.WAIVER, made_at, content, upload, rights=waived)


def _answer(
    case: Case,
    actor: Officer,
    at: datetime,
    kind: str,
    made_at: datetime,
    content: str,
    upload: UploadedFile[bytes] | None,
    rights: Sequence[str] = (),
) -> Statement:
    notice = rules.current_notice(case)
    assert notice is not None
    rules.require_made_in_time(notice, made_at, at=at)
    stored = files.store(upload=upload, actor=actor, at=at) if upload else None
    return Statement.objects.create(
        notice=notice, kind=kind, made_at=made_at, content=content, file=stored, rights=list(rights)
    )


@transaction.atomic
def review_statement(*, case: Case, actor: Officer, at: datetime, accepted: str, review_reasons: str) -> None:
    """Review every open answer: accepted or not, with reasons (行政处罚法第四十五条第一款)."""
    open_answers = Statement.objects.select_for_update(of=("self",)).filter(
        notice__case=case, kind=Statement.Kind.STATEMENT, reviewed_at=None
    )
    answers = list(open_answers.select_related("notice__instrument"))
    if not answers:
        raise RuleViolation(
            "nothing_to_review",
            "没有待复核的陈述申辩。",
            "行政处罚法第四十五条",
            "先登记当事人的陈述申辩。",
            message_en="No statement of the party awaits its review.",
            unblock_en="Enter the party's statement first.",
        )
    fire(case, Move.REVIEW_STATEMENT, actor=actor, at=at, payload={"accepted": accepted})
    open_answers.update(accepted=accepted, review_reasons=review_reasons, reviewed_at=at, reviewed_by=actor)
    issue(
        case=case,
        kind=Kind.STATEMENT_REVIEW,
        actor=actor,
        at=at,
        content=defence_review_content(
            case,
            answers,
            accepted=accepted,
            reasons=review_reasons,
            reviewer=actor.name,
            on=timezone.localdate(at),
        ),
    )
