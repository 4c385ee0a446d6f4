"""Who handles a case: officers of the body, never one who judges it; joint work is work, not direction."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases.dossier.access import share
from cases.dossier.duties import investigators
from cases.dossier.models import Assignment
from cases.dossier.stages import Stage
from cases.routing import services
from tests.cases.standing import again, denied, do, done, person, refused, standing_at
from tests.doors.drivers import RestDoor, instant
from tests.doors.script import Step
from tests.factories.townships import BodyFactory, CertificateFactory, OfficerFactory
from townships.models import BarReason, CertificateBar
from townships.roles import Role

laid = standing_at("decide")


def reassign(lead, second, at="2026-03-24T15:00", **more) -> Step:
    values = {"lead_officer": lead.pk, "second_officer": second.pk, "reason": "人员调动", **more}
    return Step(at, "leader", "reassign", values)


def test_the_reviewer_cannot_be_made_an_investigator_afterwards(standing):
    county = standing.county
    CertificateFactory(officer=county.reviewer)
    denied(standing, "separate_functions", "第五十七条", reassign(county.reviewer, county.second))
    with refused(standing.case(), "separate_functions", "第五十七条"):
        services.reassign(
            case=standing.case(),
            actor=person(county.leader),
            at=instant("2026-03-24T15:00"),
            lead_officer=county.reviewer,
            second_officer=county.second,
            reason="人员调动",
        )


def test_an_officer_of_another_township_is_not_put_on_the_case(standing):
    stranger = OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER], certified=True)
    assert do(standing, reassign(stranger, standing.county.second)).status_code == 400
    with refused(standing.case(), "two_certified_officers", "第四十二条"):
        services.reassign(
            case=standing.case(),
            actor=person(standing.county.leader),
            at=instant("2026-03-24T15:00"),
            lead_officer=stranger,
            second_officer=standing.county.second,
            reason="人员调动",
        )


def test_whose_certificate_ended_yesterday_is_not_put_on_the_case_today(standing):
    """F192."""
    county = standing.county
    late = OfficerFactory(body=county.township, roles=[Role.TOWNSHIP_OFFICER])
    CertificateFactory(officer=late, valid_to=date(2026, 3, 24))
    morning = reassign(late, county.second, at="2026-03-25T09:00")
    assert do(standing, morning).status_code == 400
    with refused(standing.case(), "certificate_valid_on_date", "第四十二条"):
        services.reassign(
            case=standing.case(),
            actor=person(county.leader),
            at=instant("2026-03-25T09:00"),
            lead_officer=late,
            second_officer=county.second,
            reason="人员调动",
        )
    assert done(standing, reassign(late, county.second)).lead_officer == late


def test_one_officer_is_not_two(standing):
    first = standing.county.first
    denied(standing, "two_certified_officers", "第四十二条", reassign(first, first))


def test_whoever_was_replaced_handled_the_case_for_good(standing):
    county = standing.county
    done(standing, reassign(county.leader, county.second))
    case = standing.case()
    assert {county.first.pk, county.second.pk, county.leader.pk} <= investigators(case)
    past = Assignment.objects.get(case=case, officer=county.first)
    assert str(past.ended_on) == "2026-03-24"
    assert Assignment.objects.filter(case=case, officer=county.second).count() == 1


def test_whoever_did_an_act_of_the_investigation_handled_it_without_being_named(standing):
    helper = OfficerFactory(body=standing.county.township, roles=[Role.TOWNSHIP_OFFICER])
    assert helper.pk not in investigators(standing.case())
    done(standing_as(standing, helper), scan(standing))
    assert helper.pk in investigators(standing.case())


def scan(door) -> Step:
    paper = door.case().instruments.first()
    return Step("2026-03-24T16:00", "first", "add-scan", {"instrument": paper.pk}, ("upload",))


def standing_as(door, officer) -> RestDoor:
    """The same case, with somebody else signed in where the script has the first officer."""
    other = RestDoor(replace(door.county, first=officer))
    other.case_id = door.case_id
    return other


@pytest.fixture
def guest(standing):
    return OfficerFactory(
        name="邻镇队员", body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER, Role.TEAM_LEADER], certified=True
    )


def join(officer) -> Step:
    values = {"officer": officer.pk, "agreement": "青综执协〔2026〕3号"}
    return Step("2026-03-24T15:00", "leader", "join", values)


def test_a_guest_sees_and_works_but_does_not_direct(standing, guest):
    outside = standing_as(standing, guest)
    assert do(outside, scan(standing)).status_code == 404
    done(standing, join(guest))
    done(outside, scan(standing))
    takeover = Step("2026-03-24T16:00", "first", "reassign", reassign(guest, guest).values)
    assert do(outside, takeover).status_code == 403
    assert do(outside, Step("2026-03-24T16:00", "first", "renotify", {"reason": "重来"})).status_code == 403


def test_two_bodies_handle_a_case_together_only_by_what_they_agreed_on(standing, guest):
    leader, at = standing.county.leader, instant("2026-03-24T15:00")
    with refused(standing.case(), "joint_handling_agreed", "第二十六条"):
        services.join(case=standing.case(), actor=leader, at=at, officer=guest, agreement=" ")
    done(standing, join(guest))
    assert Assignment.objects.get(officer=guest).agreement == "青综执协〔2026〕3号"


def test_nobody_is_invited_without_a_certificate(standing, guest):
    CertificateBar.objects.create(
        certificate=guest.certificates.get(), reason=BarReason.SUSPENDED, valid_from=date(2026, 3, 1)
    )
    denied(standing, "certificate_valid_on_date", "第四十二条", join(guest))
    auxiliary = OfficerFactory(body=BodyFactory(), is_auxiliary=True)
    denied(standing, "auxiliary_not_officer", "", join(auxiliary))


def test_the_database_itself_puts_no_auxiliary_on_a_case(standing):
    auxiliary = OfficerFactory(body=standing.county.township, is_auxiliary=True)
    case, on = standing.case(), date(2026, 3, 24)
    with pytest.raises(IntegrityError, match="auxiliary"), transaction.atomic():
        Assignment.objects.create(
            case=case, officer=auxiliary, duty=Assignment.Duty.INVESTIGATOR, began_on=on
        )
    assert not Assignment.objects.filter(officer=auxiliary).exists()


def test_whoever_has_to_review_or_decide_the_case_cannot_be_invited_out_of_it(standing):
    """Under delegation the principal's reviewer belongs to another body, and could be unseated by a call."""
    judge = OfficerFactory(
        body=BodyFactory(), roles=[(Role.LEGAL_REVIEWER, standing.county.township)], certified=True
    )
    denied(standing, "separate_functions", "第五十七条", join(judge))


def test_to_see_a_case_is_not_to_move_it(standing, guest):
    share(standing.case(), guest)
    again_from_start = Step("2026-03-24T16:00", "first", "renotify", {"reason": "重来"})
    assert do(standing_as(standing, guest), again_from_start).status_code == 403
    assert standing.case().stage == Stage.DISCUSSED


def test_an_expired_permission_moves_nothing(standing):
    type(standing.county.head).objects.get(pk=standing.county.head.pk).role_grants.update(
        valid_to="2026-03-24"
    )
    assert do(standing, again(standing, "decide")).status_code in {403, 404}
    assert standing.case().stage == Stage.DISCUSSED
