"""先行登记保存: approved by the head, disposed of within seven working days, released after that."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from cases.dossier import stages
from cases.holding.models import Hold
from cases.holding.rules import open_hold
from cases.instruments.selectors import unserved
from cases.oversight.services import sweep
from tests.cases.standing import again, denied, do, done, force, standing_at
from tests.doors.drivers import at, instant
from tests.doors.script import Step
from townships.models import RoleGrant
from townships.roles import Role

laid = standing_at("conclude")
GOODS = "电子秤，30千克，1台，封条0001\n账册，蓝色封面，2本"
ASKED = {"goods": GOODS, "place": "和平路118号", "reason": "当事人可能转移。"}


def propose(**values):
    return Step("2026-03-10T11:00", "first", "propose-hold", {**ASKED, **values})


def answer(approved="yes", *, who="head", at="2026-03-10T11:30"):
    return Step(at, who, "answer-hold", {"approved": approved, "opinion": "同意保存。"})


def dispose(at, disposal, note="当事人签收。"):
    return Step(at, "first", "dispose-hold", {"disposal": disposal, "note": note})


def test_hold_head_approval_comes_before_the_evidence_counts(standing):
    done(standing, propose())
    found = denied(standing, "hold_head_approval", "第五十六条", again(standing, "conclude"))
    assert found["link"] == "case:answer-hold"
    done(standing, answer())
    assert done(standing, again(standing, "conclude")).stage == stages.Stage.INVESTIGATED


def test_a_hold_is_approved_by_nobody_but_a_head(standing):
    done(standing, propose())
    assert do(standing, answer(who="leader")).status_code == 403
    # Holds the permission, yet is no head of the body any more.
    force("UPDATE townships_officer SET is_head = false WHERE username = 'head'")
    denied(standing, "hold_head_approval", "第五十六条", answer())
    assert open_hold(standing.case()).approved is None


def test_a_head_who_asked_for_a_hold_does_not_approve_it(standing):
    head = standing.county.head
    RoleGrant.objects.create(officer=head, role=Role.TOWNSHIP_OFFICER, valid_from="2020-01-01")
    done(standing, replace(propose(), who="head"))
    denied(standing, "second_person_required", "第五十七条", answer())


def test_goods_taken_before_the_approval_are_no_hold_under_rules_that_know_no_later_one(standing):
    denied(standing, "hold_head_approval", "第五十六条", propose(taken_at="2026-03-10T10:30"))


def test_a_hold_that_is_refused_leaves_nothing_held(standing):
    done(standing, propose())
    case = done(standing, answer("no"))
    assert open_hold(case) is None
    assert not case.clocks.filter(kind="evidence_hold").exists()
    assert done(standing, propose()).holds.count() == 2


def test_hold_disposed_in_7wd_else_it_can_only_be_released(standing):
    """F060: after the seventh working day it is overdue, and nothing but a release is lawful."""
    done(standing, propose())
    case = done(standing, answer())
    # 10 March is a Tuesday: 11, 12, 13, 16, 17, 18, 19 March.
    assert case.clocks.get(kind="evidence_hold").due_on == date(2026, 3, 19)
    denied(standing, "hold_disposed_in_7wd", "第五十六条", dispose("2026-03-20T09:00", "confiscate"))
    with at("2026-03-20T09:00"):
        page = standing.client(propose()).get(f"/cases/{case.pk}/").content.decode()
        sweep(at=instant("2026-03-20T09:00"))
    assert "逾期 1 工作日" in page
    assert case.clocks.get(kind="evidence_hold").warned_level == "overdue"
    for disposal in ("test", "transfer"):
        denied(standing, "hold_disposed_in_7wd", "", dispose("2026-03-20T09:00", disposal))
    late = again(standing, "conclude", at="2026-03-20T10:00")
    found = denied(standing, "hold_disposed_in_7wd", "第五十六条", late)
    assert found["link"] == "case:dispose-hold"
    done(standing, dispose("2026-03-20T09:30", "release"))
    assert done(standing, late).stage == stages.Stage.INVESTIGATED


def test_what_was_held_is_disposed_of_on_the_last_day_and_both_letters_wait_to_be_served(standing):
    done(standing, propose())
    done(standing, answer())
    case = done(standing, dispose("2026-03-19T17:00", "test", "送市计量院检定。"))
    assert case.clocks.get(kind="evidence_hold").state == "stopped"
    letters = case.instruments.filter(kind__in=["hold_notice", "hold_disposal"]).order_by("file_order")
    assert [letter.number for letter in letters] == ["青禾存〔2026〕1号", "青禾存处〔2026〕1号"]
    assert "2026年3月19日前作出处理决定" in str(letters[0].paper.content["paragraphs"])
    assert letters[0].paper.content["goods"][1]["name"] == "账册"
    assert set(letters) <= set(unserved(case))


def test_one_hold_at_a_time_and_nothing_disposed_of_that_is_not_held(standing):
    denied(standing, "nothing_held", "第五十六条", dispose("2026-03-10T11:00", "release"))
    done(standing, propose())
    denied(standing, "hold_already_open", "第五十六条", propose())
    assert do(standing, propose(goods="，没有名称")).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        "approved = NULL",
        "answered_by_id = proposed_by_id",
        "disposal = 'release'",
        "disposed_at = '2026-03-20T01:00Z', disposal = 'confiscate'",
        "goods = '[]'",
    ],
)
def test_the_database_keeps_a_hold_approved_and_disposed_of_in_time(standing, wrong):
    done(standing, propose())
    done(standing, answer())
    with pytest.raises(DatabaseError), transaction.atomic():
        Hold.objects.raw(f"UPDATE cases_hold SET {wrong} RETURNING id")[0]
