"""The register of grants: listed, ending soon, one by its key."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from audit.county import in_county
from townships.models import AuthorityGrant, GrantStatus, Officer
from townships.models.modes import HANDED_ON
from townships.selectors.authority import EXPIRES_SOON
from townships.selectors.holding import baseless
from townships.selectors.standing import as_of, in_force_of


def grants_listed(on: date) -> QuerySet[AuthorityGrant]:
    """Return all grants ready for a list: how they stand on a day, and how many items are in force then."""
    return in_force_of(grants_as_of(on), on)


def grants_as_of(on: date) -> QuerySet[AuthorityGrant]:
    """Return all grants with their bodies and how they stand on a day."""
    rows = in_county(AuthorityGrant).select_related(
        "principal", "origin", "holder", "township", "batch", "meeting"
    )
    return as_of(rows, on).order_by("-valid_from", "-id")


def grants_ending(on: date, *, within: timedelta = EXPIRES_SOON) -> list[AuthorityGrant]:
    """List the handed-on powers that hold and end soon, by term or revocation, the nearest first."""
    until = on + within
    standing = Q(status__in=[GrantStatus.IN_FORCE, GrantStatus.SUSPENDED])
    rows = (
        in_county(AuthorityGrant)
        .filter(standing | Q(status=GrantStatus.REVOKED, revoked_on__gt=on), mode__in=HANDED_ON)
        .filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
        .filter(Q(valid_to__lte=until) | Q(revoked_on__lte=until + timedelta(days=1)))
        .select_related("principal", "origin", "holder")
    )
    return sorted(rows, key=lambda grant: (grant.last_day or until, grant.pk))


def grants_without_base(on: date) -> QuerySet[AuthorityGrant]:
    """Return the delegations of which items have no effect on a day, as their principal lost the power.

    lost: how many; 行政处罚法第十八条、第二十条第一款.
    """
    rows = in_county(AuthorityGrant).filter(items__in=baseless(on).values("pk"))
    return rows.select_related("principal", "holder").annotate(lost=Count("items")).order_by("pk")


def versions_of(grant: AuthorityGrant, on: date) -> QuerySet[AuthorityGrant]:
    """Return the grants between the same two bodies, the latest first: versions of one another."""
    source = grant.principal_id or grant.origin_id
    return (
        grants_as_of(on)
        .filter(holder=grant.holder_id, mode=grant.mode)
        .filter(Q(principal=source) | Q(origin=source))
    )


def get_grant(user: Officer, pk: int, *, on: date, code: str = "authority.view") -> AuthorityGrant:
    """The one door to a grant: none to be seen is 404, a right not held is 403."""
    grant = grants_listed(on).filter(pk=pk, county_id=user.county_id).first()
    if grant is None or not user.may("authority.view", on):
        raise Http404(_("没有这份授权。"))
    if not user.may(code, on):
        raise PermissionDenied(_("只有法制机构可以办理授权。"))
    return grant
