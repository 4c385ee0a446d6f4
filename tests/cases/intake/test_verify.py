"""登记核查: nothing dated ahead, the party as it is known, by officers of the body."""

from datetime import date

import pytest

from audit.models import Event
from cases.dossier.models import Assignment, Case
from cases.parties.models import Party
from cases.parties.services import born_of, register
from tests.cases.standing import again, denied, do, done, refused, standing_at, untouched
from tests.doors.drivers import RestDoor, instant
from tests.doors.script import before_filing
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.roles import Role

MOVE = "verify"
laid = standing_at(MOVE)


@pytest.mark.parametrize("changes", [{"ended_on": "2099-01-01"}, {"checked_at": "2026-03-03T11:01"}])
def test_nothing_found_lies_ahead(standing, changes):
    denied(standing, "found_in_future", "第三十六条", again(standing, MOVE, **changes))


def test_the_officers_are_certified_on_the_day_of_the_check(standing):
    for card in standing.county.first.certificates.all():
        card.bars.create(valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 2), reason="suspended")
    denied(
        standing,
        "certificate_valid_on_date",
        "第四十二条",
        again(standing, MOVE, checked_at="2026-03-02T16:00"),
    )
    done(standing, again(standing, MOVE))


def second_lead(standing) -> RestDoor:
    """Another case of the county, standing at the same act."""
    twin = RestDoor(standing.county)
    twin.walk(list(before_filing(standing.county))[:3])
    return twin


def test_a_party_with_an_open_case_is_not_renamed_or_reclassed_from_another_case(standing):
    done(standing, again(standing, MOVE))
    twin = second_lead(standing)
    for changes in ({"party_name": "别的公司"}, {"party_kind": "citizen"}):
        denied(twin, "party_known_differently", "第四十条", again(twin, MOVE, **changes))
    assert Party.objects.get().kind == "organisation"


def test_a_second_case_fills_blanks_and_overwrites_nothing(standing):
    done(standing, again(standing, MOVE))
    twin = second_lead(standing)
    done(twin, again(twin, MOVE, address="别处1号", operator="某甲"))
    party = Party.objects.get()
    assert party.address == "青禾镇和平路118号"
    assert party.operator == "某甲"
    event = Event.objects.get(verb="party_updated")
    assert event.payload["fields"] == ["operator"]
    assert event.chain == twin.case().chain


def test_a_mistyped_name_is_mended_while_no_other_case_runs(standing):
    done(standing, again(standing, MOVE, party_name="云凡公司"))
    Case.objects.filter(pk=standing.case_id).update(stage="void", is_open=False)
    twin = second_lead(standing)
    done(twin, again(twin, MOVE))
    assert Party.objects.get().name == again(twin, MOVE).values["party_name"]


def test_the_birthday_comes_from_the_identity_number(standing):
    citizen = {"party_kind": "citizen", "credit_code": "", "id_number": "330000201203040011"}
    done(standing, again(standing, MOVE, **citizen, born_on="1990-01-01"))
    assert Party.objects.get().born_on == date(2012, 3, 4)


@pytest.mark.parametrize("number", ["", "330000", "330000201299990011", "33000020120304001X1", "甲" * 18])
def test_a_number_that_tells_no_birthday_tells_none(number):
    assert born_of(number) is None


def test_whoever_checked_the_lead_handled_the_case_for_good(standing):
    done(standing, again(standing, MOVE))
    assert set(Assignment.objects.filter(case=standing.case_id).values_list("officer_id", flat=True)) == {
        standing.county.first.pk,
        standing.county.second.pk,
    }


def test_officers_of_another_township_are_not_named(standing):
    stranger = OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER], certified=True)
    done(standing, again(standing, MOVE))
    step = again(standing, "propose-filing", second_officer=stranger.pk)
    assert do(standing, step).status_code == 400
    assert standing.case().second_officer == standing.county.second


@pytest.mark.parametrize("code", ["12", "91330000MA000000", "91330000MA0000001甲", "91330000-A0000001X"])
def test_a_party_is_named_by_no_code_that_no_licence_shows(standing, code):
    """行政处罚法第四十条、第五十九条第（一）项：当事人的基本情况。"""
    with untouched(standing.case_id):
        answer = do(standing, again(standing, MOVE, credit_code=code))
    assert answer.status_code == 400
    assert "18位" in answer.content.decode()
    done(standing, again(standing, MOVE, credit_code="91330000ma0000001x"))
    assert Party.objects.get().credit_code == "91330000MA0000001X"


def test_no_door_registers_such_a_code(standing):
    case, officer = standing.case(), standing.county.first
    with refused(case, "credit_code_unfit", "第五十九条"):
        register(
            case=case,
            actor=officer,
            at=instant("2026-03-03T11:00"),
            kind="organisation",
            name="甲",
            credit_code="12",
        )
