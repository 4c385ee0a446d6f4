"""作废缴款登记: a mistaken entry counts no more, stays in the file, and opens what it had settled."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from audit.selectors import trail_of
from cases.archive.volumes import pieces_of
from cases.clocks.models import Clock
from cases.dossier.stages import Stage
from cases.execution.models import Payment
from cases.execution.rules import owed
from cases.instruments.models import Instrument
from tests.cases.standing import again, denied, do, done, standing_at
from tests.doors.script import Step

MOVE = "record-payment"
laid = standing_at(MOVE)
CLOSE = Step("2026-04-09T09:00", "first", "propose-closing", {"ground": "performed", "summary": "缴清"})
REASON = "票据属于另一案件，误登记于本案。"


@pytest.fixture
def paid(standing):
    done(standing, again(standing, MOVE))
    return standing


def void(door, *, at="2026-04-08T15:00", who="first", reason=REASON, payment: int = 0) -> Step:
    key = payment or Payment.objects.latest("id").pk
    return Step(at, who, "void-payment", {"payment": key, "reason": reason})


def test_a_voided_payment_is_owed_again_and_the_penalty_executed_again(paid):
    clock = Clock.objects.get(case=paid.case_id, kind="fine_payment")
    due, started = clock.due_on, clock.started_at
    assert clock.state == Clock.State.STOPPED

    case = done(paid, void(paid))

    assert case.stage == Stage.SERVED
    assert owed(case) == Decimal("60000")
    entry = Payment.objects.get(case=case)
    assert (entry.void_reason, entry.voided_by) == (REASON, paid.county.first)
    # The time to pay runs on from the service: no new fifteen days for a mistake of the office.
    again_running = Clock.objects.get(case=case, kind="fine_payment")
    assert (again_running.state, again_running.due_on) == (Clock.State.RUNNING, due)
    assert again_running.started_at == started
    assert Clock.objects.get(case=case, kind="close_case").state == Clock.State.STOPPED
    assert case.next_due_on is not None
    verbs = list(trail_of(case.chain).order_by("-seq").values_list("verb", flat=True)[:3])
    assert verbs == ["instrument_issued", "execution_resumed", "payment_voided"]


def test_the_voided_entry_stays_in_the_file_and_says_so(paid):
    case = done(paid, void(paid))
    paper = {one.kind: one for one in case.instruments.select_related("paper")}
    assert paper["payment_voucher"].state == Instrument.State.REPLACED
    assert paper["payment_void"].paper.content["reason"] == REASON
    assert paper["payment_void"].paper.content["state"] == "尚欠60,000.00元"
    remarks = {piece.part.title: piece.part.remark for piece in pieces_of(case)}
    assert remarks["罚没款票据粘贴页"] == "已作废或已被替换"
    assert remarks["缴款登记作废说明"] == ""


def test_the_same_receipt_may_be_entered_anew_where_it_belongs(paid):
    done(paid, void(paid))
    case = done(paid, again(paid, MOVE, at="2026-04-08T16:00"))
    assert case.stage == Stage.EXECUTED
    assert owed(case) == 0
    assert Payment.objects.filter(case=case).count() == 2
    done(
        paid, Step("2026-04-09T09:00", "first", "propose-closing", {"ground": "performed", "summary": "缴清"})
    )
    case = done(paid, Step("2026-04-10T09:00", "head", "approve-closing", {"opinion": "同意结案。"}))
    closing = case.instruments.get(kind="closing_approval").paper.content
    assert closing["execution"].count("缴纳60,000.00元") == 1


def test_voiding_a_part_leaves_the_rest(standing):
    done(standing, again(standing, MOVE, amount="20000"))
    first = Payment.objects.get()
    done(standing, again(standing, MOVE, amount="15000", receipt_number="B"))
    case = done(standing, void(standing, payment=first.pk))
    assert case.stage == Stage.SERVED
    assert owed(case) == Decimal("45000")
    assert not trail_of(case.chain).filter(verb="execution_resumed").exists()


def test_nothing_is_voided_without_reason_twice_or_of_another_case(paid):
    assert do(paid, void(paid, reason="")).status_code == 400
    assert do(paid, void(paid, reason=" \n ")).status_code == 400
    key = Payment.objects.get().pk
    assert do(paid, void(paid, payment=key + 1000)).status_code == 400
    done(paid, void(paid))
    assert do(paid, void(paid, payment=key)).status_code == 400
    assert Payment.objects.filter(voided_at=None).count() == 0


def test_a_case_going_to_be_closed_is_returned_first_and_a_closed_one_stays_closed(paid):
    done(
        paid, Step("2026-04-09T09:00", "first", "propose-closing", {"ground": "performed", "summary": "缴清"})
    )
    denied(paid, "wrong_stage", "第四十七条", void(paid, at="2026-04-09T10:00"))
    done(paid, Step("2026-04-10T09:00", "head", "approve-closing", {"opinion": "同意结案。"}))
    assert do(paid, void(paid, at="2026-04-10T10:00")).status_code in {403, 409}
    assert Payment.objects.get().voided_at is None


@pytest.mark.parametrize("who", ["head", "reviewer", "supervisor"])
def test_only_who_collects_may_void(paid, who):
    assert do(paid, void(paid, who=who)).status_code == 403


@pytest.mark.parametrize(
    "change",
    [{"amount": "1"}, {"receipt_number": "C"}, {"voided_at": None, "voided_by": None, "void_reason": ""}],
)
def test_the_database_refuses_to_change_or_revive_a_payment(paid, change):
    done(paid, void(paid))
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.all()._raw_delete("default")
