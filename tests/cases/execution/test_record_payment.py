"""登记缴款: to the bank, after service, once a receipt, never more than owed."""

from datetime import date
from decimal import Decimal

import pytest

from cases.dossier.stages import Stage
from cases.execution import services
from cases.execution.models import Payment
from tests.cases.standing import again, denied, do, done, force, person, refused, standing_at, step_of
from tests.doors.drivers import instant

MOVE = "record-payment"
laid = standing_at(MOVE)


def pay(door, **changes):
    values = step_of(door.county, MOVE).values
    facts = {**values, "amount": Decimal(values["amount"]), "paid_on": date(2026, 4, 7), **changes}
    actor = person(door.county.first)
    return services.record_payment(case=door.case(), actor=actor, at=instant("2026-04-08T10:00"), **facts)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": "60000.01"}, "paid_too_much"),
        ({"amount": "0"}, "paid_nothing"),
        ({"paid_on": "2026-03-25"}, "paid_out_of_time"),
        ({"paid_on": "2026-04-09"}, "paid_out_of_time"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(standing, changes, code):
    denied(standing, code, "第六十七条", again(standing, MOVE, **changes))


def test_a_negative_payment_is_refused(standing):
    assert do(standing, again(standing, MOVE, amount="-5")).status_code == 400
    with refused(standing.case(), "paid_nothing", "第六十七条"):
        pay(standing, amount=Decimal("-5"))


def test_money_is_never_taken_by_the_agency_itself(standing):
    assert do(standing, again(standing, MOVE, channel="cash")).status_code == 400
    with refused(standing.case(), "fine_collection_separated", "第六十七条"):
        pay(standing, channel="cash")
    assert not Payment.objects.exists()


def test_a_receipt_counts_once(standing):
    done(standing, again(standing, MOVE, amount="10000"))
    denied(standing, "receipt_used", "第七十条", again(standing, MOVE, amount="10000"))


def test_parts_add_up_and_only_the_whole_sum_settles(standing):
    case = done(standing, again(standing, MOVE, amount="20000"))
    assert case.stage == Stage.SERVED
    denied(standing, "paid_too_much", "", again(standing, MOVE, amount="40000.01", receipt_number="B"))
    case = done(standing, again(standing, MOVE, amount="40000", receipt_number="B"))
    assert case.stage == Stage.EXECUTED


def test_an_announced_decision_may_be_paid_before_it_counts_as_served(standing):
    force("UPDATE cases_service SET method = 'announcement', tracking = '公报', note = '下落不明' WHERE true")
    case = standing.case()
    force("UPDATE cases_case SET served_on = '2026-04-25' WHERE id = %s", case.pk)
    assert done(standing, again(standing, MOVE)).stage == Stage.EXECUTED


def test_a_head_or_a_stranger_records_no_payment(standing):
    """F221: who decides or reviews does not collect."""
    assert do(standing, again(standing, MOVE, who="head")).status_code == 403
    assert do(standing, again(standing, MOVE, who="reviewer")).status_code == 403
