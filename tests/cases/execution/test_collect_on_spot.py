"""当场收缴: small, hard to get later or asked for; with a receipt; in two days handed in, in two banked."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from audit.selectors import trail_of
from cases.archive.rules import closing_obstacles
from cases.clocks.models import Clock
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.execution.rules import owed
from cases.execution.spot import SpotCollection
from tests.cases.decision.test_on_spot import an_item, decide
from tests.cases.standing import denied, do, done
from tests.doors.drivers import RestDoor
from tests.doors.script import Step

pytestmark = pytest.mark.django_db
TOO_MUCH = "onsite_collection"


@pytest.fixture
def spot(county):
    """Bring a penalty decided on the spot, of any sum, before the collector."""

    def laid(fine="50"):
        decide(county, an_item(county.township), fine=Decimal(fine))
        door = RestDoor(county)
        door.case_id = Case.objects.get().pk
        return door

    return laid


def collect(files=("upload",), at="2026-03-04T10:30", **changes):
    values = {
        "amount": "50",
        "ground": "small",
        "explanation": "",
        "collected_at": "2026-03-04T10:10",
        "receipt_number": "浙财当场0001",
        "payer": "当事人乙",
    }
    return Step(at, "first", "collect-on-spot", {**values, **changes}, files)


def hand_in(at="2026-03-05T17:00", handed_in_at="2026-03-05T16:00", who="first"):
    return Step(at, who, "hand-in-fine", {"handed_in_at": handed_in_at, "received_by": "财务林晓"})


def bank(at="2026-03-06T17:00", banked_on="2026-03-06"):
    return Step(at, "first", "bank-fine", {"banked_on": banked_on, "slip_number": "回单0001"})


def running(case):
    return dict(Clock.objects.filter(case=case, state="running").values_list("kind", "due_on"))


def test_a_small_fine_is_taken_handed_in_and_banked_each_within_two_working_days(spot):
    door = spot()
    case = done(door, collect())
    assert (case.stage, owed(case)) == (Stage.EXECUTED, 0)
    assert "fine_payment" not in running(case)
    assert running(case)["onsite_fine_to_agency"] == date(2026, 3, 6)
    assert case.instruments.get(kind="payment_voucher").paper.content["bank"] == "当场收缴"
    case = done(door, hand_in())
    assert running(case)["fine_to_bank"] == date(2026, 3, 9)
    assert "onsite_fine_to_agency" not in running(case)
    assert "缴付银行" in " ".join(str(found) for found in closing_obstacles(case, date(2026, 3, 6)))
    case = done(door, bank())
    assert "fine_to_bank" not in running(case)
    left = [found.code for found in closing_obstacles(case, date(2026, 3, 6))]
    assert left == ["summary_numbered_form_and_delivery"]
    verbs = set(trail_of(case.chain).values_list("verb", flat=True))
    assert {"collected_on_spot", "fine_handed_in", "fine_banked"} <= verbs


def test_above_the_limit_only_what_is_hard_to_get_later_or_asked_for_is_taken(spot):
    """F126: above a hundred yuan it is refused; what is taken is handed in within two working days."""
    door = spot("150")
    assert denied(door, TOO_MUCH, "第六十八条", collect(amount="150"))["field"] == "collection"
    hard = {"amount": "150", "ground": "hard"}
    assert denied(door, TOO_MUCH, "第六十八条", collect(**hard))["field"] == "explanation"
    asked = {"amount": "150", "ground": "remote", "explanation": "山区，到银行网点往返四小时。"}
    assert denied(door, TOO_MUCH, "第六十九条", collect(**asked))["field"] == "request"
    case = done(door, collect(("upload", "request"), landed_at="2026-03-05T08:00", **asked))
    money = SpotCollection.objects.get(payment__case=case)
    assert money.request.instrument.kind == "summary_decision"
    assert running(case)["onsite_fine_to_agency"] == date(2026, 3, 9)


def test_without_the_fiscal_receipt_or_out_of_order_nothing_is_taken_or_passed_on(spot):
    door = spot()
    assert (
        denied(door, "official_receipt", "第七十条", collect(receipt_number=""))["field"] == "receipt_number"
    )
    denied(door, "paid_too_much", "第六十七条", collect(amount="51"))
    denied(door, "spot_money_unfit", "第七十一条", hand_in())
    done(door, collect(amount="20"))
    denied(door, TOO_MUCH, "第六十八条", collect(amount="30", receipt_number="浙财当场0002"))
    denied(door, "spot_money_unfit", "第七十一条", bank())
    denied(door, "spot_money_unfit", "第七十一条", hand_in(handed_in_at="2026-03-04T10:00"))
    assert do(door, hand_in(who="head")).status_code == 403


def test_the_bank_form_takes_no_money_of_the_spot_and_a_voided_entry_ends_its_clock(spot):
    door = spot()
    through_bank = {
        "amount": "50",
        "paid_on": "2026-03-04",
        "receipt_number": "浙财0009",
        "channel": "on_spot",
        "payer": "当事人乙",
    }
    assert do(door, Step("2026-03-04T10:30", "first", "record-payment", through_bank)).status_code == 400
    case = done(door, collect())
    wrong = {"payment": case.payments.get().pk, "reason": "票据属于另一案件。"}
    case = done(door, Step("2026-03-04T11:00", "first", "void-payment", wrong))
    assert case.stage == Stage.SERVED
    assert set(running(case)) >= {"fine_payment"}
    assert "onsite_fine_to_agency" not in running(case)
    done(door, collect(at="2026-03-04T11:30"))


def test_the_database_keeps_the_money_on_its_way(spot):
    door = spot()
    done(door, collect())
    for change in (
        {"ground": "hard"},
        {"banked_on": date(2026, 3, 6), "slip_number": "1"},
        {"received_by": "x"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            SpotCollection.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        SpotCollection.objects.all()._raw_delete("default")
