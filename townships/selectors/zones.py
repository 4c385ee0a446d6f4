"""Zones on a day: who answers for what, and which places are one's own."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from audit.county import in_county
from townships.models import Officer, Zone, ZoneDuty, ZonePlace
from townships.models.periods import in_force


def zones_on(on: date) -> QuerySet[Zone]:
    """Return all zones with their places and the officers who answer for them on a day."""
    duties = ZoneDuty.objects.filter(in_force(on)).select_related("officer")
    return (
        in_county(Zone)
        .select_related("township")
        .prefetch_related(
            Prefetch("duties", queryset=duties, to_attr="duties_now"),
            Prefetch("places", queryset=ZonePlace.objects.select_related("place").order_by("place__name")),
        )
        .order_by("township__sort_order", "name")
    )


def places_of(officer: Officer, on: date) -> QuerySet[ZonePlace]:
    """Return the places of the zones an officer answers for on a day."""
    mine = ZoneDuty.objects.filter(in_force(on), officer=officer)
    return ZonePlace.objects.filter(zone__in=mine.values("zone"))


def answering_for(place_id: int, on: date) -> QuerySet[Officer]:
    """Return the officers who answer for the zone of a place on a day."""
    duties = ZoneDuty.objects.filter(in_force(on), zone__places__place=place_id)
    return Officer.objects.filter(pk__in=duties.values("officer")).order_by("id")
