"""After the decision: a surcharge never above the fine, confiscated goods disposed of lawfully."""

import pytest
from django.db import DatabaseError, transaction

from cases.dossier.stages import Stage
from cases.execution.dues import GoodsDisposal
from cases.execution.rules import owed
from tests.cases.execution.test_outcomes import outcome
from tests.cases.standing import again, denied, do, done, force, standing_at
from tests.doors.script import Step

laid = standing_at("record-payment")
SOLD = {
    "manner": "auction",
    "basis": "罚没财物管理办法",
    "disposed_on": "2026-04-07",
    "proceeds": "1200",
    "receipt_number": "国库0001",
    "witnesses": "",
}


def impose(amount, at="2026-04-20T09:00", who="head"):
    return Step(at, who, "impose-surcharge", {"amount": amount})


def dispose(*, at="2026-04-08T09:00", **values):
    return Step(at, "first", "dispose-goods", {**SOLD, **values})


def take_goods(pk):
    kinds = '["fine", "confiscate_goods"]'
    force("UPDATE cases_decision SET kinds = %s::jsonb WHERE case_id = %s", kinds, pk)


def test_surcharge_cap_of_three_per_cent_a_day_and_of_the_fine(standing):
    # Served 26 March, due 10 April: on 20 April ten days at 1,800 yuan.
    """F129: ten days late are 18,000 of 60,000; forty are no more than the fine."""
    found = denied(standing, "surcharge_cap", "第七十二条", impose("18000.01"))
    assert found["field"] == "amount"
    case = done(standing, impose("18000"))
    assert owed(case) == 78000
    letter = case.instruments.get(kind="surcharge_notice")
    ground, standard, sum_due = letter.paper.content["paragraphs"]
    assert "尚有罚款人民币陆万元整（￥60,000.00）未缴纳" in ground
    assert "每日按罚款数额的百分之三" in standard
    assert "逾期10日，加处罚款人民币壹万捌仟元整（￥18,000.00）" in sum_due
    denied(standing, "surcharge_cap", "第七十二条", impose("0.01"))
    # Forty days are 72,000; the fine is 60,000.
    denied(standing, "surcharge_cap", "第七十二条", impose("42000.01", "2026-05-20T09:00"))
    case = done(standing, impose("42000", "2026-05-20T09:00"))
    assert owed(case) == 120000
    pay = again(standing, "record-payment", at="2026-05-21T09:00", amount="120000", paid_on="2026-05-21")
    assert done(standing, pay).stage == Stage.EXECUTED


def test_the_days_of_reconsideration_and_suit_bear_no_surcharge(standing):
    upheld = {"decided_on": "2026-04-18", "effective_on": "2026-04-18"}
    done(standing, outcome("upheld", moment="2026-04-19T09:00", **upheld))
    # Due 10 April; asked for reconsideration on the 14th, upheld on the 18th: 5 of 10 days are left out.
    found = denied(standing, "surcharge_cap", "第七十三条第三款", impose("9000"))
    assert found["field"] == "contested_since"

    def contested(amount, since):
        return Step(
            "2026-04-20T09:00", "head", "impose-surcharge", {"amount": amount, "contested_since": since}
        )

    for wrong in ("2026-03-25", "2026-04-21"):
        denied(standing, "surcharge_cap", "", contested("9000", wrong))
    denied(standing, "surcharge_cap", "", contested("9000.01", "2026-04-14"))
    case = done(standing, contested("9000", "2026-04-14"))
    letter = case.instruments.get(kind="surcharge_notice").paper.content["paragraphs"]
    assert "自2026年4月14日起的行政复议、行政诉讼期间不予计算，逾期5日" in letter[-1]


def test_nothing_is_imposed_while_the_time_to_pay_runs_nor_by_anybody_but_a_head(standing):
    denied(standing, "payment_not_overdue", "第七十二条", impose("1800", "2026-04-10T17:00"))
    assert do(standing, impose("1800", who="first")).status_code == 403


def test_the_database_keeps_the_surcharges_below_the_fine(standing):
    surcharge = done(standing, impose("18000")).surcharges.get()
    surcharge.pk, surcharge.amount = None, 42001
    with pytest.raises(DatabaseError, match="more than the fine"), transaction.atomic():
        surcharge.save(force_insert=True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"receipt_number": ""}, "receipt_number"),
        ({"manner": "destroyed", "proceeds": "0", "receipt_number": ""}, "witnesses"),
        ({"disposed_on": "2026-04-09"}, "disposed_on"),
        ({"disposed_on": "2026-03-25"}, "disposed_on"),
    ],
)
def test_confiscated_goods_disposal_by_auction_or_rule_with_proceeds_to_the_treasury(standing, values, field):
    take_goods(standing.case_id)
    found = denied(standing, "confiscated_goods_disposal", "第七十四条", dispose(**values))
    assert found["field"] == field


def test_goods_that_nobody_confiscated_are_not_disposed_of(standing):
    denied(standing, "confiscated_goods_disposal", "第七十四条", dispose())
    assert not GoodsDisposal.objects.exists()


def test_no_case_is_closed_before_its_goods_are_disposed_of(standing):
    take_goods(standing.case_id)
    assert done(standing, again(standing, "record-payment")).stage == Stage.SERVED
    denied(standing, "close_preconditions", "第七十七条", again(standing, "propose-closing"))
    assert done(standing, dispose(at="2026-04-08T11:00")).stage == Stage.EXECUTED
    denied(standing, "confiscated_goods_disposal", "第七十四条", dispose(at="2026-04-08T12:00"))
    assert done(standing, again(standing, "propose-closing")).stage == Stage.CLOSING


def test_goods_found_undisposed_after_the_settlement_stop_the_closing(standing):
    done(standing, again(standing, "record-payment"))
    take_goods(standing.case_id)
    found = denied(standing, "confiscated_goods_disposal", "第七十四条", again(standing, "propose-closing"))
    assert found["link"] == "case:dispose-goods"


def test_the_database_keeps_no_proceeds_out_of_the_treasury(standing):
    take_goods(standing.case_id)
    kept = done(standing, dispose()).goods_disposal
    made = GoodsDisposal(
        case_id=kept.case_id,
        manner="auction",
        basis="规定",
        proceeds=5,
        disposed_on=kept.disposed_on,
        recorded_by=kept.recorded_by,
        recorded_at=kept.recorded_at,
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        made.save(force_insert=True)
