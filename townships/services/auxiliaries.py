"""Auxiliary staff: put on the register, taken off it; they assist and never act."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from desk.rights import needs
from law import gates
from law.errors import RuleViolation
from townships import verbs
from townships.models import AuxiliaryPost, Body, Officer
from townships.services.telling import tell
from townships.services.terms import end_term


@needs("authority.edit")
@transaction.atomic
def engage(
    *,
    officer: Officer,
    body: Body,
    duty: str,
    contract: str,
    led_by: Officer,
    valid_from: date,
    valid_to: date | None = None,
    actor: Officer | None,
    at: datetime,
) -> AuxiliaryPost:
    """Register an auxiliary's post, led by an officer of the body (行政处罚法第四十二条)."""
    if not officer.is_auxiliary:
        raise RuleViolation(
            "not_auxiliary",
            "该人员未登记为辅助人员",
            unblock="由系统管理员在账号上登记辅助人员",
            message_en="The person is not entered as auxiliary staff",
            unblock_en="A system administrator marks the account as auxiliary staff",
            field="officer",
        )
    if led_by.is_auxiliary or led_by.body_id != body.pk:
        raise gates.violation(
            "auxiliary_not_officer",
            detail="须由使用机关的执法人员带领",
            detail_en="an officer of the using body leads",
            field="led_by",
        )
    post = AuxiliaryPost(
        officer=officer,
        body=body,
        duty=duty,
        contract=contract,
        led_by=led_by,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        raise RuleViolation(
            "appointment_clash",
            "该人员在这段时间已有辅助岗位，或日期前后颠倒",
            unblock="核对已有的记录和日期",
            message_en="The person already has an auxiliary post in this time, or the days are reversed",
            unblock_en="Check existing entries and dates",
            field="valid_from",
        ) from error
    facts = {"body": body.pk, "duty": duty, "led_by": led_by.pk, "from": valid_from, "to": valid_to}
    tell(officer, verbs.AUXILIARY_ENGAGED, actor=actor, at=at, **facts)
    return post


@needs("authority.edit")
@transaction.atomic
def release(*, post: AuxiliaryPost, last_day: date, actor: Officer, at: datetime) -> None:
    """End an auxiliary's post: the day named is its last."""
    end_term(post, last_day)
    tell(post.officer, verbs.AUXILIARY_RELEASED, actor=actor, at=at, body=post.body_id, to=last_day)
