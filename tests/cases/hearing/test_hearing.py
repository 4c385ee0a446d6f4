"""听证: chaired by whom the body may appoint; ended only by the paper that its end needs."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cases.decision.content import hearing_content
from cases.dossier.moves import Move
from cases.dossier.stages import Stage
from cases.flow.nextsteps import next_actions
from cases.hearing.forms import ScheduleForm
from cases.instruments.selectors import unserved
from papers.rendering import render_html
from tests.cases.standing import again, denied, do, done, force, standing_at
from tests.doors.drivers import BACKEND, at
from tests.doors.script import Step, proof
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.models import AuthorityGrant, Officer, RoleGrant, Suspension
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


def called(door, **changes) -> None:
    """Call the hearing, with its notice handed over the same day."""
    done(door, schedule(door, **changes))
    done(door, serve(door, "2026-03-13T15:00"))


def end(at="2026-03-25T12:00", who="reviewer", **changes) -> Step:
    values = {
        "outcome": "held",
        "ended_at": "2026-03-25T11:20",
        "agents": "秦川、吴静",
        "record": "双方质证、辩论。",
        "signature": "当事人签名",
        "defence": "广告牌有安全检测报告，请求从轻。",
        "issues": "检测报告与是否经过批准无关，不予采信。",
        "findings": "广告牌未经批准设置。",
        "advice": "maintain",
        "report": "事实清楚，维持拟处罚意见。",
    }
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
    """F106: seven working days of notice."""
    denied(asked, "hearing_notice_7wd", "第六十四条", schedule(asked, scheduled_at="2026-03-24T09:00"))
    done(asked, schedule(asked))


def offered(door) -> list[object]:
    form = ScheduleForm(case=door.case(), actor=door.county.first, on=date(2026, 3, 13))
    return [value for value, _name in form.fields["chair"].widget.choices]


def test_a_chair_comes_from_those_the_body_may_appoint(asked):
    """F106: no investigator of the case and nobody whom the body may not appoint is in the chair."""
    other = BodyFactory()
    stranger = OfficerFactory(body=other, roles=[Role.LEGAL_REVIEWER])
    denied(asked, "hearing_chair_not_investigator", "第六十四条", schedule(asked, chair=stranger.pk))
    assert do(asked, schedule(asked, chair=asked.county.first.pk)).status_code == 400
    assert offered(asked) == [
        "",
        *sorted([asked.county.reviewer.pk, Officer.objects.get(username="legal").pk]),
    ]
    RoleGrant.objects.filter(officer=asked.county.reviewer).update(valid_to="2026-03-12")
    denied(asked, "hearing_chair_not_investigator", "第六十四条", schedule(asked))
    assert asked.county.reviewer.pk not in offered(asked)


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
        ({"agents": "甲、乙、丙"}, "hearing_agents"),
        ({"ended_at": "2026-03-25T08:59"}, "hearing_ended_out_of_time"),
        ({"ended_at": "2026-03-25T12:01"}, "hearing_ended_out_of_time"),
        ({"ended_at": ""}, "hearing_ended_out_of_time"),
    ],
)
def test_no_hearing_ends_without_its_paper(asked, changes, code):
    """F106: the record is written and signed."""
    called(asked)
    denied(asked, code, "第六十四条", end(**changes))


@pytest.mark.parametrize("missing", ["advice", "report"])
def test_a_hearing_that_was_held_needs_the_report_of_its_chair(asked, missing):
    """F106: the report of the chair."""
    called(asked)
    denied(asked, "hearing_report_missing", "第六十五条", end(**{missing: ""}))


def test_record_and_report_of_a_hearing_stand_in_the_file(asked):
    called(asked)
    case = done(asked, replace(end(), at="2026-03-26T09:00"))
    paper = {one.kind: one for one in case.instruments.select_related("paper", "issuer")}
    record, report = paper["hearing_record"], paper["hearing_report"]
    assert record.file_order < report.file_order
    assert report.responsible == asked.county.reviewer.name
    # The catalogue of the file names no investigator as the author of the record.
    assert record.responsible == f"{asked.county.reviewer.name}、记录员"
    assert report.number == "青禾听报〔2026〕1号"
    said = text_of(report)
    # Held the day before its record was entered.
    assert "于2026年3月25日在镇政府公开举行听证" in said
    assert "代理人：秦川、吴静" in said
    assert "检测报告与是否经过批准无关，不予采信。" in said
    assert "广告牌未经批准设置。" in said
    assert "罚款：人民币陆万元整" in said
    assert "2026年3月25日9时00分至2026年3月25日11时20分" in text_of(record)


def text_of(instrument) -> str:
    html = render_html(instrument.paper.template, instrument.paper.content)
    return re.sub(r"<[^>]+>|\s", "", html)


def test_no_hearing_is_called_without_authority_of_the_day(asked):
    for grant in AuthorityGrant.objects.all():
        Suspension.objects.create(grant=grant, suspended_from=date(2026, 3, 13), reason="评估")
    denied(asked, "authority_subject", "第十七条", schedule(asked))


def test_a_hearing_that_was_not_held_has_no_report(asked):
    done(asked, schedule(asked))
    gone = {"outcome": "withdrawn", "record": "当事人撤回听证申请。", "advice": "", "report": ""}
    case = done(asked, end(at="2026-03-20T09:00", ended_at="", **gone))
    assert not case.instruments.filter(kind="hearing_report").exists()


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


def test_no_hearing_counts_as_held_of_which_no_notice_reached_the_party_in_time(asked):
    """行政处罚法第六十四条第（二）项：七个工作日前通知，到场也不能补正没有送达的通知。"""
    done(asked, schedule(asked))
    denied(asked, "hearing_notice_7wd", "第六十四条", end())
    # Notified on Monday the 16th for Wednesday the 25th: six working days lie between.
    done(asked, serve(asked, "2026-03-16T10:00"))
    denied(asked, "hearing_notice_7wd", "第六十四条", end())


def test_no_investigator_keeps_the_record_that_says_none_did(asked):
    first = asked.county.first
    refusal = schedule(asked, recorder=f" {first.name}")
    denied(asked, "hearing_recorder_investigates", "第六十四条", refusal)
    done(asked, schedule(asked))


@pytest.mark.parametrize(
    ("outcome", "record", "confirmed"),
    [
        ("withdrawn", "当事人来函撤回听证要求。", "自愿撤回听证要求。"),
        ("absent", "九时三十分当事人仍未到场，也未说明理由。", "听证主持人签名："),
    ],
)
def test_the_record_of_a_hearing_not_held_tells_no_course_that_nobody_took(asked, outcome, record, confirmed):
    called(asked)
    case = done(asked, end(outcome=outcome, ended_at="", record=record))

    told = text_of(case.instruments.get(kind="hearing_record"))

    assert record in told
    assert confirmed in told
    assert "原定时间2026年3月25日9时00分" in told
    for false in ("核对听证参加人的身份", "主持人宣布听证结束", "以上笔录已经核对无误"):
        assert false not in told
    assert not case.instruments.filter(kind="hearing_report").exists()


def test_a_hearing_put_off_leaves_only_its_new_notice_to_be_served(asked):
    done(asked, schedule(asked))
    done(asked, replace(schedule(asked, scheduled_at="2026-03-27T09:00"), at="2026-03-16T15:00"))
    old, new = asked.case().instruments.filter(kind="hearing_notice").order_by("id")
    assert (old.state, new.state) == ("replaced", "issued")
    waiting = unserved(asked.case()).filter(kind="hearing_notice")
    assert [paper.pk for paper in waiting] == [new.pk]


def test_a_notice_of_hearing_reaches_its_party_when_its_corrected_service_or_announcement_says(asked):
    done(asked, schedule(asked, scheduled_at="2026-03-27T09:00"))
    done(asked, serve(asked, "2026-03-16T10:00"))
    service = asked.case().instruments.get(kind="hearing_notice").service
    absent = {"outcome": "absent", "record": "当事人未到场。", "signature": "主持人、记录人签名"}
    ended = end(at="2026-03-27T12:00", **absent)
    force(
        "UPDATE cases_service SET method = 'announcement', tracking = '县政府网站' WHERE id = %s", service.pk
    )
    denied(asked, "hearing_notice_7wd", "第六十四条", ended)
    force("UPDATE cases_service SET method = 'direct' WHERE id = %s", service.pk)
    mended = {"service": service.pk, "served_at": "2026-03-18T10:00", "reason": "回证签收日期为18日。"}
    done(asked, Step("2026-03-19T09:00", "first", "correct-service", mended))
    denied(asked, "hearing_notice_7wd", "第六十四条", ended)


def test_a_party_notified_in_time_may_be_absent(asked):
    done(asked, schedule(asked, scheduled_at="2026-03-27T09:00"))
    done(asked, serve(asked, "2026-03-16T10:00"))
    absent = {"outcome": "absent", "record": "当事人未到场。", "signature": "主持人、记录人签名"}
    case = done(asked, end(at="2026-03-27T12:00", **absent))
    assert case.stage == Stage.NOTIFIED
    told = render_html("penalty_decision", {"hearing": hearing_content(case)})
    assert "当事人要求听证，经本机关依法通知，无正当理由拒不出席，视为放弃听证权利，听证终止。" in told
    assert "未要求举行听证" not in told


def test_a_document_is_served_once_and_only_what_must_be_served(asked):
    done(asked, schedule(asked))
    first = serve(asked, "2026-03-16T10:00")
    done(asked, first)
    assert do(asked, first).status_code == 400
    report = asked.case().instruments.get(kind="investigation_report")
    assert do(asked, replace(first, values={**first.values, "instrument": report.pk})).status_code == 400


def test_a_request_for_a_hearing_is_not_lost_by_telling_anew(asked):
    """F107: no new notice, report or review passes by the request; the hearing is held on it after all."""
    for move, values in (("renotify", {"reason": "重新拟处。"}), ("return-report", {"reason": "重新拟处。"})):
        who = "head" if move == "return-report" else "first"
        denied(asked, "wrong_stage", "", Step("2026-03-16T09:00", who, move, values))
    denied(asked, "wrong_stage", "", again(asked, "conclude", at="2026-03-16T10:00", fine="50000"))
    denied(asked, "proposal_already_told", "", again(asked, "issue-notice", at="2026-03-16T11:00"))
    done(asked, schedule(asked, scheduled_at="2026-03-27T09:00"))
    done(asked, serve(asked, "2026-03-16T10:00"))
    done(asked, end(at="2026-03-27T12:00", ended_at="2026-03-27T11:20"))
    again_told = Step("2026-03-30T09:00", "first", "renotify", {"reason": "按听证意见重新拟处。"})
    assert done(asked, again_told).instruments.filter(kind="hearing_request").count() == 1


def test_a_hearing_asked_for_is_called_then_notified_then_held(asked):
    """行政处罚法第六十四条：先通知，七个工作日后举行。"""

    def following(on):
        return next_actions(Officer.objects.get(pk=asked.county.first.pk), asked.case(), on=on)

    assert following(date(2026, 3, 13)).primary.move == Move.SCHEDULE_HEARING
    done(asked, schedule(asked))
    told = following(date(2026, 3, 13))
    assert told.primary.move == Move.SERVE_DOCUMENT
    assert told.waits_told == ""
    assert Move.SERVE_DOCUMENT not in {act.move for act in told.aside}
    # The day went by without notice: another one is set, the old notice is of no use.
    assert following(date(2026, 3, 25)).primary.move == Move.SCHEDULE_HEARING
    done(asked, serve(asked, "2026-03-13T15:00"))
    assert "登记听证结果" in following(date(2026, 3, 16)).waits_told
    done(asked, end())
    assert Move.REQUEST_HEARING not in {act.move for act in following(date(2026, 3, 25)).open}
