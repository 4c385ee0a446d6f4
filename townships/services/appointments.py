"""Appointments with dates: the roles people hold."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from desk.rights import needs
from law.errors import RuleViolation
from townships import rules, staff_rules, verbs
from townships.models import Body, Officer, RoleGrant
from townships.roles import Role
from townships.services.accounts import administrators_besides
from townships.services.telling import tell
from townships.services.terms import lock_term


@needs("user.manage")
@transaction.atomic
def set_role(
    *,
    officer: Officer,
    role: Role,
    body: Body | None,
    valid_from: date,
    valid_to: date | None = None,
    actor: Officer | None,
    at: datetime,
) -> RoleGrant:
    """Give an officer a role from one day to another."""
    _require_other_person(officer, actor)
    rules.require_role_fits(officer, role)
    if body is not None and not body.exists_on(valid_from):
        raise RuleViolation(
            "body_gone",
            "该机关在这一天不存在，不能为它任命角色",
            unblock="选承继机关，或选它存续期间的日期",
            message_en="The body does not exist on that day; no role can be given for it",
            unblock_en="Choose the succeeding body, or a day on which it exists",
            field="body",
        )
    staff_rules.require_no_approval(officer, role, valid_from, valid_to, localdate(at))
    held = RoleGrant(officer=officer, role=role, body=body, valid_from=valid_from, valid_to=valid_to)
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError as error:
        raise RuleViolation(
            "appointment_clash",
            "该人员在这段时间已有同一角色，或日期前后颠倒",
            unblock="核对已有的记录和日期",
            message_en="The person holds this role in this time already, or the days are reversed",
            unblock_en="Check existing entries and dates",
            field="valid_from",
        ) from error
    officer.forget_access()
    tell(officer, verbs.ROLE_GRANTED, actor=actor, at=at, **_role_facts(held))
    return held


@needs("user.manage")
@transaction.atomic
def end_role(*, held: RoleGrant, last_day: date, actor: Officer, at: datetime) -> None:
    """End a role: the day named is its last; a role that never began is taken back whole."""
    officer = held.officer
    _require_other_person(officer, actor)
    lock_term(held)
    today = localdate(at)
    if held.role == Role.SYSTEM_ADMIN and held.body_id is None and not administrators_besides(officer, at):
        raise RuleViolation(
            "last_administrator",
            "这是最后一名系统管理员",
            unblock="先任命另一名系统管理员",
            message_en="This is the last system administrator",
            unblock_en="Appoint another system administrator first",
        )
    if last_day < today - timedelta(days=1):
        raise RuleViolation(
            "role_end_in_past",
            "角色不能追溯到过去结束，已办理的事项以当时的权限为准",
            unblock="最早可选昨日为最后一日，即今日起失效",
            message_en="A role does not end in the past: acts stand on the powers of their time",
            unblock_en="The earliest last day is yesterday, ending the role from today",
            field="last_day",
        )
    if held.valid_to is not None and last_day > held.valid_to:
        raise RuleViolation(
            "role_end_later",
            "不能晚于原失效日期",
            unblock="需要延长的，另行任命",
            message_en="Cannot be later than the present last day",
            unblock_en="To extend it, make a new appointment",
            field="last_day",
        )
    _close(held, last_day, actor, at)


@needs("authority.edit")
def end_roles_for(body: Body, *, last_day: date, actor: Officer, at: datetime) -> list[int]:
    """End every role given for a body by name when the body ends; the successor appoints anew."""
    rows = RoleGrant.objects.filter(body=body).exclude(valid_to__lte=last_day).select_related("officer")
    ended = list(rows.select_for_update(of=("self",)).order_by("pk"))
    keys = [held.pk for held in ended]
    for held in ended:
        _close(held, last_day, actor, at)
    return keys


def _close(held: RoleGrant, last_day: date, actor: Officer, at: datetime) -> None:
    officer, facts = held.officer, _role_facts(held)
    if last_day < held.valid_from:
        held.delete()
    else:
        held.valid_to = last_day
        held.save(update_fields=["valid_to"])
    officer.forget_access()
    tell(officer, verbs.ROLE_ENDED, actor=actor, at=at, **{**facts, "to": last_day})


def _require_other_person(officer: Officer, actor: Officer | None) -> None:
    if actor is not None and actor.pk == officer.pk:
        raise RuleViolation(
            "own_roles",
            "不能任命或结束自己的角色",
            unblock="请另一名系统管理员办理",
            message_en="You cannot appoint yourself to a role or end your own",
            unblock_en="Ask another system administrator",
            field="role",
        )


def _role_facts(held: RoleGrant) -> dict[str, object]:
    return {
        "role": held.role,
        "body": held.body_id,
        "from": held.valid_from,
        "to": held.valid_to,
    }
