"""The deadline board shows every open clock of one's scope by urgency; the feed follows the person."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from cases.clocks import services
from cases.clocks.levels import levels
from cases.dossier import law_book
from cases.dossier.figures import LawSetting
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.periods import feed
from tests.clocks.conftest import clock_of, moment
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.models import Officer, RoleGrant
from townships.roles import Role

pytestmark = pytest.mark.django_db
DUE = date(2026, 6, 3)


def shown(login, officer, **query) -> str:
    return login(officer).get("/deadlines/", query).content.decode()


@pytest.mark.parametrize(
    ("today", "level"),
    [
        ("2026-05-20", "green"),
        ("2026-05-29", "yellow"),
        ("2026-06-02", "red"),
        ("2026-06-03", "red"),
        ("2026-06-04", "overdue"),
    ],
)
def test_a_clock_stands_in_exactly_one_level(case, county, login, freeze, today, level):
    freeze(today)
    for name in ("overdue", "red", "yellow", "green", "open"):
        assert (case.number in shown(login, county.first, level=name)) == (name == level), name


def test_the_county_sets_how_near_is_near(case, county, login, freeze):
    LawSetting.objects.create(
        key="warning.yellow",
        value={"value": 10, "unit": "day", "keys": {}},
        article="本县规定",
        source="测试",
        valid_from=date(2026, 1, 1),
        proposed_by=county.clerk,
        approved_by=county.head,
    )
    law_book.forget()
    freeze("2026-05-21")
    assert case.number in shown(login, county.first, level="yellow")


def test_levels_never_overlap_and_miss_no_day():
    on = date(2026, 2, 10)
    found = levels(on)
    for shift in range(-5, 40):
        assert found.of(on + timedelta(days=shift)) in {"overdue", "red", "yellow", "green"}
    assert found.of(None) == "open"
    assert found.red_until <= found.yellow_until


def test_a_suspended_clock_stands_among_the_open_ones(case, county, login, freeze):
    clock = clock_of(case)
    clock.due_on = None
    clock.save(update_fields=["due_on"])
    freeze("2026-05-20")
    assert case.number in shown(login, county.first, level="open")


def test_the_board_shows_ones_own_scope_only(case, county, login, freeze):
    freeze("2026-05-20")
    elsewhere = OfficerFactory(body=BodyFactory(), roles=[Role.HEAD])
    assert case.number in shown(login, county.head)
    assert case.number in shown(login, county.supervisor)
    assert case.number not in shown(login, elsewhere)
    colleague = OfficerFactory(body=county.township, roles=[Role.TOWNSHIP_OFFICER])
    assert case.number not in shown(login, colleague), "an officer's board holds their own cases"


def test_the_board_of_a_county_holds_the_open_cases_of_that_county(case, county, login, freeze):
    freeze("2026-05-20")
    elsewhere = OfficerFactory(county_id=330199, roles=[Role.SUPERVISOR])
    assert case.number not in shown(login, elsewhere)
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, is_open=False)
    assert case.number not in shown(login, county.supervisor)


def test_a_clock_lies_in_the_county_of_its_case(case):
    Case.objects.filter(pk=case.pk).update(county_id=330199)
    begun = services.foreseen(Case.objects.get(pk=case.pk), ["case_decision"], at=moment("2026-05-01T09:00"))
    assert [clock.county_id for clock in begun] == [330199]


@pytest.mark.parametrize(
    ("by", "word"), [("person", "赵敏"), ("body", "青禾镇"), ("kind", "penalty_decision")]
)
def test_the_board_groups_by_person_body_and_kind(case, county, login, freeze, by, word):
    freeze("2026-05-20")
    page = shown(login, county.head, group=by)
    assert word in page
    assert f"{by}=" in page


def test_the_rows_of_a_group_open_from_its_name(case, county, login, freeze):
    freeze("2026-05-20")
    assert case.number in shown(login, county.head, person=county.first.pk)
    assert case.number not in shown(login, county.head, person=county.leader.pk)
    assert case.number in shown(login, county.head, kind="penalty_decision_90d_mohurd")


def test_the_board_costs_the_same_for_one_clock_and_many(
    case, county, login, freeze, django_assert_max_num_queries
):
    freeze("2026-05-20")
    browser = login(county.head)
    browser.get("/deadlines/")
    with django_assert_max_num_queries(22):
        browser.get("/deadlines/")


def feed_of(officer) -> str:
    return reverse("feed_read", args=[feed.open_feed(officer=officer, at=moment("2026-05-01T09:00"))])


def test_the_feed_opens_in_a_calendar_with_the_persons_deadlines_and_no_party(case, county, freeze):
    freeze("2026-05-20")
    answer = Client().get(feed_of(county.first))
    assert answer["Content-Type"].startswith("text/calendar")
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    (entry,) = [entry for entry in entries if case.number in entry["SUMMARY"]]
    assert entry["DTSTART"].dt == DUE
    assert entry["DTEND"].dt == DUE + timedelta(days=1)
    assert entry["UID"].startswith(f"clock-{clock_of(case).pk}@")
    assert case.party_name not in answer.content.decode()


def test_a_revoked_or_replaced_address_opens_nothing(case, county, login, freeze):
    freeze("2026-05-20")
    first = feed_of(county.first)
    second = feed_of(county.first)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert login(county.first).post("/deadlines/feed/close/").status_code == 302
    assert Client().get(second).status_code == 404


def test_an_unknown_address_or_a_person_who_left_opens_nothing(case, county, freeze):
    freeze("2026-05-20")
    assert Client().get("/calendar/guess.ics").status_code == 404
    address = feed_of(county.first)
    for gone in ({"serves_to": date(2026, 5, 19)}, {"is_active": False}):
        assert Client().get(address).status_code == 200
        Officer.objects.filter(pk=county.first.pk).update(**gone)
        assert Client().get(address).status_code == 404
        Officer.objects.filter(pk=county.first.pk).update(serves_to=None, is_active=True)


def test_the_feed_ends_with_the_role(case, county, freeze):
    freeze("2026-05-20")
    address = feed_of(county.first)
    RoleGrant.objects.filter(officer=county.first).update(valid_to=date(2026, 5, 10))
    assert case.number not in Client().get(address).content.decode()


def test_the_secret_is_shown_once_and_never_stored(county, login, freeze):
    freeze("2026-05-20")
    browser = login(county.first)
    made = browser.post("/deadlines/feed/open/").content.decode()
    secret = made.split("/calendar/")[1].split(".ics")[0]
    assert secret not in browser.get("/deadlines/feed/").content.decode()
    assert feed.present(county.first).digest != secret
    assert Client().get(f"/calendar/{secret}.ics").status_code == 200
