"""The county and its bodies."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from audit.county import this_county
from townships.models import Body, County
from townships.models.bodies import COUNTY_DEPARTMENTS, GRASSROOTS


def county() -> County:
    """Return the county this site serves; County.DoesNotExist tells that the site is not set up."""
    return County.objects.get(pk=this_county())


def bodies_on(on: date) -> QuerySet[Body]:
    """Return the bodies that exist on a day, in the county's order."""
    alive = Q(active_to=None) | Q(active_to__gte=on)
    return Body.objects.filter(alive, county_id=this_county(), active_from__lte=on)


def townships_on(on: date) -> QuerySet[Body]:
    """Return the townships and subdistricts of a day."""
    return bodies_on(on).filter(kind__in=GRASSROOTS)


def departments_on(on: date) -> QuerySet[Body]:
    """Return the county bureau and departments of a day."""
    return bodies_on(on).filter(kind__in=COUNTY_DEPARTMENTS)


def get_township(pk: int, *, on: date) -> Body:
    """Return a township of the day or answer 404."""
    township = townships_on(on).filter(pk=pk).first()
    if township is None:
        raise Http404(_("没有这个乡镇（街道），或该日已撤销。"))
    return township


def successor_on(body: Body, on: date) -> Body:
    """Return the body while it exists, else whoever carries on its duties, however often that changed."""
    while body.active_to is not None and body.active_to < on and body.successor is not None:
        body = body.successor
    return body


def body_named(name: str, on: date) -> Body | None:
    """Find a body by its full or short name or by an alias; an abolished one leads to its successor."""
    known = Body.objects.filter(county_id=this_county())
    found = (
        known.filter(Q(name=name) | Q(short_name=name)).order_by("-active_from").first()
        or known.filter(aliases__name=name).first()
    )
    if found is None:
        return None
    carrier = successor_on(found, on)
    return carrier if carrier.exists_on(on) else None
