"""Zones are drawn from the township's own places and answered for by officers who work there."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from law.errors import RuleViolation
from tests.factories.townships import BodyFactory, OfficerFactory, PlaceFactory, SecondmentFactory
from townships.models import Zone, ZonePlace
from townships.selectors.zones import answering_for, places_of
from townships.services import zones

pytestmark = pytest.mark.django_db
DAY, LAST, AFTER = date(2026, 3, 2), date(2026, 3, 31), date(2026, 4, 1)


@pytest.fixture
def body():
    return BodyFactory()


def draw(body, lawyer, at, *places, name="东片"):
    return zones.draw_zone(township=body, name=name, places=places, actor=lawyer, at=at)


def take(zone, officer, lawyer, at, **days):
    days = {"valid_from": DAY, "valid_to": LAST, **days}
    return zones.take_zone(zone=zone, officer=officer, actor=lawyer, at=at, **days)


def test_a_place_lies_in_one_zone_of_its_own_township(body, lawyer, at):
    one, two = PlaceFactory.create_batch(2, township=body)
    east = draw(body, lawyer, at, one, two)
    west = draw(body, lawyer, at, two, name="西片")
    assert [row.place for row in east.places.all()] == [one]
    assert [row.place for row in west.places.all()] == [two]
    with pytest.raises(RuleViolation) as found:
        draw(body, lawyer, at, PlaceFactory())
    assert found.value.code == "place_of_other_township"
    with pytest.raises(IntegrityError, match="another township"), transaction.atomic():
        ZonePlace.objects.create(zone=east, place=PlaceFactory())
    assert Zone.objects.count() == 2


def test_a_zone_is_answered_for_on_its_days_by_who_works_there(body, lawyer, at):
    place = PlaceFactory(township=body)
    zone = draw(body, lawyer, at, place)
    own, stationed = OfficerFactory(body=body), SecondmentFactory(using=body).officer
    for officer in (own, stationed):
        take(zone, officer, lawyer, at)
    assert list(answering_for(place.pk, LAST)) == [own, stationed]
    assert [row.place for row in places_of(own, LAST)] == [place]
    assert not places_of(own, AFTER)
    for stranger in (OfficerFactory(), OfficerFactory(body=body, is_auxiliary=True)):
        with pytest.raises(RuleViolation) as found:
            take(zone, stranger, lawyer, at)
        assert found.value.code == "not_of_the_township"
    with pytest.raises(RuleViolation) as found:
        take(zone, own, lawyer, at, valid_from=LAST, valid_to=None)
    assert found.value.code == "appointment_clash"


def test_zones_stand_on_a_page_and_are_drawn_by_rest(body, lawyer, sign_in, freeze):
    freeze("2026-03-02 10:00")
    place, officer = PlaceFactory(township=body), OfficerFactory(body=body)
    client = sign_in(lawyer)
    values = {"township": body.pk, "name": "北片", "places": [place.pk]}
    assert sign_in(officer).post(reverse("zone_draw"), values).status_code == 403
    door = reverse("api_zone-draw")
    assert client.post(door, values, content_type="application/json").status_code == 200
    zone = Zone.objects.get()
    duty = {"zone": zone.pk, "officer": officer.pk, "valid_from": "2026-03-02"}
    assert client.post(reverse("zone_take"), duty).status_code == 302
    page = client.get(reverse("zones")).content.decode()
    for text in ("北片", place.name, officer.name):
        assert text in page
    (row,) = client.get(reverse("api_zones")).json()
    assert (row["name"], row["places"], row["officers"]) == ("北片", [place.pk], [officer.pk])
