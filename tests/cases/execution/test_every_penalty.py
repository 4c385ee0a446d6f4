"""Each kind of penalty has its own proof; with the last part the penalty is settled, and not before."""

import pytest
from django.db import DatabaseError, transaction

from audit.selectors import trail_of
from cases.clocks.models import Clock
from cases.dossier.stages import Stage
from cases.execution.parts import PROVED_BY, outstanding, performable
from cases.execution.performances import Performance
from cases.overview.nextsteps import next_actions
from catalog.models import PenaltyKind
from tests.cases.standing import again, denied, do, done, force, person, standing_at
from tests.doors.drivers import instant
from tests.doors.script import Step

laid = standing_at("record-payment")
DAY = "2026-04-08T11:00"
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
    decided(standing, "warning", "fine", "confiscate_gains", "suspend_licence", fine=60000)
    assert done(standing, again(standing, "record-payment")).stage == Stage.SERVED
    # It is paid: nobody is warned of a payment any more.
    assert not Clock.objects.filter(case=standing.case_id, kind="fine_payment", state="running").exists()
    denied(standing, "close_preconditions", "", again(standing, "propose-closing"))
    assert done(standing, perform("suspend_licence")).stage == Stage.SERVED
    assert [part.kind for part in outstanding(standing.case())] == ["confiscate_gains"]
    assert done(standing, perform("confiscate_gains", at="2026-04-08T12:00")).stage == Stage.EXECUTED


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
    with pytest.raises(DatabaseError), transaction.atomic():
        Performance.objects.update(manner="别的")
    kept.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.save(force_insert=True)
    kept.kind, kept.receipt_number = "confiscate_gains", ""
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.save(force_insert=True)
