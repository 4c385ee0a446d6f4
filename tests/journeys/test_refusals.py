"""What the law forbids is refused with code, article and way out, and changes nothing."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from cases.decision import services as decision
from cases.dossier.stages import Stage
from cases.hearing import notices
from cases.intake import services as intake
from cases.investigation import concluding
from cases.investigation import services as investigation
from cases.routing import services as routing
from tests.factories.townships import CertificateFactory, RoleGrantFactory
from tests.journeys.told import refused, walk
from townships.models import Officer
from townships.roles import Role

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = date(2026, 3, 16)
JUST = {"kinds": ["fine"], "reasons": "事实清楚，证据确凿。"}


@pytest.fixture
def small(ground):
    """A thousand yuan: no hearing, no review."""
    return walk(ground, START)


@pytest.fixture
def major(ground):
    """Ten thousand yuan against a sole trader, who counts as a citizen: the threshold."""
    return walk(ground, START, subject="duty", band=2)


def propose(walked, second, at=None):
    intake.propose_filing(
        case=walked.case,
        actor=walked.cast.lead,
        at=at or walked.diary.later(),
        opinion="建议立案。",
        lead_officer=walked.cast.lead,
        second_officer=second,
    )


def test_nothing_is_filed_with_one_officer(small):
    case = small.to(Stage.VERIFIED)

    with refused(case, "two_certified_officers"):
        propose(small, small.cast.lead)


def test_auxiliary_staff_do_not_count_as_an_officer(small):
    case = small.to(Stage.VERIFIED)

    with refused(case, "auxiliary_not_officer"):
        propose(small, Officer.objects.get(username="qinghe_auxiliary"))


def test_an_expired_certificate_does_not_count(ground):
    walked = walk(ground, date(2026, 10, 12), township="meiling")
    case = walked.to(Stage.VERIFIED)
    expired = Officer.objects.get(username="meiling_officer4")

    # Its certificate ended on 15 October.
    with refused(case, "certificate_valid_on_date"):
        propose(walked, expired, datetime(2026, 10, 16, 9, 0, tzinfo=SHANGHAI))
    propose(walked, expired, datetime(2026, 10, 15, 9, 0, tzinfo=SHANGHAI))
    assert case.stage == Stage.FILING


def test_nothing_is_decided_without_notice(small):
    """F102: without a notice that was served there is no decision."""
    case = small.to(Stage.NOTICE_ISSUED)

    with refused(case, "prior_notice"):
        decision.decide(case=case, actor=small.cast.head, at=small.diary.later(), fine=Decimal(1000), **JUST)


def test_nothing_is_decided_before_the_time_to_answer_has_run_out(small):
    case = small.to(Stage.NOTIFIED)
    last_day = datetime(2026, 4, 9, 17, 0, tzinfo=SHANGHAI)

    with refused(case, "defence_window_elapsed"):
        decision.decide(case=case, actor=small.cast.head, at=last_day, fine=Decimal(1000), **JUST)
    morning_after = datetime(2026, 4, 10, 9, 0, tzinfo=SHANGHAI)
    decision.decide(case=case, actor=small.cast.head, at=morning_after, fine=Decimal(1000), **JUST)
    assert case.stage == Stage.DECIDED


def test_nothing_is_decided_over_an_unreviewed_defence(ground):
    walked = walk(ground, START, statement="none")
    walked.until("record_statement")
    case = walked.case

    with refused(case, "defence_reviewed"):
        decision.decide(
            case=case, actor=walked.cast.head, at=walked.diary.later(10), fine=Decimal(1000), **JUST
        )


def test_a_major_case_is_not_decided_without_its_review(major):
    case = major.to(Stage.NOTIFIED)

    with refused(case, "legal_review_required"):
        decision.decide(
            case=case, actor=major.cast.head, at=major.diary.later(8), fine=Decimal(10000), **JUST
        )


def test_a_major_case_is_not_decided_without_its_discussion(major):
    case = major.to(Stage.REVIEWED)

    with refused(case, "collective_discussion"):
        decision.decide(case=case, actor=major.cast.head, at=major.diary.later(), fine=Decimal(10000), **JUST)


def test_whoever_investigated_does_not_decide(small):
    case = small.to(Stage.INVESTIGATING)
    deputy = Officer.objects.get(username="qinghe_deputy")
    CertificateFactory(officer=deputy)
    routing.reassign(
        case=case,
        actor=small.cast.leader,
        at=small.diary.later(),
        lead_officer=small.cast.lead,
        second_officer=deputy,
        reason="原协办人员外出培训",
    )
    case = small.to(Stage.NOTIFIED)

    with refused(case, "separate_functions"):
        decision.decide(case=case, actor=deputy, at=small.diary.later(8), fine=Decimal(1000), **JUST)


def test_whoever_reviewed_does_not_decide(major):
    case = major.to(Stage.DISCUSSED)
    Officer.objects.filter(reviews__case=case).update(is_head=True)
    reviewer = Officer.objects.get(reviews__case=case)
    RoleGrantFactory(officer=reviewer, role=Role.HEAD)

    with refused(case, "separate_functions"):
        decision.decide(case=case, actor=reviewer, at=major.diary.later(), fine=Decimal(10000), **JUST)


def test_nobody_but_a_head_decides(small):
    case = small.to(Stage.NOTIFIED)

    with refused(case, "head_decides"):
        decision.decide(
            case=case, actor=small.cast.leader, at=small.diary.later(8), fine=Decimal(1000), **JUST
        )


def test_a_fine_outside_the_grade_is_not_proposed_without_reasons(small):
    small.until("interview")
    case = small.case
    proposal = {"facts": "事实", "reasoning": "理由", "kinds": ["fine"], "band": small.band}

    with refused(case, "discretion_band"):
        concluding.conclude(
            case=case, actor=small.cast.lead, at=small.diary.later(), fine=Decimal(2500), **proposal
        )
    with refused(case, "fine_within_statute"):
        concluding.conclude(
            case=case,
            actor=small.cast.lead,
            at=small.diary.later(),
            fine=Decimal(6000),
            deviation_reasons="情节恶劣",
            **proposal,
        )


def test_a_decision_leaves_neither_the_grade_nor_what_the_party_was_told(ground):
    walked = walk(ground, START, band=3)
    case = walked.to(Stage.NOTIFIED)
    at = walked.diary.later(8)

    with refused(case, "discretion_band"):
        decision.decide(case=case, actor=walked.cast.head, at=at, fine=Decimal(1000), **JUST)
    with refused(case, "renotify_if_changed"):
        decision.decide(case=case, actor=walked.cast.head, at=at, fine=Decimal(5000), **JUST)


def test_nobody_acts_for_a_township_whose_agreement_has_expired(ground):
    walked = walk(ground, date(2026, 9, 14), township="fengshan")
    case = walked.to(Stage.INVESTIGATING)
    assert case.mode == "delegated"
    start = datetime(2026, 10, 12, 9, 0, tzinfo=SHANGHAI)
    facts = {
        "started_at": start,
        "ended_at": start.replace(minute=30),
        "place": "凤山镇",
        "subject": "周某某",
        "content": "询问内容",
        "certificate_shown": True,
        "rights_told": True,
        "signature": "已签名",
    }

    # The agreement's last day was Saturday 10 October.
    with refused(case, "delegation_in_force_published_in_scope"):
        investigation.record_interview(case=case, actor=walked.cast.lead, at=start.replace(hour=11), **facts)


def test_a_notice_is_not_issued_under_a_suspended_agreement(ground):
    walked = walk(ground, date(2026, 9, 14), township="jinsha")
    case = walked.to(Stage.INVESTIGATED)
    at = datetime(2026, 10, 20, 9, 0, tzinfo=SHANGHAI)

    # Suspended from 20 October on.
    with refused(case, "delegation_in_force_published_in_scope"):
        notices.issue_notice(case=case, actor=walked.cast.head, at=at, opinion="同意告知。")
    notices.issue_notice(case=case, actor=walked.cast.head, at=at.replace(day=19), opinion="同意告知。")
    assert case.stage == Stage.NOTICE_ISSUED


def test_a_case_whose_item_has_no_legal_basis_is_not_concluded(ground):
    walked = walk(ground, START, township="linjiang", subject="smoke", band=1)
    walked.until("interview")
    case = walked.case

    with refused(case, "basis_missing"):
        walked.conclude(walked.diary.later())
