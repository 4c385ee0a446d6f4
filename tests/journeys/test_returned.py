"""A review that fails, or asks for evidence: proposed anew, told anew, passed the second time."""

from datetime import date

from cases.dossier.stages import Stage
from cases.hearing import notices
from cases.instruments.kinds import Kind
from cases.investigation import concluding
from tests.journeys.told import refused, walk


def test_a_failed_review_leads_to_a_new_proposal_and_a_new_notice(ground):
    """F095: the opinion of the first round stays beside that of the second."""
    walked = walk(ground, date(2026, 3, 16), subject="duty", band=2, review="fail")
    walked.until("fail_review")
    first = walked.case.reviews.values().get()
    assert first["opinion"]
    case = walked.to(Stage.DECIDED)

    assert [review.conclusion for review in case.reviews.order_by("round")] == ["fail", "pass"]
    assert case.reviews.values().get(round=1) == first
    assert case.instruments.filter(kind=Kind.REVIEW_OPINION).count() == 2
    assert [report.round for report in case.reports.order_by("round")] == [1, 2]
    notices = case.notices.order_by("id")
    assert [notice.report.round for notice in notices] == [1, 2]
    assert all(notice.served_at for notice in notices)
    assert len({notice.instrument.number for notice in notices}) == 2
    assert case.decision.report.round == 2


def test_a_review_that_asks_for_evidence_goes_back_to_the_investigation(ground):
    walked = walk(ground, date(2026, 3, 16), subject="duty", band=2, review="return")
    walked.until("return_review")
    assert walked.case.stage == Stage.INVESTIGATING

    case = walked.to(Stage.DECIDED)
    assert [review.conclusion for review in case.reviews.order_by("round")] == ["return", "pass"]


def test_the_next_on_the_roster_reviews_when_the_first_investigated(ground):
    walked = walk(ground, date(2026, 3, 16), subject="duty", band=2, reviewer_investigates=True)
    case = walked.to(Stage.REVIEWED)

    review = case.reviews.get()
    assert case.second_officer.username == "qinghe_reviewer"
    assert review.reviewer.username == "qinghe_reviewer2"
    assert case.second_officer.name in review.assigned_because["zh"]
    assert "回避" in review.assigned_because["zh"]


def test_a_proposal_told_once_is_not_told_again(ground):
    walked = walk(ground, date(2026, 3, 16), subject="duty", band=2, review="fail")
    walked.until("fail_review")
    case = walked.case
    assert case.stage == Stage.INVESTIGATED

    with refused(case, "proposal_already_told"):
        notices.issue_notice(case=case, actor=walked.cast.head, at=walked.diary.later(), opinion="同意。")


def test_a_report_before_the_head_is_not_replaced_by_its_writer(ground):
    walked = walk(ground, date(2026, 3, 16), subject="duty", band=2)
    case = walked.to(Stage.INVESTIGATED)

    with refused(case, "report_awaits_answer"):
        concluding.conclude(
            case=case,
            actor=walked.cast.lead,
            at=walked.diary.later(),
            facts="事实",
            reasoning="理由",
            fine=walked.fine,
            kinds=["fine"],
            band=walked.band,
        )
    walked.return_report(walked.diary.later())
    assert case.stage == Stage.INVESTIGATING
    assert walked.instrument(Kind.REPORT).state == "issued"
