"""What holds on a day, as sets: exactly what `law.powers` finds sound, in one statement."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from audit.county import in_county
from townships.models import AuthorityGrant, GrantItem, Mode, Suspension

OWN = (Mode.OWN, Mode.CONCENTRATED, Mode.AUTHORISED)
ITS_PRINCIPAL = OuterRef("grant__principal")


def own_powers(on: date) -> QuerySet[GrantItem]:
    """Return the powers held by law or decision on a day, save those concentrated in another body."""
    return _running(on).filter(_own(on))


def handed_on(on: date) -> QuerySet[GrantItem]:
    """Return the items handed on with effect on a day; a principal delegates only what it still holds."""
    return _running(on).filter(_sound(on))


def holdings(on: date) -> QuerySet[GrantItem]:
    """Return every holding of an item on a day, by whatever way."""
    return _running(on).filter(_own(on) | _sound(on))


def baseless(on: date) -> QuerySet[GrantItem]:
    """Return the delegations in order on a day but for the power of their principal, which is gone.

    行政处罚法第十八条、第二十条第一款.
    """
    return _running(on).filter(_in_due_form(on), ~_carried(on), mode=Mode.DELEGATED)


def beyond_power(grant: AuthorityGrant, on: date) -> QuerySet[GrantItem]:
    """Return the items of a delegation, drafted or not, that its principal does not hold on a day."""
    return in_county(GrantItem).filter(~_carried(on), grant=grant, mode=Mode.DELEGATED)


def _own(on: date) -> Q:
    """Powers of a body itself, not concentrated elsewhere (行政处罚法第十七条至第十九条)."""
    return Q(mode__in=OWN) & (~Q(mode=Mode.OWN) | ~_concentrated(on))


def _sound(on: date) -> Q:
    """What was handed on in due form by whom it could be (行政处罚法第二十条、第二十四条)."""
    return _in_due_form(on) & (~Q(mode=Mode.DELEGATED) | _carried(on))


def _in_due_form(on: date) -> Q:
    """What was handed on in due form by the day, by a principal that stands."""
    return published(on, "grant__") & filed(on, "grant__") & _standing("grant__principal", on)


def published(on: date, of: str = "") -> Q:
    """What was handed on, signed and published by the day as its way demands."""
    by_principal = Q(**{f"{of}published_by_principal_on__lte": on})
    by_both = by_principal & Q(**{f"{of}signed_on__lte": on, f"{of}published_by_holder_on__lte": on})
    return Q(mode=Mode.DELEGATED) & by_both | Q(mode=Mode.EMPOWERED) & by_principal


def filed(on: date, of: str = "") -> Q:
    """What was filed by the day, where it must be."""
    return Q(**{f"{of}full_procedure": False}) | Q(**{f"{of}filed_on__lte": on})


def _running(on: date) -> QuerySet[GrantItem]:
    """Return the rows whose days contain the day and whose holder stands."""
    paused = suspensions_left(on).filter(grant=OuterRef("grant"), suspended_from__lte=on)
    rows = in_county(GrantItem).filter(_standing("grant__holder", on), live=True, period__contains=on)
    return rows.filter(~Exists(paused))


def suspensions_left(on: date) -> QuerySet[Suspension]:
    """Return the suspensions that run on a day or begin later."""
    return Suspension.objects.filter(Q(suspended_to=None) | Q(suspended_to__gte=on))


def _standing(body: str, on: date) -> Q:
    """Rows whose body, if any, has not been abolished by the day."""
    return Q(**{f"{body}__active_to": None}) | Q(**{f"{body}__active_to__gte": on})


def _carried(on: date) -> Q:
    """Delegations whose principal's own power carries them, or has never been registered."""
    running = _its_own(_running(on))
    kept = _covering(running.exclude(mode=Mode.OWN))
    own = _covering(running.filter(mode=Mode.OWN))
    registered = _covering(_its_own(in_county(GrantItem).filter(live=True)))
    return kept | own & ~_concentrated(on) | ~registered


def _its_own(rows: QuerySet[GrantItem]) -> QuerySet[GrantItem]:
    return rows.filter(mode__in=OWN, holder=ITS_PRINCIPAL)


def _concentrated(on: date) -> Q:
    """Rows whose item is concentrated in one body where they apply (行政处罚法第十八条)."""
    return _covering(_running(on).filter(mode=Mode.CONCENTRATED))


def _covering(rows: QuerySet[GrantItem]) -> Q:
    """Rows whose item, where they apply, is under one of the rows given."""
    here = rows.filter(item=OuterRef("item"))
    # Two equalities, not one alternative: only these does PostgreSQL look up in a hash made once.
    return Q(Exists(here.filter(township=None))) | Q(Exists(here.filter(township=OuterRef("township"))))
