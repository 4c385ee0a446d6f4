"""The making of a grant: draft, sign, publish, in force; complete before it has effect."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from catalog.models import Item
from desk.rights import needs
from law import gates
from law.errors import RuleViolation
from townships import rules, verbs
from townships.models import (
    AuthorityGrant,
    Body,
    GrantBatch,
    GrantItem,
    GrantPlace,
    GrantStatus,
    Meeting,
    Mode,
    Officer,
    Place,
)
from townships.models.modes import HANDED_ON
from townships.selectors.capacity import is_equipped
from townships.selectors.people import certified_officers
from townships.selectors.rosters import posts_of
from townships.services.telling import tell_of_grant


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a grant says, apart from its items."""

    mode: Mode
    holder: Body
    valid_from: date
    valid_to: date | None = None
    township: Body | None = None
    principal: Body | None = None
    origin: Body | None = None
    number: str = ""
    legal_basis: str = ""
    decision_document: str = ""
    powers: str = ""
    scope_note: str = ""
    qualification_note: str = ""
    coercive_basis: str = ""
    replaces: AuthorityGrant | None = None
    full_procedure: bool = False
    capacity_note: str = ""
    batch: GrantBatch | None = None
    meeting: Meeting | None = None


@needs("authority.edit")
@transaction.atomic
def draft_grant(
    *,
    terms: Terms,
    items: Sequence[Item],
    actor: Officer | None,
    at: datetime,
    places: Sequence[Place] = (),
    sources: Mapping[int, str] | None = None,
) -> AuthorityGrant:
    """Draft a delegation agreement or an empowerment decision; it has no effect yet.

    places: the villages or communities it is limited to.
    sources: for each item, whether the superior's guiding list names it.
    """
    grant = AuthorityGrant(**{name: getattr(terms, name) for name in Terms.__dataclass_fields__})
    grant.drafted_by = actor
    _require_shape(grant)
    item_ids = sorted({item.pk for item in items})
    _require_lawful(grant, items, localdate(at))
    rules.require_free(grant, item_ids, besides=grant.replaces)
    grant.save()
    _attach(grant, item_ids, sources or {})
    rules.require_within_power(grant, localdate(at))
    GrantPlace.objects.bulk_create(GrantPlace(grant=grant, place=place) for place in places)
    tell_of_grant(grant, verbs.GRANT_DRAFTED, actor, at, items=item_ids, mode=grant.mode, number=grant.number)
    return grant


@needs("authority.edit")
@transaction.atomic
def register_power(
    *, terms: Terms, items: Sequence[Item], actor: Officer | None, at: datetime
) -> AuthorityGrant:
    """Register a power that needs no agreement: statutory, concentrated or given by law (APL 17, 18, 19)."""
    if terms.mode in HANDED_ON:
        raise RuleViolation(
            "power_needs_agreement",
            "委托和赋权须经起草、签署、公布",
            "行政处罚法第二十条、第二十四条",
            "改用起草委托书或赋权决定",
            message_en="Delegations and empowerments must be drafted, signed and published",
            unblock_en="Draft a delegation or empowerment decision instead",
            field="mode",
        )
    grant = draft_grant(terms=terms, items=items, actor=actor, at=at)
    rules.require_published(grant)
    _advance(grant, GrantStatus.IN_FORCE)
    grant.items.update(live=True)
    tell_of_grant(grant, verbs.GRANT_ENTERED, actor, at, on=grant.valid_from.isoformat())
    return grant


@needs("authority.edit")
@transaction.atomic
def sign_grant(*, grant: AuthorityGrant, signed_on: date, actor: Officer | None, at: datetime) -> None:
    """Record that both sides signed; from here on its items bar any other grant of them."""
    grant = locked(grant, GrantStatus.DRAFT)
    items = list(Item.objects.filter(grant_items__grant=grant))
    _require_lawful(grant, items, localdate(at))
    rules.require_within_power(grant, localdate(at))
    rules.require_reviewed(grant)
    if signed_on > localdate(at):
        raise date_in_future("signed_on")
    rules.require_after(signed_on, [grant.reviewed_on], "signed_on")
    rules.require_free(grant, [item.pk for item in items])
    grant.signed_on = signed_on
    _advance(grant, GrantStatus.SIGNED, "signed_on")
    _make_live(grant)
    tell_of_grant(grant, verbs.GRANT_SIGNED, actor, at, signed_on=signed_on.isoformat())


@needs("authority.edit")
@transaction.atomic
def publish_grant(
    *,
    grant: AuthorityGrant,
    by_principal_on: date | None = None,
    by_holder_on: date | None = None,
    actor: Officer | None,
    at: datetime,
) -> None:
    """Record publication: a delegation needs both sides, an empowerment the county's list (APL 20(2), 24)."""
    grant = locked(grant, GrantStatus.SIGNED)
    rules.require_published(grant)
    for name, day in (
        ("published_by_principal_on", by_principal_on),
        ("published_by_holder_on", by_holder_on),
    ):
        if day is not None and day > localdate(at):
            raise date_in_future(name)
        if day is not None:
            rules.require_after(day, [grant.signed_on], name)
            setattr(grant, name, day)
    grant.save(update_fields=["published_by_principal_on", "published_by_holder_on"])
    facts = {
        "by_principal_on": by_principal_on.isoformat() if by_principal_on else None,
        "by_holder_on": by_holder_on.isoformat() if by_holder_on else None,
    }
    tell_of_grant(grant, verbs.GRANT_PUBLISHED, actor, at, **facts)
    if grant.published_by_principal_on and (grant.published_by_holder_on or grant.mode == Mode.EMPOWERED):
        _advance(grant, GrantStatus.PUBLISHED)
        enter_into_force(grant=grant, actor=actor, at=at)


@needs("authority.edit")
def enter_into_force(*, grant: AuthorityGrant, actor: Officer | None, at: datetime) -> bool:
    """Mark a published and complete grant as in force once its first day has come; tells whether it did."""
    if grant.status != GrantStatus.PUBLISHED or grant.valid_from > localdate(at):
        return False
    if grant.full_procedure and grant.filed_on is None:
        return False
    _advance(grant, GrantStatus.IN_FORCE)
    tell_of_grant(grant, verbs.GRANT_ENTERED, actor, at, on=grant.valid_from.isoformat())
    return True


def _require_shape(grant: AuthorityGrant) -> None:
    if grant.mode == Mode.DELEGATED and (grant.principal is None or grant.principal == grant.holder):
        raise gates.violation(
            "delegation_contents",
            detail="未写明委托机关，或与受委托组织相同",
            detail_en="no principal is named, or it is the delegatee itself",
            field="principal",
        )
    if grant.valid_to is not None and grant.valid_to < grant.valid_from:
        raise RuleViolation(
            "days_out_of_order",
            "截止日期早于生效日期",
            unblock="核对期限",
            message_en="The end date is before the effective date",
            unblock_en="Check the term",
            field="valid_to",
        )
    if grant.number and AuthorityGrant.objects.filter(number=grant.number, mode__in=HANDED_ON).exists():
        raise RuleViolation(
            "grant_number_taken",
            "该文号已登记",
            unblock="核对文号，或打开已登记的授权",
            message_en="The document number is already registered",
            unblock_en="Check the document number, or open the registered grant",
            field="number",
        )


def _require_lawful(grant: AuthorityGrant, items: Sequence[Item], on: date) -> None:
    item_ids = [item.pk for item in items]
    rules.require_contents(grant, len(item_ids))
    rules.require_coercion_allowed(grant, items, on)
    certified = certified_officers(grant.holder, on).count()
    rules.require_qualified_delegatee(grant, certified)
    equipped = is_equipped(grant.holder, on)
    rules.require_capacity(grant, certified, posts_of(grant.holder, on), on, equipped=equipped)
    rules.require_county_power(grant, items, on)
    rules.require_published(grant)
    rules.require_no_subdelegation(grant, item_ids)


def _attach(grant: AuthorityGrant, item_ids: Iterable[int], sources: Mapping[int, str]) -> None:
    upper = None if grant.valid_to is None else grant.valid_to
    period = DateRange(grant.valid_from, upper, "[]" if upper else "[)")
    GrantItem.objects.bulk_create(
        GrantItem(
            grant=grant,
            item_id=item_id,
            holder_id=grant.holder_id,
            township_id=grant.township_id,
            mode=grant.mode,
            period=period,
            source=sources.get(item_id, ""),
        )
        for item_id in item_ids
    )


def _make_live(grant: AuthorityGrant) -> None:
    try:
        with transaction.atomic():
            grant.items.update(live=True)
    except IntegrityError as error:
        raise rules.overlap() from error


def locked(grant: AuthorityGrant, *expected: GrantStatus) -> AuthorityGrant:
    """Lock a grant that stands where the act needs it, read anew."""
    fresh = AuthorityGrant.objects.select_for_update().get(pk=grant.pk)
    if fresh.status not in expected:
        raise wrong_state(fresh)
    return fresh


def wrong_state(grant: AuthorityGrant) -> RuleViolation:
    """The refusal when a grant does not stand where the act needs it."""
    return RuleViolation(
        "grant_state",
        f"该授权现为“{grant.get_status_display()}”，不能办理此项",
        "行政处罚法第二十条第二款",
        "刷新页面，按现在的状态办理",
        link="agreements",
        message_en=f"The grant is {grant.status}; this cannot be done now",
        unblock_en="Reload the page and go by the present state",
    )


def date_in_future(field: str) -> RuleViolation:
    """The refusal of a day that lies ahead of what it tells of."""
    return RuleViolation(
        "date_in_future",
        "日期不能晚于今天",
        unblock="事情发生后再登记",
        message_en="The date cannot be later than today",
        unblock_en="Register it after it has happened",
        field=field,
    )


def _advance(grant: AuthorityGrant, status: GrantStatus, *fields: str) -> None:
    grant.status = status
    grant.save(update_fields=["status", *fields])
