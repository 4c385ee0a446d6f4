"""登记线索: for one's own township; what others wrote stays theirs."""

import pytest
from django.core.exceptions import PermissionDenied

from cases.dossier.models import Case
from cases.intake.services import register_lead
from law.errors import RuleViolation
from papers.models import Counter
from tests.doors.drivers import instant
from tests.factories.townships import BodyFactory, OfficerFactory, PlaceFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db


def lead(actor, township):
    return register_lead(
        actor=actor, at=instant("2026-03-02T09:00"), source="patrol", summary="摆摊。", township=township
    )


def test_an_officer_of_a_township_registers_for_that_township_only(county, login, freeze):
    other = BodyFactory()
    with pytest.raises(RuleViolation) as caught:
        lead(county.first, other)
    assert caught.value.code == "lead_of_other_township"
    assert "第二十二条" in caught.value.article
    assert caught.value.unblock
    freeze("2026-03-02 09:00")
    sent = {"source": "patrol", "summary": "摆摊。", "township": other.pk}
    answer = login(county.first).post("/api/v1/leads/", sent, content_type="application/json")
    assert answer.status_code == 409
    assert not Case.objects.exists()
    assert not Counter.objects.filter(body_id=other.pk).exists()


def test_the_county_registers_for_every_township(county):
    other = BodyFactory()
    assert lead(county.clerk, other).township == other
    bureau = OfficerFactory(body=BodyFactory(bureau=True), roles=[Role.TOWNSHIP_OFFICER])
    assert lead(bureau, other).township == other


def test_whoever_may_not_register_gets_no_number(county, login, freeze):
    freeze("2026-03-02 09:00")
    sent = {"source": "patrol", "summary": "摆摊。", "township": county.township.pk}
    for officer in (county.head, county.reviewer, county.supervisor):
        answer = login(officer).post("/api/v1/leads/", sent, content_type="application/json")
        assert answer.status_code == 403
    assert not Counter.objects.exists()


def test_a_village_of_another_township_is_refused_by_the_service_itself(county):
    village = PlaceFactory(township=BodyFactory())
    with pytest.raises(RuleViolation) as caught:
        register_lead(
            actor=county.clerk,
            at=instant("2026-03-02T09:00"),
            source="patrol",
            summary="摆摊。",
            township=county.township,
            place=village,
        )
    assert (caught.value.code, caught.value.field) == ("place_outside_township", "place")
    assert not Case.objects.exists()


def test_the_service_itself_lets_nobody_register_without_the_right(county):
    with pytest.raises(PermissionDenied):
        lead(county.head, county.township)
    assert not Case.objects.exists()


def test_what_happens_tomorrow_is_no_lead_today(county, login, freeze):
    """From the day of the act the limitation counts, and the law is chosen."""
    freeze("2026-03-02 09:00")
    sent = {"source": "hotline", "summary": "摆摊。", "township": county.township.pk}
    client = login(county.clerk)
    ahead = {**sent, "happened_at": "2026-03-02T09:01"}
    answer = client.post("/api/v1/leads/", ahead, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "happened_in_future")
    assert "第三十六条" in answer.json()["article"]
    assert not Case.objects.exists()
    assert not Counter.objects.exists()
    now = {**sent, "happened_at": "2026-03-02T09:00"}
    assert client.post("/api/v1/leads/", now, content_type="application/json").status_code == 201
