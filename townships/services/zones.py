"""Zones of a township: what lies in them and who answers for them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from audit.services import record
from desk.rights import needs
from law.errors import RuleViolation
from townships import staff_rules, verbs
from townships.models import Body, Officer, Place, Zone, ZoneDuty, ZonePlace
from townships.services.telling import tell
from townships.services.terms import end_term


@needs("authority.edit")
@transaction.atomic
def draw_zone(*, township: Body, name: str, places: Iterable[Place], actor: Officer, at: datetime) -> Zone:
    """Draw a zone, or draw it anew, from villages and grids of the township; each lies in one zone."""
    within = list(dict.fromkeys(places))
    staff_rules.require_places_of(township, within)
    zone, _fresh = Zone.objects.get_or_create(township=township, name=name.strip())
    ZonePlace.objects.filter(zone=zone).exclude(place__in=within).delete()
    drawn = [ZonePlace(zone=zone, place=place) for place in within]
    ZonePlace.objects.bulk_create(
        drawn, update_conflicts=True, unique_fields=["place"], update_fields=["zone"]
    )
    payload = {"township": township.pk, "places": [place.pk for place in within]}
    record(verbs.ZONE_DRAWN, chain=f"body:{township.pk}", target=zone, actor=actor, at=at, payload=payload)
    return zone


@needs("authority.edit")
@transaction.atomic
def take_zone(
    *,
    zone: Zone,
    officer: Officer,
    valid_from: date,
    valid_to: date | None = None,
    actor: Officer,
    at: datetime,
) -> ZoneDuty:
    """Let an officer answer for a zone from one day to another."""
    staff_rules.require_staff_of(zone.township, officer, valid_from)
    duty = ZoneDuty(zone=zone, officer=officer, valid_from=valid_from, valid_to=valid_to)
    try:
        with transaction.atomic():
            duty.save()
    except IntegrityError as error:
        raise RuleViolation(
            "appointment_clash",
            "该人员在这段时间已是本片区责任人，或日期前后颠倒",
            unblock="核对已有的记录和日期",
            message_en="The person already answers for the zone in this time, or the days are reversed",
            unblock_en="Check existing entries and dates",
            field="valid_from",
        ) from error
    facts = {"zone": zone.pk, "from": valid_from, "to": valid_to}
    tell(officer, verbs.ZONE_TAKEN, actor=actor, at=at, **facts)
    return duty


@needs("authority.edit")
@transaction.atomic
def give_up_zone(*, duty: ZoneDuty, last_day: date, actor: Officer, at: datetime) -> None:
    """End an officer's answering for a zone: the day named is the last."""
    end_term(duty, last_day)
    tell(duty.officer, verbs.ZONE_GIVEN_UP, actor=actor, at=at, zone=duty.zone_id, to=last_day)
