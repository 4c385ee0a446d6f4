"""The life of bodies: ended with a successor or none, merged, known by further names."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from audit.services import record
from desk.rights import needs
from law.errors import RuleViolation
from townships import verbs
from townships.models import AuthorityGrant, Body, BodyAlias, Mode, Officer, Place
from townships.selectors.bodies import successor_on
from townships.services import accounts, appointments, lifecycle
from townships.services.grants import Terms, register_power

OWN_POWERS = (Mode.OWN, Mode.CONCENTRATED, Mode.AUTHORISED)


@needs("authority.edit")
@transaction.atomic
def end_body(
    *,
    body: Body,
    last_day: date,
    successor: Body | None,
    document: str,
    actor: Officer,
    at: datetime,
) -> None:
    """Abolish a body: its own powers and people go to the successor, what was handed on to or by it ends.

    Open cases follow by the transfer job; the names of its villages stay in use under the successor.
    A delegation or empowerment names its parties, so the successor needs a new one (APL 20, 24).
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    _require_endable(body, last_day, successor, document, at)
    body.active_to, body.successor, body.ended_by = last_day, successor, document
    body.save(update_fields=["active_to", "successor", "ended_by"])
    ended = _end_grants(body, last_day + timedelta(days=1), document, actor, at)
    roles = appointments.end_roles_for(body, last_day=last_day, actor=actor, at=at)
    if successor is not None:
        _pass_on(body, successor, last_day + timedelta(days=1), document, actor, at)
    payload = {
        "last_day": last_day.isoformat(),
        "successor": successor.pk if successor else None,
        "document": document,
        "grants_ended": ended,
        "roles_ended": roles,
    }
    record(verbs.BODY_ENDED, chain=f"body:{body.pk}", target=body, actor=actor, at=at, payload=payload)
    move_in(at=at)


@needs("authority.edit")
@transaction.atomic
def add_alias(*, body: Body, name: str, actor: Officer, at: datetime) -> BodyAlias:
    """Let a body be found under a further name; no two bodies share one."""
    text = name.strip()
    taken = BodyAlias.objects.filter(name=text).exists()
    if not text or taken or Body.objects.filter(Q(name=text) | Q(short_name=text)).exists():
        raise RuleViolation(
            "alias_taken",
            "名称为空，或已被某机关使用",
            unblock="换一个别名",
            message_en="The name is empty or used by another body",
            unblock_en="Take another alias",
            field="name",
        )
    alias = BodyAlias.objects.create(body=body, name=text)
    payload = {"alias": text}
    record(verbs.BODY_NAMED, chain=f"body:{body.pk}", target=body, actor=actor, at=at, payload=payload)
    return alias


def _require_endable(body: Body, last_day: date, successor: Body | None, document: str, at: datetime) -> None:
    problem = None
    if body.active_to is not None:
        problem = ("该机关已撤并", "The body was merged or abolished already", "last_day")
    elif last_day < localdate(at) - timedelta(days=1) or last_day < body.active_from:
        problem = (
            "不能追溯到过去：此前办理的仍然有效",
            "It cannot reach into the past: what was done before remains valid",
            "last_day",
        )
    elif not document.strip():
        problem = ("须写明撤并依据的文件", "The document of the merger or abolition is needed", "document")
    elif successor is not None and (
        successor == body or not successor.exists_on(last_day + timedelta(days=1))
    ):
        problem = (
            "承继机关届时不存在，或就是本机关",
            "The successor does not exist on that day, or is the body itself",
            "successor",
        )
    elif successor is not None and successor.is_grassroots != body.is_grassroots:
        problem = (
            "乡镇（街道）由乡镇（街道）承继，部门由部门承继",
            "A township succeeds a township, a department a department",
            "successor",
        )
    if problem:
        message, message_en, field = problem
        raise RuleViolation(
            "body_not_endable",
            message,
            "行政诉讼法第二十六条第六款",
            "核对文件、日期和承继机关",
            message_en=message_en,
            unblock_en="Check document, dates and successor",
            field=field,
        )


def _end_grants(body: Body, first_day_without: date, reason: str, actor: Officer, at: datetime) -> list[int]:
    """Revoke what the body held or had delegated, from the day after its last.

    What it ceded by empowerment the township holds in its own name, and keeps (APL 24).
    """
    concerned = AuthorityGrant.objects.filter(
        Q(holder=body) | Q(principal=body), status__in=lifecycle.BINDING
    ).order_by("pk")
    day = max(first_day_without, localdate(at))
    ended = list(concerned)
    for grant in ended:
        lifecycle.revoke_grant(grant=grant, revoked_on=day, reason=reason, actor=actor, at=at)
    return [grant.pk for grant in ended]


def _pass_on(
    body: Body, successor: Body, first_day: date, document: str, actor: Officer, at: datetime
) -> None:
    """Register the body's own powers for its successor."""
    for grant in AuthorityGrant.objects.filter(holder=body, mode__in=OWN_POWERS, revoked_on__isnull=False):
        terms = Terms(
            mode=Mode(grant.mode),
            holder=successor,
            township=grant.township,
            valid_from=first_day,
            legal_basis=grant.legal_basis,
            decision_document=grant.decision_document or document,
            scope_note=document,
            replaces=grant,
        )
        items = [row.item for row in grant.items.filter(withdrawn_on=None).select_related("item")]
        register_power(terms=terms, items=items, actor=actor, at=at)


@transaction.atomic
def move_in(*, at: datetime) -> int:
    """Move people and villages of bodies ended by now to their successors; safe to repeat."""
    moved = 0
    for body in Body.objects.filter(active_to__lt=localdate(at), successor__isnull=False).select_for_update(
        of=("self",)
    ):
        successor = successor_on(body, localdate(at))
        for officer in Officer.objects.filter(body=body, is_active=True).order_by("pk"):
            accounts.move_officer(officer=officer, body=successor, team=None, actor=None, at=at)
            moved += 1
        known = set(Place.objects.filter(township=successor).values_list("kind", "name"))
        for place in Place.objects.filter(township=body):
            if (place.kind, place.name) not in known:
                place.township = successor
                place.save(update_fields=["township"])
    return moved
