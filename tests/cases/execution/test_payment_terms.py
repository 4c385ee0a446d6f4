"""Paying later or in parts: applied for, approved by a head, and the time to pay moves with it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from audit.selectors import trail_of
from cases.clocks.models import Clock, ClockChange, Extension
from cases.dossier import law_book
from cases.dossier.figures import LawSetting
from cases.dossier.stages import Stage
from cases.execution.imposing import accrued
from cases.execution.rules import owed
from cases.execution.terms import PaymentTerms
from cases.instruments.selectors import unserved
from cases.oversight.services import sweep
from cases.periods.services import extend_clock
from desk.models import Notice
from tests.cases.standing import again, denied, do, done, force, person, refused, standing_at
from tests.doors.drivers import instant
from tests.doors.script import Step
from townships.selectors import county

laid = standing_at("record-payment")
# Served 26 March 2026: fifteen days end on 10 April. 10 May 2026 is a Sunday, 9 May a make-up Saturday.
PARTS = "2026-04-10，20000\n2026-05-20，20000\n2026-06-22，20000"
GATE = "instalment_approved"


def ask(instalments=PARTS, *, at="2026-03-30T09:00", who="first", **changes):
    values = {"applied_on": "2026-03-28", "reason": "公司停产，流动资金不足。", "instalments": instalments}
    return Step(at, who, "request-terms", {**values, **changes}, ("upload",))


def answer(approved="yes", *, at="2026-03-31T09:00", who="head"):
    return Step(at, who, "answer-terms", {"approved": approved, "opinion": "确有经济困难。"})


def clock_of(door):
    return Clock.objects.get(case=door.case_id, kind="fine_payment")


def granted(door, instalments=PARTS):
    done(door, ask(instalments))
    return done(door, answer())


def test_approved_the_time_to_pay_ends_with_the_last_part_and_the_party_is_told(standing):
    """F128: with the approval the clock moves."""
    assert clock_of(standing).due_on == date(2026, 4, 10)
    case = granted(standing)
    clock = clock_of(standing)
    assert clock.due_on == date(2026, 6, 22)
    change = ClockChange.objects.get(clock=clock)
    assert (change.before_on, change.after_on) == (date(2026, 4, 10), date(2026, 6, 22))
    assert change.event.verb == "terms_answered"
    assert standing.county.head.name in str(clock.derivation)
    assert [event.verb for event in trail_of(case.chain)[:6]].count("terms_requested") == 1
    letter = case.instruments.get(kind="payment_terms")
    assert letter.paper.content["title"] == "延期（分期）缴纳罚款通知书"
    assert "2026年6月22日前（含当日）缴纳20,000.00元" in str(letter.paper.content["paragraphs"])
    assert list(unserved(case).filter(kind="payment_terms")) == [letter]
    assert case.instruments.filter(kind="matter_approval").count() == 1
    assert PaymentTerms.objects.get().application.instrument.kind == "penalty_decision"


def test_a_deferral_to_a_day_off_ends_on_the_next_working_day(standing):
    # 20 June 2026 is a Saturday of the Dragon Boat days off; 22 June is worked.
    """F128"""
    granted(standing, "2026-06-20，60000")
    assert clock_of(standing).due_on == date(2026, 6, 22)


def test_refused_nothing_moves_and_the_party_may_ask_again(standing):
    done(standing, ask())
    case = done(standing, answer("no"))
    assert clock_of(standing).due_on == date(2026, 4, 10)
    assert "不予批准" in str(case.instruments.get(kind="payment_terms").paper.content["paragraphs"])
    done(standing, ask(at="2026-04-01T09:00"))


@pytest.mark.parametrize(
    "parts",
    [
        "2026-04-10，20000\n2026-05-20，20000",
        "2026-05-20，30000\n2026-05-20，30000",
        "2026-06-22，30000\n2026-05-20，30000",
        "2026-04-10，60000",
        "2026-03-29，30000\n2026-05-20，30000",
        "2026-04-09，30000\n2026-05-20，30000",
        "2026-05-20，0\n2026-06-22，60000",
    ],
)
def test_parts_that_do_not_fit_are_refused(standing, parts):
    """F127: the parts make the fine and no other sum."""
    assert denied(standing, GATE, "第六十六条第二款", ask(parts))["field"] == "instalments"


@pytest.mark.parametrize("parts", ["20000", "明天，60000", "2026-05-20，NaN", "2026-02-30，60000", " "])
def test_a_line_that_cannot_be_read_is_said_at_its_field(standing, parts):
    found = do(standing, ask(parts))
    assert found.status_code == 400
    assert "instalments" in found.content.decode()


def test_no_application_no_hardship_too_late_or_twice_is_refused(standing):
    denied(standing, GATE, "第六十六条第二款", ask(applied_on="2026-03-25"))
    denied(standing, GATE, "第六十六条第二款", ask(at="2026-04-11T09:00"))
    assert do(standing, ask(reason="")).status_code == 400
    bare = ask()
    assert do(standing, Step(bare.at, bare.who, bare.move, bare.values)).status_code == 400
    done(standing, ask())
    denied(standing, GATE, "第六十六条第二款", ask(at="2026-03-30T10:00"))
    done(standing, answer())
    denied(standing, GATE, "第六十六条第二款", ask(at="2026-04-01T09:00"))
    denied(standing, GATE, "第六十六条第二款", answer(at="2026-04-01T09:00"))


def test_only_a_head_answers_and_nobody_extends_the_time_to_pay_past_the_application(standing):
    done(standing, ask())
    assert do(standing, answer(who="first")).status_code == 403
    with refused(standing.case(), GATE, "第六十六条第二款"):
        extend_clock(
            case=standing.case(),
            actor=person(standing.county.head),
            at=instant("2026-03-31T09:00"),
            kind="fine_payment",
            length=30,
            reason="困难",
        )
    with pytest.raises(DatabaseError, match="approved terms"), transaction.atomic():
        Extension.objects.create(
            clock=clock_of(standing),
            rung=1,
            length=30,
            approver="head",
            approved_on=date(2026, 3, 31),
            approved_by=standing.county.head,
            reason="困难",
            event=clock_of(standing).event,
        )


def test_surcharge_counts_from_each_new_day_on_what_is_unpaid(standing):
    granted(standing)
    case = standing.case()
    assert accrued(case, date(2026, 4, 10)) is None
    # The first part is ten days late on 20 April: 20,000 at three per cent a day.
    late = accrued(case, date(2026, 4, 20))
    assert (late.principal, late.days, late.amount) == (Decimal(20000), 10, Decimal(6000))
    done(standing, again(standing, "record-payment", amount="20000"))
    assert accrued(standing.case(), date(2026, 5, 20)) is None
    # Two parts: thirty-five days late is capped at the part, two days late is not.
    both = accrued(standing.case(), date(2026, 6, 24))
    assert (both.principal, both.days, both.amount) == (Decimal(40000), 35, Decimal(21200))
    denied(
        standing,
        "surcharge_cap",
        "第七十二条",
        Step("2026-06-24T09:00", "head", "impose-surcharge", {"amount": "21200.01"}),
    )


def test_in_parts_the_penalty_is_settled_with_the_last(standing):
    granted(standing)
    for number, (day, stage) in enumerate(
        (("2026-04-08", Stage.SERVED), ("2026-05-20", Stage.SERVED), ("2026-06-22", Stage.EXECUTED))
    ):
        step = again(
            standing,
            "record-payment",
            at=f"{day}T10:00",
            amount="20000",
            paid_on=day,
            receipt_number=f"浙财{number}",
        )
        assert done(standing, step).stage == stage
    assert owed(standing.case()) == 0


def test_the_rate_of_a_place_and_sector_is_the_one_that_counts(standing):
    values = {"value": "0.02", "unit": "rate", "keys": {"place": county().area_code, "sector": "mohurd"}}
    LawSetting.objects.create(
        key="surcharge.daily_rate",
        article="本地规定",
        source="测试",
        valid_from=date(2020, 1, 1),
        value=values,
        proposed_by=standing.county.clerk,
        approved_by=standing.county.head,
    )
    law_book.forget()
    assert accrued(standing.case(), date(2026, 4, 20)).amount == Decimal(12000)
    law_book.forget()


def test_the_database_keeps_applications_and_answers(standing):
    granted(standing)
    for change in ({"approved": False}, {"reason": "x"}, {"asked": []}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PaymentTerms.objects.update(**change)


def instalment(door):
    """The day of the part that runs before the last."""
    return Clock.objects.filter(case=door.case_id, kind="fine_instalment", state="running").first()


def paid(door, number, day, amount="20000"):
    return done(
        door,
        again(
            door,
            "record-payment",
            at=f"{day}T10:00",
            amount=amount,
            paid_on=day,
            receipt_number=f"浙财{number}",
        ),
    )


def test_each_part_before_the_last_has_its_own_clock_that_warns_and_goes_overdue(standing):
    """F127: who has the case is reminded of each part."""
    case = granted(standing)
    first = instalment(standing)
    assert (first.due_on, case.next_due_on) == (date(2026, 4, 10), date(2026, 4, 10))
    assert paid(standing, 1, "2026-04-08", "5000").next_due_on == date(2026, 4, 10)
    assert instalment(standing) == first
    case = paid(standing, 2, "2026-04-09", "15000")
    second = instalment(standing)
    assert (second.due_on, case.next_due_on) == (date(2026, 5, 20), date(2026, 5, 20))
    assert (second.started_at, second.event.verb) == (first.started_at, "payment_recorded")
    assert second.extensions.get().reason.startswith("第2期：")
    assert standing.county.head.name in str(second.derivation)
    sweep(at=instant("2026-05-21T02:00"))
    second.refresh_from_db()
    assert second.warned_level == "overdue"
    assert Notice.objects.filter(kind="clock-overdue", recipient=standing.county.first.pk).exists()
    case = paid(standing, 3, "2026-05-22")
    assert (instalment(standing), case.next_due_on) == (None, date(2026, 6, 22))


def test_a_payment_voided_lets_the_clock_of_its_part_run_again(standing):
    granted(standing)
    case = paid(standing, 1, "2026-04-08")
    wrong = {"payment": case.payments.get().pk, "reason": "票据属于另一案件。"}
    case = done(standing, Step("2026-04-08T15:00", "first", "void-payment", wrong))
    assert (instalment(standing).due_on, case.next_due_on) == (date(2026, 4, 10), date(2026, 4, 10))


def void(at="2026-04-01T09:00", reason="误选同意，实际不予批准。", who="head"):
    return Step(at, who, "void-terms", {"reason": reason})


def test_an_answer_voided_gives_back_the_time_to_pay_and_the_application_waits_again(standing):
    granted(standing)
    case = done(standing, void())
    clock = clock_of(standing)
    assert (clock.due_on, case.next_due_on, instalment(standing)) == (date(2026, 4, 10),) * 2 + (None,)
    last = ClockChange.objects.filter(clock=clock).latest("id")
    assert (last.before_on, last.after_on, last.event.verb) == (
        date(2026, 6, 22),
        date(2026, 4, 10),
        "terms_voided",
    )
    kept, waits = PaymentTerms.objects.order_by("id")
    assert (kept.approved, kept.void_reason, kept.letter.state) == (True, void().values["reason"], "replaced")
    assert (waits.approved, waits.application, waits.asked) == (None, kept.application, kept.asked)
    assert list(unserved(case).filter(kind="payment_terms")) == []
    assert Clock.objects.get(case=case, kind="fine_instalment").state == Clock.State.CANCELLED
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentTerms.objects.filter(pk=kept.pk).update(voided_at=None, voided_by=None, void_reason="")
    with pytest.raises(DatabaseError), transaction.atomic():
        Extension.objects.filter(clock=clock).update(voided_by=None)
    # What was asked in time may be answered after the time to pay.
    done(standing, answer(at="2026-04-13T09:00"))
    assert clock_of(standing).due_on == date(2026, 6, 22)


def test_no_answer_is_voided_without_reason_by_others_or_once_the_party_was_told(standing):
    done(standing, ask())
    denied(standing, GATE, "第六十六条第二款", void())
    done(standing, answer())
    assert do(standing, void(reason=" ")).status_code == 400
    assert do(standing, void(who="first")).status_code == 403
    force("UPDATE cases_instrument SET state = 'served' WHERE kind = 'payment_terms'")
    denied(standing, "answer_served", "第六十六条第二款", void())
