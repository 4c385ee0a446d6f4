"""Fines as written in Chinese texts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.loaders.amounts import fines_in, no_penalty_in, number

D = Decimal
CASES = [
    ("处五百元以上五千元以下罚款", D(500), D(5000), "元"),
    ("处五十万以上一百万元以下罚款", D(500000), D(1000000), "元"),
    ("10万元以上20万元以下的罚款", D(100000), D(200000), "元"),
    ("处5,000元以上三万元以下罚款", D(5000), D(30000), "元"),
    ("责令改正，处一万元以上一万五千元以下罚款", D(10000), D(15000), "元"),
    ("处一百万一十元以上一百三十万元以下罚款", D(1000010), D(1300000), "元"),
    ("可以并处一百元至二千元的罚款", D(100), D(2000), "元"),
    ("处三至五万元罚款", D(30000), D(50000), "元"),
    ("处二千元罚款。", D(2000), D(2000), "元"),
    ("处以处一万元罚款", D(10000), D(10000), "元"),
    ("处5000元以下罚款", None, D(5000), "元"),
    ("处二万元以上罚款", D(20000), None, "元"),
    ("每处违法设施处五千元罚款。", D(5000), D(5000), "元/处"),
    ("按照每处设施处五千元以上二万元以下罚款", D(5000), D(20000), "元/处"),
    ("按照占用面积每平方米五百元以上二千元以下的标准处以罚款", D(500), D(2000), "元/平方米"),
    ("按照受侵害的劳动者每人1000元以上5000元以下的标准计算，处以罚款", D(1000), D(5000), "元/人"),
    ("处赔偿额一至二倍罚款", D(1), D(2), "倍"),
    ("处赔偿额一点五倍的罚款", D("1.5"), D("1.5"), "倍"),
    ("并处违法所得1.5倍以上3倍以下的罚款", D("1.5"), D(3), "倍"),
    ("处工程造价百分之二以上百分之五以下的罚款", D(2), D(5), "%"),
    ("处工程造价2%以上5%以下罚款", D(2), D(5), "%"),
    ("500-1000元", D(500), D(1000), "元"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit"), CASES)
def test_h19_a_fine_is_read_with_its_bounds_and_unit(text, low, high, unit):
    (fine,) = fines_in(text)
    assert (fine.low, fine.high, fine.unit) == (low, high, unit)


def test_two_fines_in_one_cell_are_both_read_in_order():
    fines = fines_in("对单位处二万元罚款，对直接负责的主管人员处五百元罚款")
    assert [fine.low for fine in fines] == [20000, 500]


def test_a_sum_that_is_only_a_condition_is_no_fine():
    text = "违法所得一万元以上的，并处违法所得一倍以上五倍以下的罚款；"
    text += "违法所得不足一万元的，处五千元以上三万元以下罚款"
    assert [(fine.low, fine.unit) for fine in fines_in(text)] == [(1, "倍"), (5000, "元")]


def test_a_cap_is_no_fine_of_its_own():
    assert [fine.low for fine in fines_in("每超过一千千克处五百元罚款，最高不超过三万元")] == [500]


@pytest.mark.parametrize(
    "text", ["处罚款", "给予警告", "不予处罚。", "", "45万元以上60万元以上罚款", "处五千元以上一千元以下罚款"]
)
def test_a_text_without_a_readable_fine_gives_none(text):
    assert fines_in(text) == []


@pytest.mark.parametrize("text", ["不予处罚。", "免予处罚", "不予行政处罚"])
def test_no_penalty_is_recognised(text):
    assert no_penalty_in(text)
    assert not no_penalty_in("处一千元罚款")


NUMERALS = "零一二三四五六七八九"


def chinese(value: int) -> str:
    """Write 1 … 99 999 999 as a Chinese numeral."""
    high, low = divmod(value, 10_000)
    if not high:
        return _section(low)
    gap = "零" if low and low < 1000 else ""
    return _section(high) + "万" + gap + (_section(low) if low else "")


def _section(value: int) -> str:
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if zero and text else "") + NUMERALS[digit] + name
            zero = False
        else:
            zero = True
    return text


@given(st.integers(min_value=1, max_value=99_999_999))
def test_any_chinese_numeral_reads_back_as_its_number(value):
    assert number(chinese(value)) == value


@given(low=st.integers(1, 9_999_999), more=st.integers(0, 9_999_999), digits=st.booleans())
def test_any_range_reads_back_as_its_bounds(low, more, digits):
    high = low + more
    write = str if digits else chinese
    (fine,) = fines_in(f"处{write(low)}元以上{write(high)}元以下罚款")
    assert (fine.low, fine.high) == (low, high)


@given(st.text(alphabet="一二十百千万零点处罚款元以上下至每平方米倍%0123456789,.，。；的", max_size=40))
def test_no_text_breaks_the_reader(text):
    for fine in fines_in(text):
        assert fine.low is None or fine.high is None or fine.low <= fine.high
