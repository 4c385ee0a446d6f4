"""F086: a county chooses the rules of its area, and readings for a clock, by two people and from a day on."""

from datetime import UTC, date, datetime

import pytest
from rest_framework.test import APIClient

from audit.selectors import trail_of
from cases.dossier import law_book, law_settings
from cases.dossier.figures import LawSetting
from cases.dossier.law_book import profile_of
from cases.oversight.rules_in_force import kind_lines
from desk import clock as desk_clock
from law.errors import RuleViolation
from law.time_limits import due
from tests.clocks.conftest import moment, start
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PAPER = {"article": "浙江省综合行政执法条例", "source": "省人大常委会公告", "valid_from": date(2026, 4, 1)}
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyers(db):
    CountyFactory()
    return [OfficerFactory(name=name, body=None, roles=[Role.LEGAL_DEPARTMENT]) for name in ("甲", "乙")]


def chosen(lawyers, capture, profile, *, valid_from=AFTER, at=AT):
    value = {"value": profile, "unit": "text", "keys": {}}
    paper = {**PAPER, "valid_from": valid_from}
    setting = law_settings.propose(actor=lawyers[0], at=at, key="profile.local", value=value, **paper)
    with capture(execute=True):
        return law_settings.approve(setting=setting, actor=lawyers[1], at=at)


def kind(name, sector, on):
    return next(line for line in kind_lines(sector, on=on) if line.kind == name)


def test_the_rules_of_the_area_answer_from_the_chosen_day_on_and_may_be_left_again(
    lawyers, django_capture_on_commit_callbacks
):
    chosen(lawyers, django_capture_on_commit_callbacks, "zhejiang")
    assert profile_of("农业农村", on=BEFORE) == "national"
    assert profile_of("农业农村", on=AFTER) == "zhejiang"
    assert profile_of("市场监管", on=AFTER) == "samr+zhejiang"
    assert profile_of("城市管理", on=AFTER) == "mohurd+zhejiang"
    chosen(lawyers, django_capture_on_commit_callbacks, "national", valid_from=date(2026, 7, 1))
    assert profile_of("农业农村", on=date(2026, 6, 30)) == "zhejiang"
    assert profile_of("农业农村", on=date(2026, 7, 1)) == "national"
    assert [event.actor_name for event in trail_of("law-settings")] == ["乙", "甲", "乙", "甲"]


def test_the_most_specific_rule_wins_and_those_behind_it_are_shown(
    lawyers, django_capture_on_commit_callbacks
):
    chosen(lawyers, django_capture_on_commit_callbacks, "zhejiang")
    own = kind("jurisdiction_negotiation", "national", AFTER)
    assert (own.profile.id, own.clock.id) == ("zhejiang", "dispute_coordination_zhejiang")
    sector = kind("jurisdiction_negotiation", "mohurd", AFTER)
    assert (sector.profile.id, [item.id for item, _ in sector.behind]) == ("mohurd", ["zhejiang"])
    assert not [line for line in kind_lines("national", on=BEFORE) if line.kind == "qualification"]


def test_a_county_of_another_province_chooses_its_own_and_no_other(
    lawyers, django_capture_on_commit_callbacks
):
    CountyFactory().__class__.objects.update(place="310115")
    with pytest.raises(RuleViolation) as refused:
        chosen(lawyers, django_capture_on_commit_callbacks, "zhejiang")
    assert refused.value.code == "profile_of_another_area"
    assert not LawSetting.objects.exists()
    chosen(lawyers, django_capture_on_commit_callbacks, "shanghai")
    assert profile_of("城市管理", on=AFTER) == "mohurd+shanghai"
    assert profile_of("市场监管", on=AFTER) == "samr"
    assert kind("transfer_case", "mohurd", AFTER).clock.id == "transfer_lead_3wd_shanghai"
    assert kind("transfer_case", "samr", AFTER).clock.id == "transfer_case_default"


def test_a_choice_neither_reaches_back_nor_holds_without_a_second_person(
    lawyers, django_capture_on_commit_callbacks
):
    value = {"value": "zhejiang", "unit": "text", "keys": {}}
    setting = law_settings.propose(actor=lawyers[0], at=AT, key="profile.local", value=value, **PAPER)
    assert profile_of("农业农村", on=AFTER) == "national"
    with pytest.raises(RuleViolation) as refused:
        law_settings.approve(setting=setting, actor=lawyers[0], at=AT)
    assert refused.value.code == "second_person_required"
    with pytest.raises(RuleViolation) as refused:
        law_settings.approve(setting=setting, actor=lawyers[1], at=datetime(2026, 4, 2, tzinfo=UTC))
    assert refused.value.code == "profile_reaches_back"
    setting.refresh_from_db()
    assert setting.approved_by is None


def test_clocks_that_started_before_keep_their_rules(case, lawyers, django_capture_on_commit_callbacks):
    event = trail_of(case.chain)[0]
    CountyFactory().__class__.objects.update(place="310115")
    [before] = start(case, ["transfer_case"], event=event, at=moment("2026-03-30T10:00"))
    chosen(lawyers, django_capture_on_commit_callbacks, "shanghai")
    before.refresh_from_db()
    assert before.clock_id == "transfer_case_default"
    [after] = start(case, ["transfer_case"], event=event, at=moment("2026-04-28T10:00"))
    assert (after.clock_id, after.due_on) == ("transfer_lead_3wd_shanghai", date(2026, 5, 6))


def test_two_people_choose_on_the_page(lawyers, login, django_capture_on_commit_callbacks):
    one, two = login(lawyers[0]), login(lawyers[1])
    today = desk_clock.today()
    page = one.get("/settings/law/rules/").content.decode()
    assert "本县尚未选定" in page
    assert "浙江省综合行政执法" in page
    assert "上海市" not in page
    fields = {**PAPER, "profile": "zhejiang", "valid_from": today.isoformat()}
    with django_capture_on_commit_callbacks(execute=True):
        assert one.post("/settings/law/rules/choose/", {**fields, "profile": "shanghai"}).status_code == 422
        assert one.post("/settings/law/rules/choose/", fields).status_code == 302
        setting = LawSetting.objects.get()
        back = {"next": "/settings/law/rules/"}
        assert two.post(f"/settings/law/{setting.pk}/approve/", back).url == "/settings/law/rules/"
    page = two.get("/settings/law/rules/?sector=mohurd").content.decode()
    assert "适用：浙江省综合行政执法" in page
    assert "执法职责争议协调" in page
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    assert login(officer).get("/settings/law/rules/").status_code == 200
    assert login(officer).post("/settings/law/rules/choose/", fields).status_code == 403


def test_the_interface_tells_the_rules_of_a_day_and_takes_a_choice(
    lawyers, django_capture_on_commit_callbacks
):
    client = APIClient()
    client.force_authenticate(lawyers[0])
    assert client.get("/api/v1/law/rules/").json()["choosable"] == ["zhejiang"]
    sent = {**PAPER, "profile": "zhejiang", "valid_from": "2026-04-01"}
    made = client.post("/api/v1/law/rules/", sent, format="json")
    assert made.status_code == 201
    with django_capture_on_commit_callbacks(execute=True):
        law_settings.approve(setting=LawSetting.objects.get(), actor=lawyers[1], at=AT)
    answer = client.get("/api/v1/law/rules/?on=2026-04-01&sector=samr").json()
    assert answer["local"] == "zhejiang"
    [row] = [row for row in answer["kinds"] if row["kind"] == "jurisdiction_negotiation"]
    assert (row["profile"], row["behind"][0]["profile"]) == ("samr", "zhejiang")
    assert client.get("/api/v1/law/rules/?on=2026-03-31").json()["local"] is None
    assert client.get("/api/v1/law/rules/?sector=moon").status_code == 400


RULE = "/settings/law/clocks/"


def test_another_reading_of_one_clock_is_proposed_approved_and_moves_its_dates(
    lawyers, login, django_capture_on_commit_callbacks
):
    one, two = login(lawyers[0]), login(lawyers[1])
    fields = {**PAPER, "roll": "forward", "valid_from": "2026-01-01"}
    page = one.get(f"{RULE}penalty_decision_90d/").content.decode()
    assert "不顺延" in page
    assert "不得延长" in page
    with django_capture_on_commit_callbacks(execute=True):
        assert one.post(f"{RULE}penalty_decision_90d/", fields).status_code == 302
        two.post(f"/settings/law/{LawSetting.objects.get().pk}/approve/")
    law_book.forget()
    found = due("penalty_decision_90d", trigger=date(2026, 3, 2), book=law_book.law_book())
    assert found.due_on == date(2026, 6, 1)
    assert (
        due(
            "penalty_decision_90d", trigger=date(2025, 12, 31), book=law_book.law_book()
        ).clock.convention.roll
        == "none"
    )
    assert "本县改定" in two.get(f"{RULE}penalty_decision_90d/").content.decode()


def test_a_provinces_grounds_and_ladder_may_be_given_to_the_national_ninety_days(
    lawyers, login, django_capture_on_commit_callbacks
):
    fields = {
        **PAPER,
        "grounds": ["testing", "hearing"],
        "head_days": "30",
        "collective_days": "30",
        "valid_from": "2026-01-01",
    }
    with django_capture_on_commit_callbacks(execute=True):
        login(lawyers[0]).post(f"{RULE}penalty_decision_90d/", fields)
        login(lawyers[1]).post(f"/settings/law/{LawSetting.objects.get().pk}/approve/")
    law_book.forget()
    rule = law_book.law_book().clock("penalty_decision_90d", on=date(2026, 3, 2))
    assert [(rung.approver, rung.max) for rung in rule.ladder] == [
        ("head", 30),
        ("collective_discussion", 30),
    ]
    assert rule.convention.grounds == ("testing", "hearing")


@pytest.mark.parametrize(
    ("clock_id", "fields", "status"),
    [
        ("penalty_decision_90d", {}, 422),
        ("penalty_decision_90d", {"roll": "sideways"}, 422),
        ("penalty_decision_90d", {"grounds": ["rain"]}, 422),
        ("penalty_decision_90d", {"collective_days": "30"}, 422),
        ("seizure_30d", {"grounds": ["testing"], "roll": "forward"}, 409),
    ],
)
def test_a_reading_that_cannot_be_is_refused_and_nothing_is_kept(lawyers, login, clock_id, fields, status):
    response = login(lawyers[0]).post(f"{RULE}{clock_id}/", {**PAPER, "valid_from": "2026-01-01", **fields})
    assert response.status_code == status
    assert not LawSetting.objects.exists()


def test_every_clock_has_its_page_in_both_languages_and_an_unknown_one_has_none(lawyers, login):
    browser = login(lawyers[0])
    for clock_id in law_book.law_book().clocks:
        assert browser.get(f"{RULE}{clock_id}/").status_code == 200, clock_id
    assert browser.get(f"{RULE}no_such/").status_code == 404
    browser.cookies["django_language"] = "en"
    assert "Urgent measure" in browser.get(f"{RULE}seizure_urgent_approval_24h/").content.decode()
    assert login(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])).post(f"{RULE}sue_6m/", {}).status_code == 403
