"""A case is taken back from its reviewer: what came up in the meantime goes before the review.

The notice is served on Thursday 2026-03-12; a hearing may be asked for until Thursday 2026-03-19.
"""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit import outbox
from audit.models import Event
from cases.dossier.stages import Stage
from cases.hearing.models import Hearing
from cases.review import services
from cases.review.models import LegalReview
from desk.models import Notice
from tests.cases.standing import again, denied, do, done, refused, standing_at
from tests.doors.drivers import at, instant
from tests.doors.script import Step

laid = standing_at("submit-review")
WHY = "当事人在期限内邮寄的听证申请今日收到。"
RECALL = Step("2026-03-23T09:30", "first", "recall-review", {"reason": WHY})
REQUEST = Step(
    "2026-03-23T10:00",
    "first",
    "request-hearing",
    {"made_at": "2026-03-19T16:00", "content": "3月19日寄出，请求听证。"},
)


@pytest.fixture
def submitted(standing):
    done(standing, again(standing, "submit-review"))
    return standing


def test_a_hearing_asked_for_in_time_is_held_though_the_request_came_during_the_review(submitted):
    found = denied(submitted, "wrong_stage", "第六十三条", REQUEST)
    assert "先“撤回送审”" in found["unblock"]

    done(submitted, RECALL)
    assert submitted.case().stage == Stage.NOTIFIED
    done(submitted, REQUEST)
    assert submitted.case().stage == Stage.HEARING
    assert Hearing.objects.get(notice__case=submitted.case_id).requested_at == instant("2026-03-19T16:00")
    denied(submitted, "review_after_hearing", "", again(submitted, "submit-review", at="2026-03-23T11:00"))


def test_the_round_ends_as_recalled_with_its_reason_and_its_clock_stops(submitted):
    done(submitted, RECALL)
    ended = LegalReview.objects.get(case=submitted.case_id)
    assert (ended.conclusion, ended.opinion) == (LegalReview.Conclusion.RECALLED, WHY)
    assert ended.concluded_at == instant(RECALL.at)
    assert not submitted.case().clocks.filter(kind="legal_review", state="running").exists()
    assert Event.objects.get(verb="review_recalled").payload["reason"] == WHY
    assert not submitted.case().instruments.filter(kind="review_opinion").exists()


def test_the_next_round_begins_anew_and_a_recalled_one_is_no_pass(submitted):
    done(submitted, RECALL)
    denied(
        submitted, "legal_review_required", "第五十八条", again(submitted, "decide", at="2026-03-23T11:00")
    )
    done(submitted, again(submitted, "submit-review", at="2026-03-24T09:00"))
    second = LegalReview.objects.get(case=submitted.case_id, concluded_at=None)
    assert second.round == 2


def test_the_reviewer_is_told_that_nothing_waits_any_more(submitted):
    with at("2026-03-20T10:00"):
        outbox.relay(at=timezone.now())
    done(submitted, RECALL)
    with at("2026-03-23T09:40"):
        outbox.relay(at=timezone.now())
    told = Notice.objects.filter(recipient=submitted.county.reviewer).latest("id")
    assert "撤回" in told.title


def test_a_case_is_not_taken_back_without_a_reason_or_by_the_reviewer(submitted):
    with refused(submitted.case(), "full_process_record"):
        services.recall_review(
            case=submitted.case(), actor=submitted.county.first, at=instant(RECALL.at), reason=" "
        )
    answer = do(submitted, Step(RECALL.at, "reviewer", "recall-review", {"reason": "不想审。"}))
    assert answer.status_code == 403
    assert LegalReview.objects.get(case=submitted.case_id).concluded_at is None


def test_a_round_with_an_opinion_is_past_recalling(submitted):
    done(submitted, again(submitted, "pass-review"))
    denied(submitted, "wrong_stage", "第五十八条", RECALL)


def test_a_reviewer_cannot_answer_by_recalling(submitted):
    step = again(submitted, "pass-review", conclusion="recalled")
    answer = do(submitted, step)
    assert answer.status_code in {400, 422}
    assert LegalReview.objects.get(case=submitted.case_id).concluded_at is None


def test_what_a_recalled_round_says_is_kept_by_the_database(submitted):
    done(submitted, RECALL)
    with pytest.raises(DatabaseError), transaction.atomic():
        LegalReview.objects.filter(case=submitted.case_id).update(opinion="改")
