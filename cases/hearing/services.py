"""Take the request for a hearing, notify it, end it with its record and report."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from cases.dossier import authority
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.services import fire, require_move
from cases.hearing import rules
from cases.hearing.content import notice_reference, record_content, report_content, request_content
from cases.hearing.models import Hearing
from cases.instruments.kinds import Kind
from cases.instruments.services import issue, replace
from townships.models import Officer

REPORTED = ("agents", "defence", "issues", "findings", "advice", "report")


@transaction.atomic
def request_hearing(*, case: Case, actor: Officer, at: datetime, made_at: datetime, content: str) -> Hearing:
    """Take the party's request for a hearing, made in time (行政处罚法第六十三条、第六十四条第（一）项)."""
    require_move(case, Move.REQUEST_HEARING, actor=actor, at=at)
    notice = rules.current_notice(case)
    assert notice is not None
    rules.require_made_in_time(notice, made_at, at=at)
    rules.require_in_window(case, made_at)
    fire(case, Move.REQUEST_HEARING, actor=actor, at=at, also_stop=("hearing_request",))
    issue(
        case=case,
        kind=Kind.HEARING_REQUEST,
        actor=actor,
        at=at,
        content=request_content(case, notice, made_at=made_at, text=content, registrar=actor.name, at=at),
    )
    return Hearing.objects.create(notice=notice, requested_at=made_at, request=content)


@transaction.atomic
def schedule_hearing(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    scheduled_at: datetime,
    place: str,
    chair: Officer,
    recorder: str,
    is_public: bool = True,
    fee: Decimal | None = None,
) -> Hearing:
    """Notify time and place seven working days ahead and appoint a chair who did not handle the case."""
    require_move(case, Move.SCHEDULE_HEARING, actor=actor, at=at)
    rules.require_free(fee)
    rules.require_timely_hearing(timezone.localdate(at), scheduled_at)
    rules.require_chair(case, chair, on=timezone.localdate(at))
    rules.require_recorder(case, recorder)
    finding = authority.require(case, on=timezone.localdate(at))
    hearing = Hearing.objects.select_for_update().get(notice__case=case, concluded_at=None)
    fire(
        case,
        Move.SCHEDULE_HEARING,
        actor=actor,
        at=at,
        payload={"scheduled_at": scheduled_at.isoformat(), "chair": chair.pk},
    )
    if hearing.instrument is not None:
        replace(hearing.instrument)
    hearing.instrument = issue(
        case=case,
        kind=Kind.HEARING_NOTICE,
        actor=actor,
        at=at,
        authority=finding,
        content={
            "notice": notice_reference(hearing.notice),
            "requested_on": timezone.localdate(hearing.requested_at).isoformat(),
            "scheduled_at": scheduled_at.isoformat(),
            "hearing_place": place,
            "chair": chair.name,
            "recorder": recorder,
            "is_public": is_public,
        },
    )
    hearing.notified_at, hearing.scheduled_at = at, scheduled_at
    hearing.place, hearing.chair, hearing.recorder, hearing.is_public = place, chair, recorder, is_public
    hearing.save()
    return hearing


@transaction.atomic
def conclude_hearing(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    outcome: str,
    record: str = "",
    signature: str = "",
    ended_at: datetime | None = None,
    **said: str,
) -> Hearing:
    """Record how the hearing ended; one that was held needs its signed record and the chair's report.

    said: `agents` of the party and, for the report, its `defence`, the `issues`, the `findings`, the `advice`
    and its `report` of reasons.
    行政处罚法第六十四条第（五）项、第（八）项、第六十五条。
    """
    require_move(case, Move.CONCLUDE_HEARING, actor=actor, at=at)
    hearing = Hearing.objects.select_for_update().get(notice__case=case, concluded_at=None)
    rules.require_chair(case, actor, on=timezone.localdate(at))
    rules.require_appointed(hearing, actor)
    rules.require_lawful_end(hearing, outcome, record=record, signature=signature, at=at)
    rules.require_report(hearing, outcome, ended_at=ended_at, at=at, said=said)
    fire(case, Move.CONCLUDE_HEARING, actor=actor, at=at, payload={"outcome": outcome})
    hearing.outcome, hearing.record, hearing.signature = outcome, record, signature
    hearing.ended_at, hearing.concluded_at = ended_at, at
    for name in REPORTED:
        setattr(hearing, name, said.get(name, ""))
    hearing.save()
    issue(
        case=case,
        kind=Kind.HEARING_RECORD,
        actor=actor,
        at=at,
        content=record_content(hearing),
        responsible="、".join(filter(None, (actor.name, hearing.recorder))),
    )
    if outcome == Hearing.Outcome.HELD:
        content = report_content(case, hearing)
        issue(
            case=case, kind=Kind.HEARING_REPORT, actor=actor, at=at, content=content, responsible=actor.name
        )
    return hearing
