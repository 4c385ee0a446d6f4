"""All amounts on one page: by place, sector, party and day; two people, history, any day; and by REST."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from audit.selectors import trail_of
from cases.dossier import law_book, law_settings
from cases.dossier.figures import LawSetting
from cases.oversight.thresholds import lines
from law.errors import LawError, RuleViolation
from law.thresholds import hearing_threshold, major_threshold
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PLACE = "331199"
PAPER = {"article": "本县规定第三条", "source": "青政发〔2026〕3号", "valid_from": "2026-04-01"}
API = "/api/v1/law/"


@pytest.fixture(autouse=True)
def county():
    law_book.forget()
    yield CountyFactory()
    law_book.forget()


@pytest.fixture
def lawyers(db):
    return [OfficerFactory(name=name, body=None, roles=[Role.LEGAL_DEPARTMENT]) for name in ("甲", "乙")]


@pytest.fixture
def api(db):
    def start(officer):
        client = APIClient()
        client.force_authenticate(officer)
        return client

    return start


def put_in_force(lawyers, capture, key, amount, *, valid_from=date(2026, 4, 1), unit="yuan", **keys):
    setting = law_settings.propose(
        actor=lawyers[0],
        at=AT,
        key=key,
        article="本县规定第三条",
        source="青政发〔2026〕3号",
        valid_from=valid_from,
        value={"value": amount, "unit": unit, "keys": {"place": PLACE, **keys}},
    )
    with capture(execute=True):
        return law_settings.approve(setting=setting, actor=lawyers[1], at=AT)


def line(key, *, on, party_type="", sector="national"):
    found = [
        row
        for row in lines(PLACE, on=on)
        if (row.figure.key, row.party_type, row.sector) == (key, party_type, sector)
    ]
    return found[0] if found else None


def test_the_statutes_own_amounts_stand_on_the_page_and_what_is_unknown_is_said_to_be():
    on = date(2026, 5, 1)
    assert line("summary.fine_cap", on=on, party_type="citizen").amount == "200 元"
    assert line("summary.fine_cap", on=on, party_type="organisation").amount == "3,000 元"
    assert line("onsite.collection_cap", on=on).amount == "100 元"
    assert line("surcharge.daily_rate", on=on).amount == "3%"
    assert line("surcharge.cap", on=on).amount == "100%"
    assert line("hearing.fine", on=on, party_type="citizen").found is None
    assert line("hearing.fine", on=on, party_type="citizen", sector="samr").amount == "10,000 元"
    assert line("major.fine", on=on, party_type="citizen").found is None


def test_the_page_shows_the_amounts_of_any_day_with_those_before_and_to_come(
    lawyers, login, django_capture_on_commit_callbacks
):
    keys = {"party_type": "citizen"}
    put_in_force(lawyers, django_capture_on_commit_callbacks, "hearing.fine", "8000", **keys)
    put_in_force(
        lawyers,
        django_capture_on_commit_callbacks,
        "hearing.fine",
        "12000",
        valid_from=date(2026, 7, 1),
        **keys,
    )
    assert line("hearing.fine", on=date(2026, 3, 31), **keys).found is None
    june = line("hearing.fine", on=date(2026, 6, 30), **keys)
    assert (june.amount, june.coming.value) == ("8,000 元", Decimal(12000))
    july = line("hearing.fine", on=date(2026, 7, 1), **keys)
    assert (july.amount, july.coming, len(july.versions)) == ("12,000 元", None, 2)
    browser = login(lawyers[0])
    assert "8,000 元" in browser.get("/settings/law/?on=2026-06-30").content.decode()
    page = browser.get("/settings/law/?on=2026-07-01").content.decode()
    assert "12,000 元" in page
    assert "已失效" in page
    assert browser.get("/settings/law/?on=nonsense").status_code == 200


def test_sector_and_place_together_go_before_the_sector_and_the_sector_before_the_place(
    lawyers, django_capture_on_commit_callbacks
):
    def found(sector):
        asked = {"on": date(2026, 5, 1), "party_type": "citizen", "place": PLACE, "sector": sector}
        return Decimal(hearing_threshold(book=law_book.law_book(), **asked).value)

    capture = django_capture_on_commit_callbacks
    put_in_force(lawyers, capture, "hearing.fine", "8000", party_type="citizen")
    assert (found("mohurd"), found("samr")) == (8000, 10000)
    put_in_force(lawyers, capture, "hearing.fine", "6000", party_type="citizen", sector="samr")
    assert (found("mohurd"), found("samr")) == (8000, 6000)


def test_the_place_may_count_a_fine_as_major_from_an_amount(lawyers, django_capture_on_commit_callbacks):
    asked = {"on": date(2026, 5, 1), "party_type": "organisation", "place": PLACE}
    assert major_threshold(book=law_book.law_book(), **asked) is None
    put_in_force(
        lawyers, django_capture_on_commit_callbacks, "major.fine", "50000", party_type="organisation"
    )
    assert major_threshold(book=law_book.law_book(), **asked).value == 50000
    assert line("major.fine", on=date(2026, 5, 1), party_type="organisation").level == "本县"


@pytest.mark.parametrize(
    ("key", "amount", "unit", "keys"),
    [
        ("summary.fine_cap", "500", "yuan", {"party_type": "citizen"}),
        ("summary.fine_cap", "100", "yuan", {"party_type": "citizen"}),
        ("onsite.collection_cap", "200", "yuan", {}),
        ("surcharge.daily_rate", "0.05", "rate", {}),
        ("surcharge.cap", "2", "rate", {}),
    ],
)
def test_what_the_statute_fixes_is_not_set_anew_by_a_place_unless_the_statute_changed(
    lawyers, key, amount, unit, keys
):
    value = {"value": amount, "unit": unit, "keys": {"place": PLACE, **keys}}
    paper = {**PAPER, "valid_from": date(2026, 4, 1)}
    with pytest.raises(RuleViolation) as refused:
        law_settings.propose(actor=lawyers[0], at=AT, key=key, value=value, **paper)
    assert refused.value.code == "figure_fixed_by_statute"
    assert refused.value.article
    assert refused.value.unblock
    assert not LawSetting.objects.exists()
    made = law_settings.propose(actor=lawyers[0], at=AT, key=key, value={**value, "amended": True}, **paper)
    assert made.value["amended"] is True


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("no.such", {"value": "1", "unit": "yuan", "keys": {}}),
        ("hearing.fine", {"value": "0", "unit": "yuan", "keys": {}}),
        ("hearing.fine", {"value": "-5", "unit": "yuan", "keys": {}}),
        ("hearing.fine", {"value": "NaN", "unit": "yuan", "keys": {}}),
        ("hearing.fine", {"value": "many", "unit": "yuan", "keys": {}}),
        ("clock.no_such", {"length": 3}),
        ("counting.no_such", {"roll": "forward"}),
        ("counting.fine_payment_15d", {"length": 3}),
        ("counting.fine_payment_15d", {"roll": "backward"}),
        ("counting.fine_payment_15d", {"extension_from": "rolled"}),
    ],
)
def test_a_setting_that_the_law_does_not_know_is_refused(lawyers, key, value):
    with pytest.raises(LawError):
        law_settings.propose(
            actor=lawyers[0], at=AT, key=key, value=value, **{**PAPER, "valid_from": date(2026, 4, 1)}
        )
    assert not LawSetting.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"key": "hearing.fine", "party_type": "", "amount": "5000"}, "party_type"),
        ({"key": "onsite.collection_cap", "party_type": "citizen", "amount": "100"}, "party_type"),
        ({"key": "summary.fine_cap", "party_type": "citizen", "sector": "samr", "amount": "200"}, "sector"),
        ({"key": "hearing.fine", "party_type": "citizen", "sector": "police", "amount": "5000"}, "sector"),
        ({"key": "discussion.quorum", "party_type": "citizen", "amount": "5000"}, "key"),
        ({"key": "hearing.fine", "party_type": "citizen", "amount": "0"}, "amount"),
    ],
)
def test_both_doors_name_the_field_that_is_wrong_and_keep_nothing(lawyers, login, api, fields, field):
    response = login(lawyers[0]).post("/settings/law/propose/", {**fields, **PAPER})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    response = api(lawyers[0]).post(f"{API}thresholds/", {**fields, **PAPER}, format="json")
    assert response.status_code == 400
    assert field in response.json()["errors"]
    assert not LawSetting.objects.exists()


def test_two_people_put_an_amount_in_force_by_rest_and_the_trail_tells_both(
    lawyers, api, django_capture_on_commit_callbacks
):
    one, two = api(lawyers[0]), api(lawyers[1])
    fields = {"key": "hearing.fine", "party_type": "citizen", "amount": "9000", **PAPER}
    made = one.post(f"{API}thresholds/", fields, format="json")
    assert made.status_code == 201
    assert made.json()["state"] == "pending"
    approve = f"{API}settings/{made.json()['id']}/approve/"
    refused = one.post(approve)
    assert (refused.status_code, refused.json()["code"]) == (409, "second_person_required")
    with django_capture_on_commit_callbacks(execute=True):
        assert two.post(approve).json()["approved_by"] == "乙"
    answer = one.get(f"{API}thresholds/?on=2026-04-01&key=hearing.fine&party_type=citizen&sector=national")
    [row] = answer.json()["thresholds"]
    assert (row["value"], row["level"], row["article"]) == ("9000", "本县", "本县规定第三条")
    before = one.get(f"{API}thresholds/?on=2026-03-31&key=hearing.fine&party_type=citizen&sector=national")
    assert before.json()["thresholds"][0]["value"] is None
    assert before.json()["thresholds"][0]["coming"]["valid_from"] == "2026-04-01"
    assert [event.actor_name for event in trail_of("law-settings")] == ["乙", "甲"]
    [kept] = one.get(f"{API}settings/?key=hearing.fine").json()
    assert (kept["proposed_by"], kept["approved_by"]) == ("甲", "乙")


def test_a_figure_of_the_statute_is_refused_by_both_doors_with_its_article(lawyers, login, api):
    fields = {"key": "surcharge.daily_rate", "amount": "5", **PAPER}
    page = login(lawyers[0]).post("/settings/law/propose/", fields)
    assert page.status_code == 409
    assert "行政处罚法第七十二条" in page.content.decode()
    answer = api(lawyers[0]).post(f"{API}thresholds/", fields, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "figure_fixed_by_statute")
    assert not LawSetting.objects.exists()


def test_others_may_read_but_neither_propose_nor_approve(lawyers, api):
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    assert api(officer).get(f"{API}thresholds/").status_code == 200
    assert api(officer).post(f"{API}thresholds/", {}, format="json").status_code == 403
    assert api(officer).post(f"{API}rules/", {}, format="json").status_code == 403
    assert api(officer).post(f"{API}settings/1/approve/").status_code == 403
    assert api(officer).get(f"{API}thresholds/?on=soon").status_code == 400
