"""F047, F053: whoever reports a lead learns that it reached who has the power, and what they answered."""

import pytest
from django.urls import reverse

from cases.routing import delivery
from cases.routing.models import Referral
from desk.models import Notice
from tests.cases.standing import again, done, standing_at
from tests.doors.drivers import BACKEND, at, instant
from tests.factories.townships import PlaceFactory
from townships.models import Zone, ZoneDuty, ZonePlace

laid = standing_at("accept")


def receipts(officer):
    told = Notice.objects.filter(recipient=officer, kind="lead_receipt").order_by("id")
    return [notice.key.split(":")[-1] for notice in told]


def carry(standing):
    """Do what the outbox does after the lead was sent."""
    delivery.deliver(case_id=standing.case_id, at=instant("2026-03-02T12:00"))


def page(standing, officer, url, moment="2026-03-03T10:00"):
    client = standing.client(again(standing, "accept"))
    client.force_login(officer, backend=BACKEND)
    with at(moment):
        return client.get(url)


def test_a_report_is_acknowledged_when_it_arrives_and_when_it_is_taken_over(standing):
    seer = standing.case().registered_by
    carry(standing)
    assert receipts(seer) == ["delivered"]
    done(standing, again(standing, "accept"))
    for _twice in range(2):
        delivery.answer_seer(case_id=standing.case_id, at=instant("2026-03-04T09:00"))
    assert receipts(seer) == ["delivered", "accepted"]


def test_a_report_sent_back_tells_why(standing):
    seer = standing.case().registered_by
    carry(standing)
    refusal = again(standing, "accept", who="leader")
    with at(refusal.at):
        answer = standing.client(refusal).post(
            reverse("api-refuse", args=[standing.case_id]),
            {"reason": "不在本镇辖区", "version": standing.case().version},
            content_type="application/json",
        )
    assert answer.status_code == 200, answer.content
    delivery.answer_seer(case_id=standing.case_id, at=instant("2026-03-04T09:00"))
    assert receipts(seer) == ["delivered", "refused"]
    assert "不在本镇辖区" in page(standing, seer, reverse("reported")).content.decode()


def test_only_ones_own_reports_are_listed(standing):
    carry(standing)
    number = standing.case().lead_number
    seer, other = standing.case().registered_by, standing.county.first
    (row,) = page(standing, seer, reverse("api-reported")).json()
    assert (row["lead_number"], row["accepted"]) == (number, None)
    assert row["to_body"] == Referral.objects.get().to_body.name
    assert page(standing, other, reverse("api-reported")).json() == []
    assert number not in page(standing, other, reverse("reported")).content.decode()
    assert page(standing, standing.county.reviewer, reverse("reported")).status_code == 403


def test_whoever_answers_for_the_zone_is_told_of_its_leads(standing):
    case, second = standing.case(), standing.county.second
    zone = Zone.objects.create(township=standing.county.township, name="东片")
    ZonePlace.objects.create(zone=zone, place=case.place)
    ZoneDuty.objects.create(zone=zone, officer=second, valid_from="2026-01-01")
    carry(standing)
    told = Notice.objects.filter(kind="referral").values_list("recipient", flat=True)
    assert set(told) == {standing.county.leader.pk, second.pk}


@pytest.mark.parametrize("answers", [True, False])
def test_leads_of_ones_own_zone_come_first(standing, answers):
    near = standing.case()
    far = type(near).objects.create(
        **{
            field.attname: getattr(near, field.attname)
            for field in near._meta.concrete_fields
            if field.attname not in {"id", "lead_number", "place_id", "next_due_on"}
        },
        lead_number="另一线索",
        place=PlaceFactory(township=standing.county.township),
        next_due_on="2026-03-02",
    )
    leader = standing.county.leader
    zone = Zone.objects.create(township=standing.county.township, name="东片")
    ZonePlace.objects.create(zone=zone, place=near.place)
    if answers:
        ZoneDuty.objects.create(zone=zone, officer=leader, valid_from="2026-01-01")
    waiting = page(standing, leader, reverse("home")).context["waiting"]
    order = [near, far] if answers else [far, near]
    assert [row.case for row in waiting] == order
    listed = page(standing, leader, reverse("cases") + "?zone=on").content.decode()
    assert (near.lead_number in listed) is answers
    assert "另一线索" not in listed
