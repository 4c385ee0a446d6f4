"""回避: a challenge is recorded, the head answers it, and nothing is decided before."""

import pytest
from django.db import DatabaseError, transaction

from audit.selectors import trail_of
from cases.recusal.models import Recusal
from cases.review.rules import roster
from tests.cases.standing import again, check, denied, do, done, standing_at, untouched
from tests.doors.drivers import instant
from tests.doors.script import Step

laid = standing_at("decide")
DAY = "2026-03-25"


def challenge(officer, **values):
    asked = {"applicant": "party", "grounds": "与当事人是近亲属。", "requested_at": f"{DAY}T08:00"}
    return Step(f"{DAY}T08:10", "first", "request-recusal", {"officer": officer.pk, **asked, **values})


def answer(granted="no", *, who="deputy", **values):
    found = Recusal.objects.latest("id")
    given = {"recusal": found.pk, "granted": granted, "reasons": "经查没有利害关系。"}
    return Step(f"{DAY}T08:30", who, "resolve-recusal", {**given, **values})


def test_recusal_resolved_before_a_decision_else_nothing_is_decided(standing):
    done(standing, challenge(standing.county.first))

    found = denied(standing, "recusal_resolved", "第四十三条", again(standing, "decide"))

    assert found["link"] == "case:resolve-recusal"
    done(standing, answer())
    assert done(standing, again(standing, "decide")).decided_on is not None


def test_an_officer_who_withdrew_is_replaced_before_a_decision_and_never_comes_back(standing):
    county = standing.county
    done(standing, challenge(county.second))
    done(standing, answer("yes", reasons="系当事人配偶。"))

    found = denied(standing, "recusal_resolved", "第四十三条", again(standing, "decide"))

    assert found["link"] == "case:reassign"
    to = {"lead_officer": county.first.pk, "second_officer": county.leader.pk, "reason": "回避"}
    done(standing, Step(f"{DAY}T08:40", "deputy", "reassign", to))
    back = {**to, "second_officer": county.second.pk}
    denied(standing, "recusal_resolved", "第四十三条", Step(f"{DAY}T08:50", "deputy", "reassign", back))
    assert done(standing, again(standing, "decide")).decided_on is not None


def test_a_head_who_withdrew_does_not_decide_and_answers_no_challenge_of_himself(standing):
    done(standing, challenge(standing.county.head))
    denied(standing, "recusal_resolved", "第四十三条", answer(who="head"))
    done(standing, answer("yes", reasons="有直接利害关系。"))
    denied(standing, "recusal_resolved", "第四十三条", again(standing, "decide"))


def test_a_reviewer_who_withdrew_is_on_no_roster(standing):
    on = instant(f"{DAY}T08:00").date()
    assert [post.officer for post in roster(standing.case(), on)] == [standing.county.reviewer]
    done(standing, challenge(standing.county.reviewer))
    done(standing, answer("yes"))
    assert roster(standing.case(), on) == []


def test_one_challenge_at_a_time_none_ahead_and_an_answer_needs_its_reasons(standing):
    done(standing, challenge(standing.county.first))
    denied(standing, "recusal_resolved", "", challenge(standing.county.first))
    with untouched(standing.case_id):
        late = do(standing, challenge(standing.county.second, requested_at="2026-03-26T08:00"))
    check(late.json(), "challenged_in_future", "第四十三条")
    assert do(standing, answer(reasons=" ")).status_code == 400
    assert do(standing, answer(who="leader")).status_code == 403
    done(standing, answer())
    assert do(standing, answer()).status_code == 400


def test_challenge_and_answer_stand_in_the_trail_and_on_paper(standing):
    done(standing, challenge(standing.county.first))
    case = done(standing, answer())
    verbs = list(trail_of(case.chain).order_by("-seq").values_list("verb", flat=True)[:3])
    assert verbs == ["instrument_issued", "recusal_resolved", "recusal_requested"]
    paper = case.instruments.get(kind="matter_approval").paper
    assert paper.content["outcome"] == "不予回避"
    assert paper.content["matter_reasons"] == "与当事人是近亲属。"


@pytest.mark.parametrize(
    "wrong",
    [
        {"granted": True},
        {"granted": True, "reasons": "", "resolved_at": instant(f"{DAY}T09:00")},
        {"grounds": "另一理由"},
    ],
)
def test_the_database_keeps_a_challenge_and_its_answer_whole(standing, wrong):
    done(standing, challenge(standing.county.first))
    with pytest.raises(DatabaseError), transaction.atomic():
        Recusal.objects.update(**wrong)


def test_the_database_takes_no_decision_over_a_challenge(standing):
    case = done(standing, again(standing, "decide"))
    decision = case.decision
    other = Recusal(
        case=case,
        officer=standing.county.first,
        applicant="party",
        grounds="近亲属",
        requested_at=instant(f"{DAY}T08:00"),
        recorded_by=standing.county.second,
    )
    other.save()
    decision.pk = None
    with pytest.raises(DatabaseError, match="challenge"), transaction.atomic():
        decision.save(force_insert=True)
