"""How a grant stands on a day, read from its dates, and how many of its items are in force."""

from datetime import date

from django.db.models import Case, CharField, Count, DateField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from audit.county import in_county
from townships.models import AuthorityGrant, GrantItem, GrantStatus
from townships.models.modes import HANDED_ON
from townships.selectors.holding import filed, holdings, published, suspensions_left


def as_of(rows: QuerySet[AuthorityGrant], on: date) -> QuerySet[AuthorityGrant]:
    """Tell with each grant how it stands on a day, its suspension of then or later, and all its items.

    told_for: the day; standing: a GrantStatus; item_total: how many items, in force or not.
    """
    pauses = suspensions_left(on).filter(grant=OuterRef("pk")).order_by("suspended_from")
    return rows.annotate(
        told_for=Value(on, DateField()),
        suspended_from=Subquery(pauses.values("suspended_from")[:1]),
        suspended_to=Subquery(pauses.values("suspended_to")[:1]),
        standing=_standing(on),
        item_total=_counted(in_county(GrantItem)),
    )


def in_force_of(rows: QuerySet[AuthorityGrant], on: date) -> QuerySet[AuthorityGrant]:
    """Tell with each grant how many of its items are in force on a day: those an act may rest on."""
    return rows.annotate(item_count=_counted(holdings(on)))


def _standing(on: date) -> Case:
    """The state of a grant by its dates; only that it is a draft has no date."""
    handed_on = Q(mode__in=HANDED_ON)
    begun = Q(valid_from__lte=on) & (~handed_on | published(on) & filed(on))
    states = (
        (Q(status=GrantStatus.DRAFT) | Q(signed_on__gt=on), GrantStatus.DRAFT),
        (Q(revoked_on__lte=on), GrantStatus.REVOKED),
        (Q(valid_to__lt=on), GrantStatus.EXPIRED),
        (begun & Q(suspended_from__lte=on), GrantStatus.SUSPENDED),
        (begun, GrantStatus.IN_FORCE),
        (~handed_on | published(on), GrantStatus.PUBLISHED),
    )
    cases = [When(condition, then=Value(state.value)) for condition, state in states]
    return Case(*cases, default=Value(GrantStatus.SIGNED.value), output_field=CharField())


def _counted(rows: QuerySet[GrantItem]) -> Coalesce:
    """Count the rows of each grant."""
    own = rows.filter(grant=OuterRef("pk")).order_by().values("grant")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), Value(0))
