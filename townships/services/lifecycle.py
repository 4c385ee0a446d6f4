"""The later life of a grant: suspend, resume, withdraw an item, revoke, and the turning of the day."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from desk.rights import needs
from law.errors import RuleViolation
from townships import verbs
from townships.models import AuthorityGrant, GrantItem, GrantStatus, Officer, Suspension
from townships.selectors.holding import suspensions_left
from townships.services.grants import enter_into_force, wrong_state
from townships.services.telling import tell_of_grant

BINDING = frozenset({GrantStatus.SIGNED, GrantStatus.PUBLISHED, GrantStatus.IN_FORCE, GrantStatus.SUSPENDED})


@needs("authority.edit")
@transaction.atomic
def suspend_grant(
    *, grant: AuthorityGrant, suspended_from: date, reason: str, actor: Officer, at: datetime
) -> None:
    """Suspend a grant from a day on: the holder stops all outward acts under it."""
    grant = _locked(grant)
    _require_no_other_suspension(grant, suspended_from)
    if grant.status != GrantStatus.IN_FORCE:
        raise wrong_state(grant)
    _require_reason(reason)
    _require_today_or_later(suspended_from, at, "suspended_from")
    Suspension.objects.create(grant=grant, suspended_from=suspended_from, reason=reason)
    grant.status = GrantStatus.SUSPENDED
    grant.save(update_fields=["status"])
    tell_of_grant(
        grant, verbs.GRANT_SUSPENDED, actor, at, reason=reason, **{"from": suspended_from.isoformat()}
    )


@needs("authority.edit")
@transaction.atomic
def resume_grant(*, grant: AuthorityGrant, last_day: date, actor: Officer, at: datetime) -> None:
    """End a suspension: the day named is its last."""
    grant = _locked(grant)
    if grant.status != GrantStatus.SUSPENDED:
        raise wrong_state(grant)
    suspension = grant.suspensions.get(suspended_to=None)
    _require_today_or_later(last_day + timedelta(days=1), at, "last_day")
    if last_day < suspension.suspended_from:
        suspension.delete()
    else:
        suspension.suspended_to = last_day
        suspension.save(update_fields=["suspended_to"])
    grant.status = GrantStatus.IN_FORCE
    grant.save(update_fields=["status"])
    tell_of_grant(grant, verbs.GRANT_RESUMED, actor, at, last_day=last_day.isoformat())


@needs("authority.edit")
@transaction.atomic
def revoke_grant(
    *, grant: AuthorityGrant, revoked_on: date, reason: str, actor: Officer, at: datetime
) -> None:
    """Revoke a grant: from the day named it no longer holds; what was done before stays valid."""
    grant = _locked(grant)
    if grant.status not in BINDING:
        raise wrong_state(grant)
    _require_reason(reason)
    _require_today_or_later(revoked_on, at, "revoked_on")
    for row in grant.items.all():
        _cut(row, revoked_on)
    grant.revoked_on, grant.status = revoked_on, GrantStatus.REVOKED
    grant.save(update_fields=["revoked_on", "status"])
    tell_of_grant(grant, verbs.GRANT_REVOKED, actor, at, reason=reason, on=revoked_on.isoformat())


@needs("authority.edit")
@transaction.atomic
def withdraw_item(*, row: GrantItem, withdrawn_on: date, reason: str, actor: Officer, at: datetime) -> None:
    """Take one item back: from the day named it is no longer under the grant."""
    grant = _locked(row.grant)
    if grant.status not in BINDING:
        raise wrong_state(grant)
    _require_reason(reason)
    _require_today_or_later(withdrawn_on, at, "withdrawn_on")
    row = grant.items.select_for_update().get(pk=row.pk)
    if row.withdrawn_on is not None:
        raise RuleViolation(
            "item_already_withdrawn",
            "该事项已收回",
            unblock="核对收回日期",
            message_en="The item has already been withdrawn",
            unblock_en="Check the withdrawal date",
            field="withdrawn_on",
        )
    row.withdrawn_on = withdrawn_on
    _cut(row, withdrawn_on)
    facts = {"item": row.item_id, "reason": reason, "on": withdrawn_on.isoformat()}
    tell_of_grant(grant, verbs.GRANT_ITEM_WITHDRAWN, actor, at, **facts)


@transaction.atomic
def turn_day(*, at: datetime) -> dict[str, int]:
    """Let published grants enter into force and let those past their term expire; safe to repeat."""
    today = localdate(at)
    due = AuthorityGrant.objects.select_for_update().filter(
        status=GrantStatus.PUBLISHED, valid_from__lte=today
    )
    entered = sum(enter_into_force(grant=grant, actor=None, at=at) for grant in due)
    over = AuthorityGrant.objects.select_for_update().filter(status__in=BINDING, valid_to__lt=today)
    expired = 0
    for grant in over:
        grant.status = GrantStatus.EXPIRED
        grant.save(update_fields=["status"])
        tell_of_grant(grant, verbs.GRANT_EXPIRED, None, at, last_day=str(grant.valid_to))
        expired += 1
    return {"entered": entered, "expired": expired}


def _cut(row: GrantItem, first_day_without: date) -> None:
    lower, upper = row.period.lower, row.period.upper
    if row.period.isempty or (upper is not None and upper <= first_day_without):
        row.save(update_fields=["withdrawn_on"])
        return
    if lower is not None and lower >= first_day_without:
        row.period = DateRange(empty=True)
    else:
        row.period = DateRange(lower, first_day_without, "[)")
    row.save(update_fields=["period", "withdrawn_on"])


def _locked(grant: AuthorityGrant) -> AuthorityGrant:
    return AuthorityGrant.objects.select_for_update().get(pk=grant.pk)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleViolation(
            "reason_needed",
            "须写明原因",
            "行政处罚法第四十七条",
            "填写原因",
            message_en="Reasons must be given",
            unblock_en="Enter the reasons",
            field="reason",
        )


def _require_today_or_later(day: date, at: datetime, field: str) -> None:
    # What was done under a grant stays valid; an end that reaches back would make it void afterwards.
    if day < localdate(at):
        raise RuleViolation(
            "date_in_past",
            "不能追溯到过去：此前办理的仍然有效",
            unblock="最早可选今天",
            message_en="It cannot reach into the past: what was done before remains valid",
            unblock_en="Today is the earliest choice",
            field=field,
        )


def _require_no_other_suspension(grant: AuthorityGrant, suspended_from: date) -> None:
    other = suspensions_left(suspended_from).filter(grant=grant).order_by("suspended_from").first()
    if other is not None:
        raise RuleViolation(
            "suspension_overlaps",
            f"已登记自 {other.suspended_from} 起的中止，到这一天还没有结束",
            unblock="核对中止记录；要改日期的，先登记恢复，再重新登记中止",
            message_en=f"A suspension from {other.suspended_from} is on record and not over by that day",
            unblock_en="Check the suspensions; to change its days, resume first and suspend anew",
            field="suspended_from",
        )
