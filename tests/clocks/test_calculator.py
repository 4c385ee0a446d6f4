"""The period calculator answers anybody, tells why, and names the field of a bad question."""

import csv
import json
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db
VECTORS = Path(__file__).parent.parent / "data" / "vectors.csv"
URL = "/api/v1/deadlines/preview/"


def ask(**body):
    return Client().post(URL, body, content_type="application/json")


def rows(*kinds: str):
    with VECTORS.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["kind"] in kinds]


def asked(row):
    suspensions = [
        {
            "from": item["from"],
            "to": item.get("to_exclusive") or "",
            "ground": item.get("reason") or "",
            "notified": item.get("notified"),
        }
        for item in json.loads(row["suspensions"] or "[]")
    ]
    return {
        "clock": row["clock_id"],
        "trigger": row["trigger"],
        "profile": row["profile"],
        "suspensions": suspensions,
        "extension": int(row["extension"] or 0),
    }


def test_the_interface_gives_the_worked_dates():
    checked = 0
    for row in rows("due", "suspended", "calendar_unresolved"):
        cache.clear()
        answer = ask(**asked(row))
        assert answer.status_code == 200, (row["id"], answer.content.decode())
        data = answer.json()
        found = data["kind"] if data["provisional"] or data["due_on"] is None else data["due_on"]
        assert found == row["expected_due"], row["id"]
        checked += 1
    assert checked > 50


def test_the_answer_tells_why_in_two_languages_and_day_by_day():
    data = ask(clock="hearing_request_5wd", trigger="2026-02-12T15:00:00+08:00").json()
    assert data["due_on"] == "2026-02-26"
    assert any("春节" in sentence for sentence in data["sentences"]["zh"])
    assert any("Spring Festival" in sentence for sentence in data["sentences"]["en"])
    makeup = next(day for day in data["strip"] if day["day"] == "2026-02-14")
    assert (makeup["role"], makeup["number"]) == ("counted", 2)
    assert data["earliest_act"] == "2026-02-27"


def test_a_kind_of_period_is_looked_up_under_the_profile():
    own = ask(kind="case_decision", profile="samr", trigger="2026-03-02").json()
    assert own["clock"] == "penalty_decision_90d_samr"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"clock": "no_such", "trigger": "2026-03-02"}, "clock"),
        ({"trigger": "2026-03-02"}, "clock"),
        ({"clock": "hearing_request_5wd"}, "trigger"),
        ({"clock": "hearing_request_5wd", "trigger": "2026-02-30"}, "trigger"),
        ({"clock": "hearing_request_5wd", "trigger": "2026-03-02T10:00:00"}, "trigger"),
        ({"clock": "hearing_request_5wd", "trigger": 20260302}, "trigger"),
        ({"clock": "hearing_request_5wd", "trigger": "2026-03-02", "profile": "moon"}, "profile"),
        ({"clock": "penalty_decision_90d", "trigger": "2026-03-02", "extension": 30}, "extension"),
        ({"clock": "penalty_decision_90d_mohurd", "trigger": "2026-03-02", "extension": 91}, "extension"),
        ({"clock": "penalty_decision_90d_mohurd", "trigger": "2026-03-02", "extension": -1}, "extension"),
        ({"clock": "penalty_decision_90d_mohurd", "trigger": "2026-03-02", "extension": "多"}, "extension"),
        (
            {
                "clock": "penalty_decision_90d_samr",
                "trigger": "2026-03-02",
                "suspensions": [{"from": "2026-03-09", "to": "2026-03-03", "ground": "hearing"}],
            },
            "suspensions",
        ),
        ({"clock": "hearing_request_5wd", "trigger": "2026-03-02", "suspensions": "x"}, "suspensions"),
        ({"clock": "sue_6m", "trigger": "9999-12-01"}, "trigger"),
    ],
)
def test_a_bad_question_is_refused_with_its_field(body, field):
    answer = ask(**body)
    assert answer.status_code == 400, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["field"] == field
    assert answer.json()["detail"]


def test_a_body_that_is_no_object_is_refused():
    answer = Client().post(URL, json.dumps([1]), content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["field"] == "body"


def test_a_ground_that_the_rule_does_not_grant_has_no_effect_and_is_said_to_have_none():
    plain = ask(clock="penalty_decision_90d", trigger="2026-03-02").json()
    stopped = ask(
        clock="penalty_decision_90d",
        trigger="2026-03-02",
        suspensions=[{"from": "2026-03-05", "to": "2026-03-25", "ground": "hearing"}],
    ).json()
    assert stopped["due_on"] == plain["due_on"]
    assert any("没有可以扣除的事由" in sentence for sentence in stopped["sentences"]["zh"])


def test_too_many_questions_in_a_minute_are_turned_away():
    answers = [ask(clock="sue_6m", trigger="2026-03-02").status_code for _ in range(61)]
    assert answers[:60] == [200] * 60
    assert answers[60] == 429


def test_the_page_answers_without_login_and_its_address_holds_the_question():
    page = Client().get("/calculator/", {"clock": "hearing_request_5wd", "trigger": "2026-02-12"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "2026年2月26日 星期四" in text
    assert "调休" in text


def test_the_page_stands_in_english_too():
    reader = Client()
    reader.cookies["django_language"] = "en"
    page = reader.get("/calculator/", {"clock": "hearing_request_5wd", "trigger": "2026-02-12"})
    assert "Spring Festival" in page.content.decode()


def test_the_page_says_at_the_field_what_is_wrong():
    page = Client().get(
        "/calculator/", {"clock": "penalty_decision_90d", "trigger": "2026-03-02", "extension": "30"}
    )
    assert page.status_code == 422
    assert "没有可以延长的规定" in page.content.decode()


def test_a_year_without_notice_is_never_guessed_on_the_page():
    page = Client().get("/calculator/", {"clock": "hearing_request_5wd", "trigger": "2031-12-30"})
    assert page.status_code == 200
    assert "不推定" in page.content.decode()


def test_the_login_page_leads_to_the_calculator():
    assert "/calculator/" in Client().get("/login/").content.decode()
