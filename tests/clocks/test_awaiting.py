"""Defaults of low confidence are listed until the county confirms each with a second person."""

from datetime import UTC, date, datetime

import pytest

from cases.dossier import law_book, law_settings
from cases.dossier.figures import LawSetting
from law.parameters import find_parameter
from law.time_limits import due
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
PAPER = {"article": "本县办案期限规定第二条", "source": "青政发〔2026〕5号", "valid_from": "2026-01-01"}
KEY, NAME = "clock.legal_review_national", '<th scope="row">法制审核期限</th>'


@pytest.fixture
def lawyers(db):
    CountyFactory()
    return [OfficerFactory(name=name, body=None, roles=[Role.LEGAL_DEPARTMENT]) for name in ("甲", "乙")]


def confirm(browser, **more):
    return browser.post("/settings/law/awaiting/confirm/", {"key": KEY, "value": "4", **PAPER, **more})


def test_every_default_clock_and_value_of_the_place_is_listed(lawyers, login):
    page = login(lawyers[0]).get("/settings/law/awaiting/").content.decode()
    for clock in law_book.law_book().awaiting_confirmation():
        assert f"clock.{clock.id}" in page
    assert "discussion.quorum" in page
    assert 'name="key" value="hearing.fine"' not in page, "another province's figure is not ours to confirm"


def test_what_no_source_tells_is_asked_of_the_county_until_two_people_entered_it(
    lawyers, login, django_capture_on_commit_callbacks
):
    one, two = login(lawyers[0]), login(lawyers[1])
    page = one.get("/settings/law/awaiting/").content.decode()
    enter = "/settings/law/?key=hearing.fine&amp;party_type=citizen"
    assert enter in page
    assert "/settings/law/rules/" in page
    prefilled = one.get("/settings/law/?key=hearing.fine&party_type=citizen").content.decode()
    assert '<option value="citizen" selected>' in prefilled
    with django_capture_on_commit_callbacks(execute=True):
        one.post(
            "/settings/law/propose/",
            {"key": "hearing.fine", "party_type": "citizen", "amount": "5000", **PAPER},
        )
        assert enter in one.get("/settings/law/awaiting/").content.decode()
        two.post(f"/settings/law/{LawSetting.objects.get().pk}/approve/")
    law_book.forget()
    page = one.get("/settings/law/awaiting/").content.decode()
    assert enter not in page
    assert "/settings/law/?key=hearing.fine&amp;party_type=organisation" in page


def test_a_default_leaves_the_list_only_when_a_second_person_approved_it(
    lawyers, login, django_capture_on_commit_callbacks
):
    one, two = login(lawyers[0]), login(lawyers[1])
    assert confirm(one).status_code == 302
    setting = LawSetting.objects.get(key=KEY)
    page = one.get("/settings/law/awaiting/").content.decode()
    assert NAME in page
    assert "待第二人核准" in page
    with django_capture_on_commit_callbacks(execute=True):
        one.post(f"/settings/law/{setting.pk}/approve/")
    law_book.forget()
    assert NAME in one.get("/settings/law/awaiting/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        two.post(f"/settings/law/{setting.pk}/approve/")
    assert NAME not in one.get("/settings/law/awaiting/").content.decode()
    found = due("legal_review_national", trigger=date(2026, 3, 2), book=law_book.law_book())
    assert found.due_on == date(2026, 3, 6)


def test_a_confirmed_value_holds_and_leaves_the_list(lawyers, login, django_capture_on_commit_callbacks):
    one, two = login(lawyers[0]), login(lawyers[1])
    confirm(one, key="execution.night_from", value="21")
    setting = LawSetting.objects.get(key="execution.night_from")
    with django_capture_on_commit_callbacks(execute=True):
        two.post(f"/settings/law/{setting.pk}/approve/")
    assert "execution.night_from" not in one.get("/settings/law/awaiting/").content.decode()


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("authority.after_empowerment", "block", "warn"),
        ("authority.after_delegation", "warn", "block"),
        ("authority.empowerment_ended", "stays", "moves"),
    ],
)
def test_who_may_act_after_a_hand_over_is_changed_by_two_people_alone(
    lawyers, login, django_capture_on_commit_callbacks, key, before, after
):
    def in_force():
        law_book.forget()
        return find_parameter(key, on=date(2026, 3, 2), book=law_book.law_book()).value

    one, two = login(lawyers[0]), login(lawyers[1])
    assert confirm(one, key=key, value="perhaps").status_code == 422
    assert confirm(one, key=key, value=after).status_code == 302
    setting = LawSetting.objects.get(key=key)
    for browser, expected in ((one, before), (two, after)):
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(f"/settings/law/{setting.pk}/approve/")
        assert in_force() == expected


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (KEY, "0"),
        (KEY, "-3"),
        (KEY, "三"),
        (KEY, ""),
        ("execution.night_from", "25"),
        ("party.sole_trader_counts_as", "dog"),
        ("clock.penalty_decision_90d", "60"),
        ("clock.no_such", "5"),
    ],
)
def test_a_value_that_does_not_fit_its_key_is_refused_and_nothing_is_kept(lawyers, login, key, value):
    assert confirm(login(lawyers[0]), key=key, value=value).status_code == 422
    assert not LawSetting.objects.exists()


def test_others_may_look_but_not_confirm(lawyers, login):
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    assert login(officer).get("/settings/law/awaiting/").status_code == 200
    assert confirm(login(officer)).status_code == 403
    assert not LawSetting.objects.exists()


def test_a_later_length_ends_the_earlier_one_and_each_day_has_one(
    lawyers, login, django_capture_on_commit_callbacks
):
    one, two = login(lawyers[0]), login(lawyers[1])
    with django_capture_on_commit_callbacks(execute=True):
        confirm(one)
        two.post(f"/settings/law/{LawSetting.objects.get().pk}/approve/")
        first = LawSetting.objects.get()
        again = law_settings.propose(
            actor=lawyers[0],
            at=datetime(2026, 5, 1, tzinfo=UTC),
            key=KEY,
            value={"length": 3, "keys": {}},
            **{**PAPER, "valid_from": date(2026, 6, 1)},
        )
        two.post(f"/settings/law/{again.pk}/approve/")
    law_book.forget()
    first.refresh_from_db()
    assert first.valid_to == date(2026, 6, 1)
    book = law_book.law_book()
    assert due("legal_review_national", trigger=date(2026, 3, 2), book=book).length == 4
    assert due("legal_review_national", trigger=date(2026, 6, 1), book=book).length == 3
