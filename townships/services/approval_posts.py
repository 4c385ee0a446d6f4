"""Posts of administrative approval, apart from enforcement where the county says so."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from desk.rights import needs
from law.errors import RuleViolation
from townships import staff_rules, verbs
from townships.models import ApprovalPost, Body, Officer
from townships.services.telling import tell
from townships.services.terms import end_term


@needs("authority.edit")
@transaction.atomic
def hold_post(
    *,
    officer: Officer,
    body: Body,
    title: str,
    valid_from: date,
    valid_to: date | None = None,
    actor: Officer,
    at: datetime,
) -> ApprovalPost:
    """Register a post of approval; a conflict with enforcement is listed, or refused by setting."""
    staff_rules.require_no_enforcement(officer, valid_from, valid_to, localdate(at))
    post = ApprovalPost(officer=officer, body=body, title=title, valid_from=valid_from, valid_to=valid_to)
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        raise RuleViolation(
            "appointment_clash",
            "该人员在这段时间已登记这一岗位，或日期前后颠倒",
            unblock="核对已有的记录和日期",
            message_en="The person already has this post in this time, or the days are reversed",
            unblock_en="Check existing entries and dates",
            field="valid_from",
        ) from error
    facts = {"body": body.pk, "title": title, "from": valid_from, "to": valid_to}
    tell(officer, verbs.APPROVAL_POST_HELD, actor=actor, at=at, **facts)
    return post


@needs("authority.edit")
@transaction.atomic
def end_post(*, post: ApprovalPost, last_day: date, actor: Officer, at: datetime) -> None:
    """End a post of approval: the day named is its last."""
    end_term(post, last_day)
    facts = {"body": post.body_id, "title": post.title, "to": last_day}
    tell(post.officer, verbs.APPROVAL_POST_ENDED, actor=actor, at=at, **facts)
