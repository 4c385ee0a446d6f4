"""What the party says: in time or late, it is heard; what it did not give up, it keeps."""

import json
from datetime import date

from cases.clocks.models import Clock
from cases.decision.content import statement_content
from cases.dossier.stages import Stage
from cases.hearing.forms import WaiverForm
from cases.hearing.models import Hearing, Statement
from cases.hearing.rules import current_notice
from cases.review.models import LegalReview
from cases.review.rules import passed_review
from papers.rendering import render_html
from tests.cases.standing import again, denied, do, done, force, standing_at
from tests.doors.script import Step, decision, notice

laid = standing_at("record-statement")
WAIVER = {"made_at": "2026-03-13T10:00", "content": "放弃陈述申辩。", "rights": ["defence"]}
REQUEST = {"made_at": "2026-03-18T09:00", "content": "请求听证。"}


def waive(**changes) -> Step:
    return Step("2026-03-13T11:00", "first", "record-waiver", {**WAIVER, **changes}, ("upload",))


def running(door) -> set[str]:
    return set(Clock.objects.filter(case=door.case_id, state="running").values_list("kind", flat=True))


def test_only_the_right_that_is_given_up_ends(standing):
    done(standing, waive())
    assert {"hearing_request", "case_decision"} <= running(standing)
    assert "defence" not in running(standing)
    denied(
        standing,
        "hearing_window_elapsed",
        "第六十四条",
        again(standing, "submit-review", at="2026-03-19T09:00"),
    )
    done(standing, Step("2026-03-19T10:00", "first", "request-hearing", {**REQUEST}))


def test_a_decision_says_only_what_was_given_up(standing):
    done(standing, waive(rights=["hearing_request"], content="放弃听证。"))
    told = statement_content(standing.case())
    assert (told["waived"], told["hearing_waived"]) == (False, True)
    decided = {"statement": told, "hearing": {"offered": True}}
    text = render_html("penalty_decision", decided)
    assert "当事人书面放弃要求听证的权利。" in text
    assert "放弃陈述、申辩" not in text


def test_a_waiver_names_what_is_given_up_and_brings_the_paper(standing):
    assert do(standing, waive(rights=[])).status_code == 400
    without = Step("2026-03-13T11:00", "first", "record-waiver", {**WAIVER})
    assert do(standing, without).status_code == 400
    assert not Statement.objects.exists()


def test_nobody_is_asked_to_give_up_a_hearing_that_was_not_offered(standing):
    def rights() -> list[str]:
        form = WaiverForm(case=standing.case(), actor=standing.county.first, on=date(2026, 3, 13))
        return [value for value, _label in form.fields["rights"].choices]

    assert rights() == ["defence", "hearing_request"]
    force("UPDATE cases_priornotice SET hearing_offered = false")
    assert rights() == ["defence"]


def test_answers_dated_ahead_or_before_the_notice_are_refused(standing):
    for made_at in ("2026-03-12T09:59", "2026-03-13T15:01"):
        denied(
            standing, "answer_out_of_time", "第四十五条", again(standing, "record-statement", made_at=made_at)
        )
        request = Step("2026-03-13T15:00", "first", "request-hearing", {**REQUEST, "made_at": made_at})
        denied(standing, "answer_out_of_time", "第四十五条", request)


def test_a_hearing_asked_for_on_the_last_day_is_taken_even_after_the_review(standing):
    """Posted on 19 March, it came when the review had passed: it is held, and the review is due anew."""
    standing.walk([*list(notice(standing.county))[2:], *list(decision(standing.county))[:2]])
    assert standing.case().stage == Stage.REVIEWED
    assert passed_review(standing.case()) is not None
    posted = {"made_at": "2026-03-19T17:00", "content": "邮寄听证申请，邮戳三月十九日。"}
    done(standing, Step("2026-03-23T11:00", "first", "request-hearing", posted))
    denied(standing, "hearing_held_if_requested", "第六十三条", again(standing, "decide"))
    withdrawal = {
        "outcome": "withdrawn",
        "record": "当事人书面撤回。",
        "signature": "王建平签名",
        "report": "",
    }
    done(standing, Step("2026-03-24T09:00", "reviewer", "conclude-hearing", withdrawal))
    assert passed_review(standing.case()) is None
    denied(standing, "legal_review_required", "第五十八条", again(standing, "decide"))


def test_a_late_request_is_refused_but_a_late_statement_is_heard(standing):
    """F106: a hearing is asked for within five working days."""
    standing.walk([*list(notice(standing.county))[2:], *list(decision(standing.county))[:2]])
    late = Step("2026-03-23T11:00", "first", "request-hearing", {**REQUEST, "made_at": "2026-03-20T09:00"})
    denied(standing, "hearing_request_late", "第六十四条", late)
    said = again(standing, "record-statement", at="2026-03-23T12:00", made_at="2026-03-23T11:30")
    done(standing, said)
    denied(standing, "defence_reviewed", "第四十五条", again(standing, "record-discussion"))
    done(standing, again(standing, "review-statement", at="2026-03-23T14:00"))
    done(standing, again(standing, "record-discussion"))


def test_a_second_notice_gives_every_right_anew(standing):
    """Neither waiver nor statement nor review of the first notice carries the second."""
    done(standing, waive(rights=["defence", "hearing_request"]))
    standing.walk(list(decision(standing.county))[:2])
    first = current_notice(standing.case())
    done(standing, Step("2026-03-24T09:00", "first", "renotify", {"reason": "事实有变，重新拟处。"}))
    done(standing, again(standing, "conclude", at="2026-03-24T10:00", fine="50000"))
    done(standing, again(standing, "issue-notice", at="2026-03-24T11:00"))
    done(standing, again(standing, "serve-notice", at="2026-03-25T11:00", served_at="2026-03-25T10:00"))
    second = current_notice(standing.case())
    assert second.pk != first.pk
    assert {"defence", "hearing_request"} <= running(standing)
    assert passed_review(standing.case()) is None
    for move, code in (("submit-review", "defence_window_elapsed"), ("decide", "defence_window_elapsed")):
        denied(standing, code, "", again(standing, move, at="2026-03-26T09:00"))
    asked = {"made_at": "2026-03-26T09:00", "content": "请求听证。"}
    case = done(standing, Step("2026-03-26T10:00", "first", "request-hearing", asked))
    assert case.stage == Stage.HEARING
    assert Hearing.objects.get(notice=second).concluded_at is None
    assert LegalReview.objects.get(case=case).report != second.report


def test_the_second_decision_does_not_print_the_first_waiver(standing):
    done(standing, waive(rights=["defence", "hearing_request"]))
    assert statement_content(standing.case())["waived"]
    done(standing, Step("2026-03-16T09:00", "first", "renotify", {"reason": "事实有变。"}))
    done(standing, again(standing, "conclude", at="2026-03-16T10:00", fine="50000"))
    done(standing, again(standing, "issue-notice", at="2026-03-16T11:00"))
    done(standing, again(standing, "serve-notice", at="2026-03-17T11:00", served_at="2026-03-17T10:00"))
    assert not statement_content(standing.case())["waived"]


def test_the_windows_are_over_only_on_the_day_after(standing):
    clocks = Clock.objects.filter(case=standing.case_id, kind__in=["defence", "hearing_request"])
    assert max(clock.due_on for clock in clocks) == date(2026, 3, 19)
    last_minute = again(standing, "submit-review", at="2026-03-19T23:59")
    denied(standing, "defence_window_elapsed", "第四十五条", last_minute)
    done(standing, again(standing, "submit-review", at="2026-03-20T00:00"))


def test_nobody_is_punished_more_heavily_for_having_answered(standing):
    """F103: Answered, then proposed anew and heavier: only with something found since (第四十五条第二款)."""
    done(standing, again(standing, "record-statement"))
    done(standing, again(standing, "review-statement"))
    done(standing, Step("2026-03-17T09:00", "first", "renotify", {"reason": "重新拟处。"}))
    heavier = {"fine": "70000", "deviation_reasons": "态度恶劣", "at": "2026-03-17T15:00"}
    denied(standing, "no_heavier_after_defence", "第四十五条", again(standing, "conclude", **heavier))
    lighter = again(standing, "conclude", fine="50000", at="2026-03-17T15:00")
    done(standing, lighter)


def test_no_more_is_confiscated_for_having_answered(standing):
    done(standing, again(standing, "record-statement"))
    done(standing, again(standing, "review-statement"))
    done(standing, Step("2026-03-17T09:00", "first", "renotify", {"reason": "重新拟处。"}))
    kinds = ["fine", "confiscate_gains"]
    force("UPDATE cases_report SET kinds = %s::jsonb, confiscated_gains = 1000", json.dumps(kinds))
    taken = {"kinds": kinds, "at": "2026-03-17T15:00"}
    more = again(standing, "conclude", confiscated_gains="1000.01", **taken)
    denied(standing, "no_heavier_after_defence", "第四十五条", more)
    done(standing, again(standing, "conclude", confiscated_gains="1000", **taken))


def test_new_evidence_may_carry_a_heavier_proposal(standing):
    done(standing, again(standing, "record-statement"))
    done(standing, again(standing, "review-statement"))
    done(standing, Step("2026-03-17T09:00", "first", "renotify", {"reason": "发现另有一处。"}))
    done(standing, Step("2026-03-17T10:00", "head", "return-report", {"reason": "补充取证。"}))
    found = {"at": "2026-03-17T12:00", "collected_at": "2026-03-17T11:00", "title": "另一处照片"}
    done(standing, again(standing, "add-exhibit", **found))
    heavier = {"fine": "70000", "deviation_reasons": "另有一处", "at": "2026-03-17T15:00"}
    done(standing, again(standing, "conclude", **heavier))


def test_heavier_than_the_lightest_proposal_told_is_proposed_only_on_something_found_since(standing):
    """F103: told 60,000, then 50,000; no report that nobody was told of raises what may be proposed."""
    done(standing, again(standing, "record-statement"))
    done(standing, again(standing, "review-statement"))
    done(standing, Step("2026-03-17T09:00", "first", "renotify", {"reason": "重新拟处。"}))
    done(standing, again(standing, "conclude", fine="50000", at="2026-03-17T10:00"))
    done(standing, again(standing, "issue-notice", at="2026-03-17T11:00"))
    done(standing, again(standing, "serve-notice", at="2026-03-18T11:00", served_at="2026-03-18T10:00"))
    done(standing, Step("2026-03-19T09:00", "first", "renotify", {"reason": "重新拟处。"}))
    as_first = again(standing, "conclude", fine="60000", at="2026-03-19T15:00")
    assert denied(standing, "no_heavier_after_defence", "第四十五条", as_first)["field"] == "fine"
    done(standing, Step("2026-03-19T15:10", "head", "return-report", {"reason": "补充取证。"}))
    found = {"at": "2026-03-19T16:00", "collected_at": "2026-03-19T15:30", "title": "另一处照片"}
    case = done(standing, again(standing, "add-exhibit", **found))
    done(standing, again(standing, "conclude", fine="60000", at="2026-03-19T17:00"))
    done(standing, Step("2026-03-20T09:00", "head", "return-report", {"reason": "证据另有来源。"}))
    mistaken = {"entry": f"exhibit:{case.exhibits.latest('id').pk}", "reason": "属另一案件。"}
    done(standing, Step("2026-03-20T10:00", "first", "void-entry", mistaken))
    once_more = again(standing, "conclude", fine="60000", at="2026-03-20T11:00")
    denied(standing, "no_heavier_after_defence", "第四十五条", once_more)
    done(standing, again(standing, "conclude", fine="50000", at="2026-03-20T11:00"))


def test_a_case_goes_on_before_the_days_are_over_only_with_a_signed_waiver(standing):
    """F108: without the signed paper, or of one right alone, the windows stay; of both the case goes on."""
    early = again(standing, "submit-review", at="2026-03-13T16:00")
    denied(standing, "defence_window_elapsed", "第四十五条", early)
    unsigned = Step("2026-03-13T11:00", "first", "record-waiver", WAIVER)
    assert do(standing, unsigned).status_code == 400
    denied(standing, "defence_window_elapsed", "第四十五条", early)
    done(standing, waive())
    denied(standing, "hearing_window_elapsed", "第六十四条", early)
    done(standing, waive(rights=["hearing_request"], content="放弃听证。"))
    assert done(standing, early).stage == Stage.REVIEW
    kept = Statement.objects.filter(notice__case=standing.case_id, kind=Statement.Kind.WAIVER)
    assert [bool(waiver.file_id) for waiver in kept] == [True, True]
