"""Absences: set from one day to another, brought to an end early; what was open follows by the outbox."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from desk.rights import no_permission
from law.errors import RuleViolation
from townships import verbs
from townships.models import Absence, Officer
from townships.selectors.rosters import may_set_absence
from townships.services.telling import tell
from townships.services.terms import lock_term


@transaction.atomic
def set_absence(
    *,
    officer: Officer,
    kind: str,
    valid_from: date,
    valid_to: date,
    actor: Officer,
    at: datetime,
    hands_on_cases: bool = True,
    note: str = "",
) -> Absence:
    """Enter that an officer is away; whoever stands in is found from the rosters of each day."""
    _require_concerned(actor, officer, localdate(at))
    _require_days(valid_from, valid_to, localdate(at))
    absence = Absence(
        officer=officer,
        kind=kind,
        note=note,
        hands_on_cases=hands_on_cases,
        valid_from=valid_from,
        valid_to=valid_to,
        set_by=actor,
        set_at=at,
    )
    try:
        with transaction.atomic():
            absence.save()
    except IntegrityError as error:
        raise RuleViolation(
            "absence_overlaps",
            f"{officer.name}在这段时间已登记缺勤",
            unblock="核对已登记的缺勤；提前返岗的先登记返岗",
            message_en="An absence of this officer is entered for these days already",
            unblock_en="Check the absences entered; enter an early return first",
            field="valid_from",
        ) from error
    facts = {"absence": absence.pk, "kind": kind, "cases": hands_on_cases}
    days = {"from": valid_from, "to": valid_to}
    tell(officer, verbs.ABSENCE_SET, actor=actor, at=at, **facts, **days)
    return absence


@transaction.atomic
def end_absence(*, absence: Absence, last_day: date, actor: Officer, at: datetime) -> None:
    """Enter that an officer is back early; what was handed on stays with whoever stood in.

    An absence that never began is taken back whole.
    """
    _require_concerned(actor, absence.officer, localdate(at))
    lock_term(absence)
    if last_day >= absence.valid_to or last_day < localdate(at) - timedelta(days=1):
        raise RuleViolation(
            "absence_end_outside",
            "最后缺勤日应早于原定日期，且不早于昨日",
            unblock="今日已返岗的，最后缺勤日填昨日",
            message_en="The last day of absence lies before the one entered, and not before yesterday",
            unblock_en="Whoever is back today was absent until yesterday",
            field="last_day",
        )
    facts = {"absence": absence.pk, "from": absence.valid_from, "to": last_day}
    if last_day < absence.valid_from:
        absence.delete()
    else:
        absence.valid_to = last_day
        absence.save(update_fields=["valid_to"])
    tell(absence.officer, verbs.ABSENCE_ENDED, actor=actor, at=at, **facts)


def _require_concerned(actor: Officer, officer: Officer, on: date) -> None:
    """Let the person, who leads the body and the legal department enter an absence, nobody else."""
    if not may_set_absence(actor, officer, on):
        raise no_permission(actor.name, f"登记{officer.name}缺勤", f"enter an absence of {officer.name}")


def _require_days(first: date, last: date, today: date) -> None:
    if last < first or last < today:
        raise RuleViolation(
            "absence_days",
            "缺勤日期前后颠倒，或者已经过去",
            unblock="缺勤从今日或以后起算的，按实际日期填写；已过去的无须登记",
            message_en="The days are out of order or already past",
            unblock_en="An absence begins today or later; one that has passed need not be entered",
            field="valid_to",
        )
