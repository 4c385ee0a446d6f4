"""Amounts in capitals, the surcharge, and the limitation."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.collection import surcharge
from law.errors import LawError
from law.limitation import five_year_obstacles, limitation_check, limitation_end
from law.money import CAPITALS, in_capitals
from law.suspensions import Suspension

DUE = date(2026, 3, 17)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("50000", "伍万元整"),
        ("10", "壹拾元整"),
        ("105", "壹佰零伍元整"),
        ("1005.00", "壹仟零伍元整"),
        ("10050", "壹万零伍拾元整"),
        ("100001", "壹拾万零壹元整"),
        ("20300.5", "贰万零叁佰元伍角整"),
        ("3000.05", "叁仟元零伍分"),
        ("0.30", "叁角整"),
        ("0.07", "柒分"),
        ("1.23", "壹元贰角叁分"),
        ("100000000", "壹亿元整"),
        ("1234567890.12", "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"),
    ],
)
def test_an_amount_is_written_in_capitals(amount, text):
    assert in_capitals(Decimal(amount)) == text


def read_back(text):
    """Read capitals by their place values."""
    places = {"拾": 10, "佰": 100, "仟": 1000}
    yuan, _, rest = text.partition("元") if "元" in text else ("", "", text)
    total = section = digit = 0
    for mark in yuan:
        if mark in CAPITALS:
            digit = CAPITALS.index(mark)
        elif mark in places:
            section, digit = section + digit * places[mark], 0
        elif mark == "万":
            section, digit = section + digit, 0
            total, section = total + section * 10**4, 0
        else:
            section, digit = section + digit, 0
            total, section = (total + section) * 10**8, 0
    fen = (total + section + digit) * 100
    for mark, worth in (("角", 10), ("分", 1)):
        if mark in rest:
            fen += CAPITALS.index(rest[rest.index(mark) - 1]) * worth
    return Decimal(fen) / 100


@given(st.integers(0, 10**14 - 1))
def test_capitals_read_back_give_the_amount(fen):
    assert read_back(in_capitals(Decimal(fen) / 100)) == Decimal(fen) / 100


@given(st.integers(0, 10**14 - 1))
def test_capitals_never_double_a_zero_nor_end_in_one(fen):
    text = in_capitals(Decimal(fen) / 100)
    assert "零零" not in text
    assert text == "零元整" or "零元" not in text
    assert text.endswith("分") or text.endswith("整")


@pytest.mark.parametrize("amount", ["-1", "0.001", "1e17", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(LawError) as error:
        in_capitals(Decimal(amount))
    assert error.value.field == "amount"


def owed(days, fine="10000", **changes):
    return surcharge(principal=Decimal(fine), payment_due=DUE, paid_on=DUE + timedelta(days), **changes)


def test_the_surcharge_starts_on_the_day_after_and_is_capped_at_the_fine():
    assert [owed(days).amount for days in (-3, 0, 1, 33, 34, 289)] == [0, 0, 300, 9900, 10000, 10000]
    assert owed(33).capped is False
    assert owed(34).capped is True
    assert owed(1, "333").amount == Decimal("9.99")
    assert str(owed(1, "0.33").amount) == "0.01"


def test_review_and_suit_stop_the_surcharge_but_testing_does_not():
    span = {"start": DUE + timedelta(3), "end": DUE + timedelta(8)}
    assert owed(10, suspensions=[Suspension(**span, ground="行政复议")]).days == 5
    assert owed(5, suspensions=[Suspension(**span, ground="诉讼")]).days == 2
    assert owed(10, suspensions=[Suspension(DUE + timedelta(3), None, "行政诉讼")]).days == 2
    tested = owed(10, suspensions=[Suspension(**span, ground="检测")])
    assert tested.days == 10
    assert tested.ignored[0].code == "ground_not_granted"
    assert tested.as_dict()["amount"] == "3000.00"
    with pytest.raises(LawError):
        owed(1, "-5")


@given(st.integers(0, 400), st.integers(1, 10**8))
def test_a_surcharge_grows_with_time_and_never_passes_the_fine(days, fen):
    fine = str(Decimal(fen) / 100)
    assert owed(days, fine).amount <= owed(days + 1, fine).amount <= Decimal(fine)


def test_an_act_discovered_too_late_is_not_punished():
    ended = date(2024, 2, 29)
    assert limitation_end(act_ended=ended) == date(2026, 2, 28)
    assert limitation_check(act_ended=ended, discovered_on=date(2026, 2, 28)) is None
    late = limitation_check(act_ended=ended, discovered_on=date(2026, 3, 1))
    assert late.code == "limitation_check"
    assert "2026-02-28" in late.message
    assert limitation_check(act_ended=ended, discovered_on=date(2026, 3, 1), years=5) is None
    assert limitation_check(act_ended=ended, discovered_on=date(2024, 1, 1)) is None
    assert (
        limitation_check(act_ended=ended, discovered_on=date(2027, 3, 1), years=3).code == "limitation_check"
    )
    with pytest.raises(LawError):
        limitation_end(act_ended=ended, years=0)


def test_five_years_need_both_conditions():
    assert [r.code for r in five_year_obstacles(protected_field=True, harm=False)] == [
        "five_year_two_conditions"
    ]
    assert list(five_year_obstacles(protected_field=True, harm=True)) == []
