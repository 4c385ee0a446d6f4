"""Auxiliary staff: put on the register, taken off it; they assist and never act."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from law import gates
from townships import verbs
from townships.models import AuxiliaryPost, Body, Officer
from townships.services.telling import refusal, tell


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
        raise refusal(
            "not_auxiliary", _("该人员未登记为辅助人员"), _("由系统管理员在账号上登记辅助人员"), "officer"
        )
    if led_by.is_auxiliary or led_by.body_id != body.pk:
        raise gates.violation("auxiliary_not_officer", detail=_("须由使用机关的执法人员带领"), field="led_by")
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
        raise refusal(
            "appointment_clash",
            _("该人员在这段时间已有辅助岗位，或日期前后颠倒"),
            _("核对已有的记录和日期"),
            "valid_from",
        ) from error
    facts = {"body": body.pk, "duty": duty, "led_by": led_by.pk, "from": valid_from, "to": valid_to}
    tell(officer, verbs.AUXILIARY_ENGAGED, actor=actor, at=at, **facts)
    return post


@transaction.atomic
def release(*, post: AuxiliaryPost, last_day: date, actor: Officer, at: datetime) -> None:
    """End an auxiliary's post: the day named is its last."""
    if last_day < post.valid_from or (post.valid_to is not None and last_day > post.valid_to):
        raise refusal("post_end_outside", _("结束日期不在任期之内"), _("核对任期"), "last_day")
    post.valid_to = last_day
    post.save(update_fields=["valid_to"])
    tell(post.officer, verbs.AUXILIARY_RELEASED, actor=actor, at=at, body=post.body_id, to=last_day)
