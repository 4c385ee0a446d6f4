"""听证: chaired by whom the body may appoint; ended only by the paper that its end needs."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from cases.dossier.stages import Stage
from tests.cases.standing import again, denied, do, done, standing_at
from tests.doors.drivers import BACKEND, at
from tests.doors.script import Step, proof
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.models import RoleGrant
from townships.roles import Role

laid = standing_at("record-statement")


@pytest.fixture
def asked(standing):
    request = {"made_at": "2026-03-13T10:00", "content": "请求听证。"}
    done(standing, Step("2026-03-13T11:00", "first", "request-hearing", request))
    return standing


def schedule(door, **changes) -> Step:
    values = {
        "scheduled_at": "2026-03-25T09:00",
        "place": "镇政府",
        "chair": door.county.reviewer.pk,
        "recorder": "记录员",
        "is_public": True,
    }
    return Step("2026-03-13T14:00", "first", "schedule-hearing", {**values, **changes})


def end(at="2026-03-25T12:00", who="reviewer", **changes) -> Step:
    values = {"outcome": "held", "record": "双方质证、辩论。", "report": "维持。", "signature": "当事人签名"}
    return Step(at, who, "conclude-hearing", {**values, **changes})


@pytest.mark.parametrize(
    ("move", "code"),
    [
        ("submit-review", "review_after_hearing"),
        ("decide", "hearing_held_if_requested"),
        ("record-discussion", "wrong_stage"),
        ("renotify", "wrong_stage"),
    ],
)
def test_a_case_with_a_hearing_asked_for_moves_nowhere_else(asked, move, code):
    renotify = Step("2026-04-20T09:00", "first", "renotify", {"reason": "略过听证"})
    denied(asked, code, "", renotify if move == "renotify" else again(asked, move, at="2026-04-20T09:00"))


def test_less_than_seven_working_days_of_notice_is_too_short(asked):
    denied(asked, "hearing_notice_7wd", "第六十四条", schedule(asked, scheduled_at="2026-03-24T09:00"))
    done(asked, schedule(asked))


def test_a_chair_comes_from_those_the_body_may_appoint(asked):
    other = BodyFactory()
    stranger = OfficerFactory(body=other, roles=[Role.LEGAL_REVIEWER])
    denied(asked, "hearing_chair_not_investigator", "第六十四条", schedule(asked, chair=stranger.pk))
    assert do(asked, schedule(asked, chair=asked.county.first.pk)).status_code == 400
    RoleGrant.objects.filter(officer=asked.county.reviewer).update(valid_to="2026-03-12")
    denied(asked, "hearing_chair_not_investigator", "第六十四条", schedule(asked))


def test_nobody_but_the_appointed_chair_ends_the_hearing(asked):
    done(asked, schedule(asked))
    other = OfficerFactory(
        username="second_reviewer", body=asked.county.township, roles=[Role.LEGAL_REVIEWER]
    )
    client = Client()
    client.force_login(other, backend=BACKEND)
    with at("2026-03-25T12:00"):
        answer = client.post(
            reverse("api-conclude-hearing", args=[asked.case_id]),
            end().values,
            content_type="application/json",
        )
    assert answer.status_code == 409
    assert answer.json()["code"] == "hearing_chair_not_investigator"
    assert asked.case().stage == Stage.HEARING


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"outcome": "withdrawn", "record": "", "signature": ""}, "hearing_record_signed"),
        ({"outcome": "withdrawn", "record": "口头", "signature": ""}, "hearing_record_signed"),
        ({"outcome": "absent", "record": "", "signature": ""}, "hearing_record_signed"),
        ({"signature": ""}, "hearing_record_signed"),
        ({"record": ""}, "hearing_record_signed"),
    ],
)
def test_no_hearing_ends_without_its_paper(asked, changes, code):
    done(asked, schedule(asked))
    denied(asked, code, "第六十四条", end(**changes))


def test_nobody_is_absent_or_heard_before_the_hour(asked):
    done(asked, schedule(asked))
    for outcome in ("held", "absent"):
        early = end(at="2026-03-24T12:00", outcome=outcome)
        denied(asked, "hearing_held_if_requested", "第六十三条", early)


def test_a_hearing_never_notified_is_neither_held_nor_missed(asked):
    for outcome in ("held", "absent"):
        denied(asked, "hearing_notice_7wd", "第六十四条", end(outcome=outcome))


def serve(door, served_at: str) -> Step:
    paper = door.case().instruments.get(kind="hearing_notice")
    return Step("2026-03-16T17:00", "first", "serve-document", {**proof(served_at), "instrument": paper.pk})


def test_nobody_is_absent_from_a_hearing_of_which_no_notice_reached_them(asked):
    done(asked, schedule(asked))
    absent = end(outcome="absent", record="当事人未到场。", signature="主持人、记录人签名")
    denied(asked, "hearing_notice_7wd", "第六十四条", absent)
    done(asked, serve(asked, "2026-03-16T10:00"))
    # Notified on Monday the 16th for Wednesday the 25th: six working days lie between.
    denied(asked, "hearing_notice_7wd", "第六十四条", absent)


def test_a_party_notified_in_time_may_be_absent(asked):
    done(asked, schedule(asked, scheduled_at="2026-03-27T09:00"))
    done(asked, serve(asked, "2026-03-16T10:00"))
    absent = {"outcome": "absent", "record": "当事人未到场。", "signature": "主持人、记录人签名"}
    case = done(asked, end(at="2026-03-27T12:00", **absent))
    assert case.stage == Stage.NOTIFIED


def test_a_document_is_served_once_and_only_what_must_be_served(asked):
    done(asked, schedule(asked))
    first = serve(asked, "2026-03-16T10:00")
    done(asked, first)
    assert do(asked, first).status_code == 400
    report = asked.case().instruments.get(kind="investigation_report")
    assert do(asked, replace(first, values={**first.values, "instrument": report.pk})).status_code == 400
