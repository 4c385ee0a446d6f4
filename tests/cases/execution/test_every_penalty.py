"""Each kind of penalty has its own proof; with the last part the penalty is settled, and not before."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from audit.selectors import trail_of
from cases.clocks.models import Clock
from cases.dossier.stages import Stage
from cases.execution.parts import PROVED_BY, outstanding, performable
from cases.execution.performances import Performance
from cases.flow.nextsteps import next_actions
from catalog.models import PenaltyKind
from tests.cases.standing import again, denied, do, done, force, person, standing_at
from tests.doors.drivers import at as at_instant
from tests.doors.drivers import instant
from tests.doors.script import Step

laid = standing_at("record-payment")
DAY = "2026-04-08T11:00"
REASON = "许可证属于另一案件，误登记于本案。"
SOLD = {
    "manner": "auction",
    "basis": "罚没财物管理办法",
    "disposed_on": "2026-04-07",
    "proceeds": "1200",
    "receipt_number": "国库0001",
    "witnesses": "",
}
BY_RECORD = sorted(kind for kind, move in PROVED_BY.items() if move == "record-performance")


def decided(door, *kinds, fine=0):
    """Let the served decision be of these kinds."""
    listed = "[" + ", ".join(f'"{kind}"' for kind in kinds) + "]"
    force(
        "UPDATE cases_decision SET kinds = %s::jsonb, fine = %s WHERE case_id = %s",
        listed,
        fine,
        door.case_id,
    )


def perform(kind, **changes):
    values = {
        "kind": kind,
        "manner": "已按决定执行，经现场核查属实。",
        "place": "和平路118号",
        "done_on": "2026-04-07",
        "receipt_number": "国库0002" if kind == "confiscate_gains" else "",
    }
    return Step(changes.pop("at", DAY), "first", "record-performance", {**values, **changes}, ("upload",))


def test_every_kind_of_penalty_has_one_act_that_proves_it():
    assert set(PROVED_BY) == set(PenaltyKind.values)


@pytest.mark.parametrize("kind", BY_RECORD)
def test_a_penalty_without_a_fine_is_settled_by_the_record_of_its_execution(standing, kind):
    decided(standing, kind)
    assert [part.kind for part in outstanding(standing.case())] == [kind]
    case = done(standing, perform(kind))
    assert case.stage == Stage.EXECUTED
    proof = Performance.objects.get(case=case)
    assert proof.proof.instrument.kind == "penalty_decision"
    assert not Clock.objects.filter(case=case, kind="fine_payment", state="running").exists()
    verbs = list(trail_of(case.chain).order_by("-seq").values_list("verb", flat=True)[:2])
    assert verbs == ["penalty_settled", "performance_recorded"]
    assert done(standing, again(standing, "propose-closing")).stage == Stage.CLOSING


def test_confiscated_goods_alone_are_settled_by_their_disposal(standing):
    decided(standing, "confiscate_goods")
    case = done(standing, Step("2026-04-08T09:00", "first", "dispose-goods", SOLD))
    assert case.stage == Stage.EXECUTED


def test_nothing_is_settled_before_the_last_part_whatever_comes_first(standing):
    """F130: a fine, gains to confiscate and a licence each wait for their own proof; then it is closed."""
    decided(standing, "warning", "fine", "confiscate_gains", "suspend_licence", fine=60000)
    assert done(standing, again(standing, "record-payment")).stage == Stage.SERVED
    # It is paid: nobody is warned of a payment any more.
    assert not Clock.objects.filter(case=standing.case_id, kind="fine_payment", state="running").exists()
    denied(standing, "close_preconditions", "", again(standing, "propose-closing"))
    assert done(standing, perform("suspend_licence")).stage == Stage.SERVED
    assert [part.kind for part in outstanding(standing.case())] == ["confiscate_gains"]
    denied(standing, "close_preconditions", "", again(standing, "propose-closing"))
    assert done(standing, perform("confiscate_gains", at="2026-04-08T12:00")).stage == Stage.EXECUTED
    assert done(standing, again(standing, "propose-closing")).stage == Stage.CLOSING


def test_a_payment_voided_before_all_is_carried_out_lets_the_time_to_pay_run_on(standing):
    decided(standing, "fine", "suspend_licence", fine=60000)
    due = Clock.objects.get(case=standing.case_id, kind="fine_payment").due_on
    case = done(standing, again(standing, "record-payment"))
    key = case.payments.get().pk
    case = done(
        standing, Step(DAY, "first", "void-payment", {"payment": key, "reason": "票据属于另一案件。"})
    )
    clock = Clock.objects.get(case=case, kind="fine_payment")
    assert (case.stage, clock.state, clock.due_on) == (Stage.SERVED, "running", due)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"done_on": "2026-03-25"}, "done_on"),
        ({"done_on": "2026-04-09"}, "done_on"),
        ({"receipt_number": ""}, "receipt_number"),
    ],
)
def test_a_record_that_proves_nothing_is_refused(standing, changes, field):
    decided(standing, "confiscate_gains")
    found = denied(standing, "performance_unproved", "第六十六条", perform("confiscate_gains", **changes))
    assert found["field"] == field


def test_what_was_not_decided_or_is_recorded_already_is_not_offered(standing):
    decided(standing, "suspend_licence", "suspend_business")
    assert performable(standing.case()) == ["suspend_licence", "suspend_business", "correction"]
    done(standing, perform("suspend_licence"))
    assert do(standing, perform("suspend_licence")).status_code == 400
    assert do(standing, perform("revoke_licence")).status_code == 400
    without = perform("suspend_business")
    assert do(standing, Step(without.at, without.who, without.move, without.values)).status_code == 400


def test_an_order_to_correct_is_recorded_beside_the_penalty(standing):
    case = done(standing, perform("correction", manner="广告牌已于4月7日自行拆除。"))
    assert case.stage == Stage.SERVED
    assert case.performances.get().kind == "correction"


def test_the_next_step_is_the_act_that_proves_what_is_open(standing):
    decided(standing, "confiscate_goods")
    officer = person(standing.county.first)
    found = next_actions(officer, standing.case(), on=instant(DAY).date())
    moves = {act.move for act in (*found.open, *found.aside)}
    assert "dispose-goods" in moves
    assert not {"record-payment", "impose-surcharge"} & moves


def test_the_database_keeps_each_record_and_takes_none_twice(standing):
    decided(standing, "confiscate_gains", "suspend_licence")
    kept = done(standing, perform("confiscate_gains")).performances.get()
    for change in ({"manner": "别的"}, {"place": "别处"}, {"voided_at": instant(DAY)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Performance.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Performance.objects.all()._raw_delete("default")
    kept.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.save(force_insert=True)
    kept.kind, kept.receipt_number = "confiscate_gains", ""
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.save(force_insert=True)


def void(door, *, reason=REASON, at="2026-04-08T15:00", who="first", performance=0):
    key = performance or Performance.objects.latest("id").pk
    return Step(at, who, "void-performance", {"performance": key, "reason": reason})


def test_a_voided_record_opens_again_what_it_settled_and_may_be_entered_anew(standing):
    decided(standing, "suspend_licence")
    done(standing, perform("suspend_licence"))
    case = done(standing, void(standing))
    assert (case.stage, [part.kind for part in outstanding(case)]) == (Stage.SERVED, ["suspend_licence"])
    assert not Clock.objects.filter(case=case, kind="close_case", state="running").exists()
    entry = Performance.objects.get()
    assert (entry.void_reason, entry.voided_by) == (REASON, standing.county.first)
    verbs = list(trail_of(case.chain).order_by("-seq").values_list("verb", flat=True)[:3])
    assert verbs == ["instrument_issued", "execution_resumed", "performance_voided"]
    sheet = case.instruments.get(kind="matter_approval").paper.content
    assert (sheet["matter"], sheet["matter_reasons"]) == ("作废执行登记", REASON)
    with pytest.raises(DatabaseError), transaction.atomic():
        Performance.objects.update(voided_at=None, voided_by=None, void_reason="")
    case = done(standing, perform("suspend_licence", at="2026-04-08T16:00"))
    assert (case.stage, case.performances.count()) == (Stage.EXECUTED, 2)


def test_no_record_is_voided_without_reason_twice_or_once_the_case_is_to_be_closed(standing):
    decided(standing, "suspend_licence")
    kept = done(standing, perform("suspend_licence")).performances.get()
    assert do(standing, void(standing, reason=" ")).status_code == 400
    assert do(standing, void(standing, who="head")).status_code == 403
    done(standing, again(standing, "propose-closing"))
    denied(standing, "wrong_stage", "第四十七条", void(standing, at="2026-04-09T10:00"))
    done(standing, Step("2026-04-09T11:00", "head", "return-closing", {"reason": "执行登记有误。"}))
    done(standing, void(standing, at="2026-04-09T12:00"))
    assert do(standing, void(standing, at="2026-04-09T13:00", performance=kept.pk)).status_code == 400


def test_the_closing_form_tells_each_performance_with_day_place_and_proof(standing):
    decided(standing, "fine", "suspend_licence", fine=60000)
    done(standing, again(standing, "record-payment"))
    done(standing, perform("suspend_licence"))
    done(standing, perform("correction", at="2026-04-08T12:00", manner="广告牌已拆除。"))
    done(standing, again(standing, "propose-closing"))
    case = done(standing, again(standing, "approve-closing"))
    printed = case.instruments.get(kind="closing_approval").paper.content
    assert "2026年4月7日缴纳60,000.00元" in printed["execution"]
    assert (
        "2026年4月7日在和平路118号执行暂扣许可证件，已按决定执行，经现场核查属实，执行证明："
        in printed["execution"]
    )
    assert "2026年4月7日在和平路118号执行责令改正，广告牌已拆除" in printed["correction_state"]


def test_an_order_to_correct_that_nobody_looked_into_is_recorded_or_explained_before_closing(standing):
    force(
        "UPDATE cases_record SET voided_at = now(), voided_by_id = %s, void_reason = '误'",
        standing.county.first.pk,
    )
    done(standing, again(standing, "record-payment"))
    found = denied(standing, "order_correction", "第二十八条", again(standing, "propose-closing"))
    assert found["field"] == "uncorrected"
    case = done(standing, again(standing, "propose-closing", uncorrected="当事人已停业，现场无法复查。"))
    assert case.closures.get().uncorrected == "当事人已停业，现场无法复查。"
    case = done(standing, again(standing, "approve-closing"))
    assert "当事人已停业" in case.instruments.get(kind="closing_approval").paper.content["correction_state"]


def test_a_page_for_which_the_case_holds_nothing_says_so_and_leads_back(standing):
    decided(standing, "fine", fine=60000)
    done(standing, perform("correction"))
    with at_instant(DAY):
        client = standing.client(perform("correction"))
        answer = client.get(reverse("act-record-performance", args=[standing.case_id]))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "本案没有需要“登记执行情况”的内容" in page
    assert f'href="{reverse("case", args=[standing.case_id])}"' in page
