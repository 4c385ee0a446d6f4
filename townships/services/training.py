"""The training ledger: sessions held, who attended, and who is told that hours are missing."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from desk.notices import Message, notify_all
from desk.rights import needs
from law.errors import RuleViolation
from townships import verbs
from townships.models import Body, Officer, TrainingAttendance, TrainingSession
from townships.selectors.training import behind, quarter_ended
from townships.services.telling import tell

BEHIND = gettext_lazy("今年培训%(hours)s/%(asked)s学时、%(times)s/%(least)s次，尚未达到要求")


@needs("authority.edit")
@transaction.atomic
def record_training(
    *,
    title: str,
    held_on: date,
    hours: Decimal,
    organiser: Body,
    attended: Iterable[Officer],
    venue: str = "",
    actor: Officer,
    at: datetime,
) -> TrainingSession:
    """Record a training that was held and who attended it whole."""
    if held_on > localdate(at):
        raise RuleViolation(
            "training_ahead",
            "培训日期晚于今日",
            unblock="培训结束后再登记",
            message_en="The day of the training lies after today",
            unblock_en="Enter it after the training",
            field="held_on",
        )
    session = TrainingSession(title=title, held_on=held_on, hours=hours, organiser=organiser, venue=venue)
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        raise RuleViolation(
            "training_recorded",
            "这次培训已登记",
            unblock="在已登记的培训上补登人员",
            message_en="This training is already entered",
            unblock_en="Add the people to the training entered",
            field="title",
        ) from error
    for officer in attended:
        attend(session=session, officer=officer, hours=hours, actor=actor, at=at)
    return session


@needs("authority.edit")
@transaction.atomic
def attend(
    *, session: TrainingSession, officer: Officer, hours: Decimal, actor: Officer, at: datetime
) -> TrainingAttendance:
    """Record one person's hours of a training."""
    if not 0 < hours <= session.hours:
        raise RuleViolation(
            "hours_beyond_training",
            f"学时须大于零且不超过培训的{session.hours}学时",
            unblock="核对学时",
            message_en=f"The hours are above zero and at most the {session.hours} of the training",
            unblock_en="Check the hours",
            field="hours",
        )
    row, fresh = TrainingAttendance.objects.get_or_create(
        session=session, officer=officer, defaults={"hours": hours}
    )
    if not fresh:
        raise RuleViolation(
            "attended_already",
            "该人员已登记参训",
            unblock="核对参训名单",
            message_en="The person's attendance is already entered",
            unblock_en="Check the list of those who attended",
            field="officer",
        )
    facts = {"session": session.pk, "on": session.held_on, "hours": str(hours)}
    tell(officer, verbs.TRAINING_ATTENDED, actor=actor, at=at, **facts)
    return row


def warn_at_quarter_end(*, at: datetime) -> int:
    """Tell each person once a quarter what training the year still asks; returns how many are behind."""
    quarter = quarter_ended(localdate(at))
    found = behind(quarter.last_day)
    messages = [
        Message(
            recipients=[row.officer.pk],
            kind="training_behind",
            title=BEHIND,
            body="",
            link=reverse("training"),
            key=f"training:{quarter.name}",
            params={
                "hours": str(row.hours),
                "asked": str(row.hours_asked),
                "times": str(row.times),
                "least": str(row.times_asked),
            },
        )
        for row in found
    ]
    notify_all(messages, at=at)
    return len(found)
