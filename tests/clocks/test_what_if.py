"""What-if tells which dates would move, exactly as the act later moves them, and writes nothing."""

from datetime import date

import pytest

from audit.models import Event
from cases.clocks.models import Clock, Suspension
from cases.periods.services import extend_clock, suspend_clock
from tests.clocks.conftest import due_of, moment
from tests.doors.drivers import RestDoor, at
from tests.doors.script import Step, notice

pytestmark = pytest.mark.django_db


def state():
    rows = Clock.objects.order_by("pk").values_list("pk", "due_on", "derivation", "state")
    return list(rows), Event.objects.count(), Suspension.objects.count()


def ask(login, officer, case, **body):
    return login(officer).post(f"/api/v1/cases/{case.pk}/what-if/", body, content_type="application/json")


def told(answer, kind: str = "case_decision") -> dict:
    assert answer.status_code == 200, answer.content.decode()
    return next(row for row in answer.json()["clocks"] if row["kind"] == kind)


def test_a_supposed_suspension_equals_the_later_real_one(case, county, login):
    before = state()
    row = told(
        ask(
            login,
            county.first,
            case,
            suspend={"kind": "case_decision", "ground": "testing", "from": "2026-03-10", "to": "2026-03-19"},
        )
    )
    assert state() == before
    assert (row["before"], row["after"], row["moves"]) == ("2026-06-03", "2026-06-12", True)
    suspend_clock(
        case=case,
        actor=county.head,
        at=moment("2026-04-20T09:00"),
        kind="case_decision",
        ground="testing",
        started_on=date(2026, 3, 10),
        ended_on=date(2026, 3, 19),
        document="委托鉴定书",
    )
    clock = Clock.objects.get(case=case, kind="case_decision")
    assert clock.due_on == date.fromisoformat(row["after"])
    assert clock.derivation == row["derivation"]
    assert row["sentences"]["en"]
    assert any("鉴定" in sentence or "检测" in sentence for sentence in row["sentences"]["zh"])


def test_a_supposed_extension_equals_the_later_real_one(case, county, login, freeze):
    freeze("2026-05-20")
    row = told(ask(login, county.first, case, extend={"kind": "case_decision", "length": 30}))
    extend_clock(
        case=case,
        actor=county.head,
        at=moment("2026-05-20T09:00"),
        kind="case_decision",
        length=30,
        reason="案情复杂",
    )
    assert due_of(case) == date.fromisoformat(row["after"]) == date(2026, 7, 3)


def test_no_extension_is_supposed_once_the_period_is_over(case, county, login, freeze):
    length = {"kind": "case_decision", "length": 30}
    freeze("2026-06-03")
    assert told(ask(login, county.first, case, extend=length))["after"] == "2026-07-03"
    freeze("2026-06-04")
    answer = ask(login, county.first, case, extend=length)
    assert (answer.status_code, answer.json()["field"]) == (400, "extension")
    assert "2026-06-03" in answer.content.decode()
    page = login(county.first).get(f"/cases/{case.pk}/what-if/", {"kind": "case_decision", "extension": "30"})
    assert page.status_code == 422
    assert "届满后不能再延长" in page.content.decode()


def test_a_supposed_service_tells_the_clocks_it_would_start(standing_before, login):
    door = standing_before("serve-notice")
    county, case = door.county, door.case()
    answer = ask(login, county.first, case, served_at="2026-03-12T10:00:00+08:00")
    rows = {row["kind"]: row for row in answer.json()["clocks"]}
    assert rows["hearing_request"]["starts"]
    assert rows["hearing_request"]["after"] == "2026-03-19"
    assert not rows["case_decision"]["moves"]
    door.walk([list(notice(county))[1]])
    assert due_of(case, "hearing_request") == date(2026, 3, 19)


def test_no_service_is_supposed_before_its_document(case, county, login, freeze):
    freeze("2026-04-20")
    before = state()
    answer = ask(login, county.first, case, served_at="2026-04-21")
    assert (answer.status_code, answer.json()["code"]) == (400, "nothing_to_serve")
    assert state() == before
    page = login(county.first).get(f"/cases/{case.pk}/what-if/").content.decode()
    assert 'name="served_at"' not in page
    assert "没有待送达的告知书或决定书" in page


def test_no_service_is_supposed_on_a_day_before_the_document_was_issued(standing_before, login):
    door = standing_before("serve-notice")
    county, case = door.county, door.case()
    answer = ask(login, county.first, case, served_at="2026-03-10")
    assert (answer.status_code, answer.json()["code"]) == (400, "served_before_issue")
    assert "2026-03-11" in answer.content.decode()
    assert ask(login, county.first, case, served_at="2026-03-11").status_code == 200
    query = {"kind": "case_decision", "served_at": "2026-03-10T10:00"}
    page = login(county.first).get(f"/cases/{case.pk}/what-if/", query)
    assert page.status_code == 422
    assert "不能在此之前送达" in page.content.decode()


def test_an_open_suspension_leaves_no_date(case, county, login):
    row = told(
        ask(login, county.first, case, suspend={"ground": "testing", "from": "2026-03-10"}), "case_decision"
    )
    assert (row["after"], row["result"], row["moves"]) == (None, "suspended", True)


def test_a_ground_that_is_not_granted_moves_nothing_and_says_so(case, county, login):
    row = told(
        ask(
            login,
            county.first,
            case,
            suspend={"ground": "refund_order", "from": "2026-03-10", "to": "2026-03-19"},
        )
    )
    assert not row["moves"]
    assert any("不在本规则允许扣除的范围内" in sentence for sentence in row["sentences"]["zh"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"extend": {"kind": "case_decision", "length": 31}}, "extension"),
        ({"extend": {"kind": "case_decision", "length": "x"}}, "extension"),
        ({"suspend": {"kind": "case_decision", "ground": "testing"}}, "suspend"),
        ({"suspend": {"from": "2026-03-19", "to": "2026-03-10", "ground": "testing"}}, "suspensions"),
        ({"suspend": {"kind": "sue", "from": "2026-03-10"}}, "kind"),
        ({"suspend": []} | {"extend": "x"}, "extend"),
        ({"served_at": "yesterday"}, "served_at"),
    ],
)
def test_a_bad_supposition_is_refused_with_its_field(case, county, login, freeze, body, field):
    freeze("2026-04-20")
    answer = ask(login, county.first, case, **body)
    assert answer.status_code == 400, answer.content.decode()
    assert answer.json()["field"] == field


def test_nobody_asks_about_a_case_outside_their_scope(case, login):
    from tests.factories.townships import BodyFactory, OfficerFactory
    from townships.roles import Role

    stranger = OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER])
    assert ask(login, stranger, case).status_code == 404


def test_the_page_shows_it_and_the_case_page_asks_for_the_panel_alone(case, county, login, freeze):
    freeze("2026-04-20")
    query = {
        "kind": "case_decision",
        "suspended_from": "2026-03-10",
        "suspended_to": "2026-03-19",
        "ground": "testing",
    }
    browser = login(county.first)
    page = browser.get(f"/cases/{case.pk}/what-if/", query).content.decode()
    assert "2026-06-12" in page
    panel = browser.get(f"/cases/{case.pk}/what-if/", query, headers={"HX-Request": "true"}).content.decode()
    assert "2026-06-12" in panel
    assert "<html" not in panel
    assert f"/cases/{case.pk}/what-if/" in browser.get(f"/cases/{case.pk}/?tab=clocks").content.decode()


def test_the_page_says_at_the_field_what_cannot_be(case, county, login, freeze):
    freeze("2026-04-20")
    page = login(county.first).get(f"/cases/{case.pk}/what-if/", {"kind": "case_decision", "extension": "31"})
    assert page.status_code == 422
    assert "超出" in page.content.decode()


def test_the_interface_tells_each_clock_of_a_case_in_both_languages(case, county, login, freeze):
    freeze("2026-04-20")
    clocks = login(county.first).get(f"/api/v1/cases/{case.pk}/").json()["clocks"]
    assert clocks
    for row in clocks:
        assert row["sentences"]["zh"][-1].startswith("依据")
        assert row["sentences"]["en"][-1].startswith("Basis")


def test_both_doors_know_what_if(case, county):
    door = RestDoor(county)
    door.case_id = case.pk
    with at("2026-04-20T09:00"):
        assert door.do(Step("2026-04-20T09:00", "first", "what-if", {})).status_code == 200
