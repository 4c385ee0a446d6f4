"""What reconsideration or suit made of a decision: on record, in the file, and in what is still executed."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from audit.selectors import trail_of
from cases.archive.volumes import pieces_of
from cases.clocks.models import Clock
from cases.decision.outcomes import Outcome
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.execution.outcomes import void_outcome
from cases.execution.parts import outstanding
from cases.execution.rules import owed
from cases.routing import evaluation
from tests.cases.standing import again, denied, do, done, standing_at
from tests.doors.drivers import BACKEND, at, instant
from tests.doors.script import Step
from townships.models import Officer

laid = standing_at("record-payment")
DAY = "2026-05-20T10:00"
COURT = "青禾县人民法院"


def outcome(result, *, moment=DAY, who="first", **changes):
    """Record a document of the county government from 11 May."""
    values = {
        "channel": "review",
        "result": result,
        "body": "青禾县人民政府",
        "number": "青政复〔2026〕8号",
        "decided_on": "2026-05-11",
        "effective_on": "2026-05-13",
        "grounds": "《中华人民共和国行政复议法》第六十四条",
    }
    return Step(moment, who, "record-outcome", {**values, **changes}, ("upload",))


def verbs(case):
    return list(trail_of(case.chain).order_by("-seq").values_list("verb", flat=True))


def test_a_revoked_decision_is_executed_no_more_and_the_case_may_be_closed(standing):
    case = done(standing, outcome("revoked"))
    assert (case.stage, owed(case), outstanding(case)) == (Stage.EXECUTED, 0, [])
    assert {"execution_ended", "outcome_recorded"} <= set(verbs(case)[:3])
    running = set(Clock.objects.filter(case=case, state="running").values_list("kind", flat=True))
    assert running == {"close_case", "sue_after_review"}
    sue = Clock.objects.get(case=case, kind="sue_after_review")
    assert sue.due_on.isoformat() == "2026-05-28"
    closing = Step(
        "2026-05-21T09:00",
        "first",
        "propose-closing",
        {"ground": "revoked", "summary": "处罚决定被复议机关撤销，终结执行。", "uncorrected": "无须复查。"},
    )
    assert done(standing, closing).stage == Stage.CLOSING


def test_the_page_of_a_revoked_case_tells_how_to_decide_anew(standing):
    def told():
        with at(DAY):
            answer = standing.client(outcome("revoked")).get(reverse("case", args=[standing.case_id]))
        return "另行登记线索" in answer.content.decode(), "基本相同的决定" in answer.content.decode()

    done(standing, outcome("upheld", number="府复决〔2026〕1号"))
    assert told() == (False, False)
    done(standing, outcome("revoked"))
    assert told() == (True, True)


def test_a_change_leaves_another_fine_and_what_was_paid_beyond_it_is_refunded(standing):
    case = done(standing, outcome("changed", fine="20000"))
    assert (case.stage, owed(case)) == (Stage.SERVED, Decimal(20000))
    upheld = outcome(
        "upheld", channel="suit", body=COURT, number="（2026）行初3号", effective_on="2026-05-19"
    )
    # A court that upholds the changed decision leaves the change as it is.
    assert owed(done(standing, upheld)) == Decimal(20000)
    denied(standing, "paid_too_much", "", again(standing, "record-payment", at="2026-05-20T11:00"))
    assert done(standing, again(standing, "record-payment", at="2026-05-20T11:00", amount="20000")).stage == (
        Stage.EXECUTED
    )
    lower = outcome("changed", channel="suit", body=COURT, number="（2026）行终1号", fine="15000")
    assert owed(done(standing, lower)) == Decimal(-5000)
    with at("2026-05-20T12:00"):
        page = standing.client(lower).get(reverse("act-record-outcome", args=[standing.case_id]))
    assert "应退还" in page.content.decode()


def test_an_upheld_decision_stands_as_it_was(standing):
    case = done(standing, outcome("upheld"))
    assert (case.stage, owed(case)) == (Stage.SERVED, Decimal(60000))


def test_a_closed_case_takes_it_on_record_and_stays_closed(standing):
    Case.objects.filter(pk=standing.case_id).update(stage=Stage.ARCHIVED, is_open=False)
    Clock.objects.filter(case=standing.case_id).update(state=Clock.State.STOPPED)
    with at(DAY):
        page = standing.client(outcome("revoked")).get(reverse("case", args=[standing.case_id]))
    assert reverse("act-record-outcome", args=[standing.case_id]) in page.content.decode()
    case = done(standing, outcome("revoked"))
    assert (case.stage, case.is_open, verbs(case)[0]) == (Stage.ARCHIVED, False, "outcome_recorded")
    assert not Clock.objects.filter(case=case, state=Clock.State.RUNNING).exists()


def test_an_outcome_entered_by_mistake_is_voided_and_the_penalty_executed_again(standing):
    done(standing, outcome("revoked"))
    key = Outcome.objects.get().pk
    void = Step("2026-05-20T15:00", "first", "void-outcome", {"outcome": key, "reason": "误登他案。"})
    case = done(standing, void)
    assert (case.stage, owed(case)) == (Stage.SERVED, Decimal(60000))
    assert verbs(case)[:2] == ["execution_resumed", "outcome_voided"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Outcome.objects.update(voided_at=None, voided_by=None, void_reason="")
    with pytest.raises(DatabaseError), transaction.atomic():
        Outcome.objects.all().delete()
    assert [piece.part.remark for piece in pieces_of(case) if "行政复议撤销" in piece.part.title] == [
        "登记已作废"
    ]


def test_the_legal_department_voids_what_it_recorded_and_the_time_to_pay_runs_on(standing):
    case = done(standing, outcome("revoked"))
    assert case.clocks.get(kind="fine_payment").state == Clock.State.STOPPED
    void_outcome(
        case=case,
        actor=Officer.objects.get(username="legal"),
        at=instant("2026-05-20T15:00"),
        outcome=Outcome.objects.get(),
        reason="误登他案。",
    )
    case = standing.case()
    assert case.stage == Stage.SERVED
    assert case.clocks.get(kind="fine_payment").state == Clock.State.RUNNING


def test_a_higher_fine_after_all_was_paid_is_executed_again(standing):
    done(standing, again(standing, "record-payment"))
    case = done(standing, outcome("changed", fine="70000"))
    assert (case.stage, owed(case)) == (Stage.SERVED, Decimal(10000))
    assert verbs(case)[:2] == ["execution_resumed", "outcome_recorded"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"effective_on": "2026-05-21"},
        {"effective_on": "2026-05-10"},
        {"decided_on": "2026-03-01"},
        {"fine": "1000"},
    ],
    ids=["not yet in effect", "before it was made", "from before the decision", "a fine without a change"],
)
def test_what_the_document_cannot_say_is_refused_and_changes_nothing(standing, wrong):
    denied(standing, "outcome_unfit", "行政复议法第六十四条", outcome("revoked", **wrong))


def test_the_same_document_is_recorded_once(standing):
    done(standing, outcome("upheld"))
    denied(standing, "outcome_unfit", "", outcome("revoked", moment="2026-05-21T10:00"))


def test_only_who_handles_the_case_and_the_legal_department_record_it(standing):
    for who, told in (("head", 403), ("leader", 403), ("clerk", 403)):
        assert do(standing, outcome("upheld", who=who)).status_code == told
    assert not Outcome.objects.exists()
    client = Client()
    client.force_login(Officer.objects.get(username="legal"), backend=BACKEND)
    with at(DAY):
        assert client.get(reverse("act-record-outcome", args=[standing.case_id])).status_code == 200


def test_the_case_page_rest_and_the_file_tell_it_and_the_evaluation_counts_it(standing):
    since_march = {"since": date(2026, 3, 1), "until": date(2026, 5, 31)}
    (before,) = [
        row for row in evaluation.evaluate(**since_march) if row.row.item_id == standing.county.item.pk
    ]
    case = done(standing, outcome("unlawful"))
    with at("2026-05-20T12:00"):
        client = standing.client(outcome("unlawful"))
        shown = client.get(reverse("case", args=[case.pk])).content.decode()
        (told,) = client.get(f"/api/v1/cases/{case.pk}/").json()["outcomes"]
        paper = client.get(reverse("case_file", args=[case.pk, told["sha256"]]))
    assert "青政复〔2026〕8号" in shown
    assert "确认违法" in shown
    assert (told["result"], told["channel"]) == ("unlawful", "review")
    assert paper.status_code == 200
    titles = [piece.part.title for piece in pieces_of(case)]
    assert titles.index("行政复议确认违法 青政复〔2026〕8号") > titles.index("行政处罚决定书")
    (after,) = [
        row for row in evaluation.evaluate(**since_march) if row.row.item_id == standing.county.item.pk
    ]
    assert (before.overturned, after.overturned, after.advice) == (0, 1, evaluation.ADJUST)
    assert set(evaluation.OVERTURNED) == set(Outcome.Result) - {Outcome.Result.UPHELD}


def test_an_item_that_does_not_hold_up_is_not_the_easier_one():
    quick = evaluation.Sheet(None, "", cases=1, days=3.0, overturned=1)
    slow = evaluation.Sheet(None, "", cases=1, days=40.0)
    assert evaluation.scores(quick, [quick, slow])["easy"] == 0
    assert evaluation.scores(slow, [quick, slow])["easy"] == 100


def test_the_provisions_of_the_case_are_offered_where_its_articles_are_typed(standing):
    with at(DAY):
        page = standing.client(outcome("revoked")).get(reverse("act-record-outcome", args=[standing.case_id]))
    offered = re.findall(r'<option value="([^"]+)">', page.content.decode().partition("<datalist")[2])
    version = standing.case().reports.get().item_version
    assert "《中华人民共和国行政复议法》第六十四条" in offered
    assert f"{version.statute_name}{version.penalty_article}" in offered
