"""A fine at the county's threshold: hearing, then review and discussion, then the decision."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.clocks.models import Clock
from cases.dossier.stages import Stage
from cases.hearing import services as hearing
from cases.hearing.models import PriorNotice
from cases.instruments.kinds import Kind
from tests.journeys.told import COMPANY, due_on, printed, refused, walk

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def case_walk(ground):
    """A company's billboard: fifty thousand yuan, the very threshold of an organisation."""
    return walk(
        ground, date(2026, 4, 13), subject="billboard", party=COMPANY, hearing="held", statement="part"
    )


def test_a_fine_at_the_threshold_gives_the_right_to_a_hearing(case_walk):
    case = case_walk.to(Stage.NOTIFIED)

    notice = PriorNotice.objects.get(case=case)
    assert notice.hearing_offered
    assert notice.hearing_finding["threshold"] == "50000"
    # Served on Wednesday 29 April: 30 April, then 6, 7, 8 May, and Saturday 9 May is worked.
    assert notice.served_at.date() == date(2026, 4, 29)
    assert due_on(case_walk, "hearing_request") == date(2026, 5, 9)
    assert "要求举行听证" in printed(case_walk, Kind.PRIOR_NOTICE)


def test_the_hearing_is_held_then_reviewed_then_discussed_then_decided(case_walk):
    case = case_walk.to(Stage.DECIDED)

    kinds = [*case.instruments.order_by("id").values_list("kind", flat=True)]
    order = [Kind.PRIOR_NOTICE, Kind.HEARING_NOTICE, Kind.HEARING_RECORD, Kind.HEARING_REPORT]
    order += [Kind.REVIEW_OPINION, Kind.DISCUSSION, Kind.DECISION]
    assert sorted(order, key=kinds.index) == order
    held = case.notices.get().hearing
    assert held.chair_id not in {case.lead_officer_id, case.second_officer_id}
    assert "经过听证程序" in case.reviews.get().grounds_told
    text = printed(case_walk, Kind.DECISION)
    assert "举行听证" in text
    assert "本决定根据听证笔录作出" in text
    assert "伍万元整" in text
    assert "/" not in text, text


def test_a_hearing_needs_seven_clear_working_days_of_notice(case_walk):
    case = case_walk.to(Stage.NOTIFIED)
    case_walk.until("request_hearing")
    at = datetime(2026, 5, 11, 9, 0, tzinfo=SHANGHAI)
    facts = {"place": "会议室", "chair": case_walk.cast.chair, "recorder": "记录人"}

    # 12, 13, 14, 15, 18, 19, 20 May lie between: the hearing may be on the 21st, not on the 20th.
    with refused(case, "hearing_notice_7wd"):
        too_soon = datetime(2026, 5, 20, 14, 0, tzinfo=SHANGHAI)
        hearing.schedule_hearing(case=case, actor=case_walk.cast.lead, at=at, scheduled_at=too_soon, **facts)
    in_time = datetime(2026, 5, 21, 14, 0, tzinfo=SHANGHAI)
    hearing.schedule_hearing(case=case, actor=case_walk.cast.lead, at=at, scheduled_at=in_time, **facts)

    assert case.notices.get().hearing.scheduled_at == in_time


def test_an_investigator_may_not_chair(case_walk):
    case = case_walk.to(Stage.NOTIFIED)
    case_walk.until("request_hearing")

    with refused(case, "hearing_chair_not_investigator"):
        hearing.schedule_hearing(
            case=case,
            actor=case_walk.cast.lead,
            at=case_walk.diary.later(),
            scheduled_at=datetime(2026, 6, 22, 14, 0, tzinfo=SHANGHAI),
            place="会议室",
            chair=case.second_officer,
            recorder="记录人",
        )


def test_a_request_after_the_five_working_days_is_refused(case_walk):
    case = case_walk.to(Stage.NOTIFIED)
    at = datetime(2026, 5, 11, 9, 0, tzinfo=SHANGHAI)

    with refused(case, "hearing_request_late"):
        hearing.request_hearing(
            case=case, actor=case_walk.cast.lead, at=at, made_at=at, content="申请举行听证。"
        )
    assert Clock.objects.get(case=case, kind="hearing_request").state == "running"
