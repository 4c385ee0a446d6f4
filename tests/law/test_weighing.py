"""Benchmarks as published, reckoned by hand: every shape, every unit, and what a benchmark may not do."""

from decimal import Decimal as D

import pytest

from law.benchmarks import read_scheme
from law.discretion import Range
from law.errors import LawError
from law.exemptions import Exemption, Rule, refusal_of
from law.weighed import Facts
from law.weighing import higher_of, weigh


def grade(key, name, options, *amounts, **more):
    rows = [{"id": f"{key}.{n}", "text": text} for n, text in enumerate(options, 1)]
    return {"id": key, "name": name, "options": rows, "amounts": list(amounts), **more}


def yuan(low, high=None, **more):
    return {"low": low, "high": low if high is None else high, **more}


def grades(*rows):
    return read_scheme({"shape": "grades", "grades": list(rows)})


def weights(factors, **more):
    groups = [
        {
            "id": f"f{n}",
            "name": name,
            "options": [
                {"id": f"f{n}.{m}", "text": text, "weight": weight}
                for m, (text, weight) in enumerate(options, 1)
            ],
        }
        for n, (name, options) in enumerate(factors, 1)
    ]
    return read_scheme({"shape": "weights", "groups": groups, **more})


def facts(*chosen, quantity="1", grade=""):
    return Facts(frozenset(chosen), D(quantity), grade)


def zh(lines):
    return [line.zh for line in lines]


def only(calculation):
    (found,) = calculation.found
    return found


# 深圳市城市管理行政处罚裁量权实施标准（2023年版）第1项: fixed sum per grade.
SHENZHEN_1 = grades(
    grade("g1", "情节较轻", ["第一次被处罚的。"], yuan(2000)),
    grade("g2", "情节较重", ["第二次被处罚的。"], yuan(10000)),
    grade("g3", "情节严重", ["第三次及以上被处罚的。"], yuan(20000)),
)


def test_a_fixed_sum_per_grade():
    found = weigh(SHENZHEN_1, facts("g2.1"), statutory=Range(D(2000), D(20000)))
    assert only(found).range == Range(D(10000), D(10000))
    assert only(found).lawful == Range(D(10000), D(10000))
    assert zh(found.lines) == [
        "情节“第二次被处罚的。”归入“情节较重”",
        "罚款10000元",
        "法定幅度2000元以上20000元以下",
    ]
    assert found.lines[1].en == "fine 10000 yuan"
    assert not found.warnings


# 第2项: 不予处罚 first, and one of four circumstances is enough for the last grade.
SHENZHEN_2 = grades(
    grade("g1", "情节轻微", ["违法行为轻微并及时改正的。"], no_penalty=True),
    grade("g2", "情节较轻", ["第一次被处罚的。"], yuan(1000)),
    grade(
        "g4",
        "情节严重",
        ["第三次及以上被处罚的", "威胁、恐吓工作人员", "扰乱正常工作秩序", "其他较大影响"],
        yuan(5000),
    ),
)


def test_any_one_of_several_circumstances_leads_to_a_grade():
    for option in ("g4.1", "g4.3"):
        assert only(weigh(SHENZHEN_2, facts(option))).range.low == D(5000)


def test_a_grade_without_penalty_gives_no_sum():
    found = weigh(SHENZHEN_2, facts("g1.1"))
    assert found.no_penalty
    assert found.found == ()


def test_circumstances_of_two_grades_are_not_guessed_between():
    found = weigh(SHENZHEN_2, facts("g2.1", "g4.3"))
    assert found.found == ()
    assert "情节较轻、情节严重" in found.open[0].zh
    chosen = weigh(SHENZHEN_2, facts("g2.1", "g4.3", grade="g4"))
    assert only(chosen).range.low == D(5000)
    assert not chosen.doubts


def test_a_grade_that_the_circumstances_do_not_lead_to_is_told():
    found = weigh(SHENZHEN_2, facts("g2.1", grade="情节严重"))
    assert only(found).range.low == D(5000)
    assert "指向“情节较轻”" in found.doubts[0].zh


def test_all_conditions_joined_by_and_must_be_ticked():
    scheme = grades(
        grade("g1", "轻微", ["首次违法", "期限内改正", "后果轻微"], needs_all=True, no_penalty=True),
        grade("g2", "一般", ["其他情形"], yuan(1000, 5000)),
    )
    assert weigh(scheme, facts("g1.1", "g1.2")).open
    assert weigh(scheme, facts("g1.1", "g1.2", "g1.3")).no_penalty


# 第27项: the first grade lies below the statute in the source. Told, never mended.
def test_a_band_below_its_own_statute_is_warned_about_and_left_as_it_is():
    scheme = grades(
        grade("g1", "情节较轻", ["第一次"], yuan(1000)), grade("g2", "情节较重", ["第二次"], yuan(3000))
    )
    found = weigh(scheme, facts("g1.1"), statutory=Range(D(2000), D(5000)))
    assert only(found).range == Range(D(1000), D(1000))
    assert only(found).lawful is None
    assert "基准的1000元超出法定幅度2000元以上5000元以下" in found.warnings[0].zh
    assert not weigh(scheme, facts("g2.1"), statutory=Range(D(2000), D(5000))).warnings


# 江门市生态环境裁量标准 1-1: a percentage of the investment, two circumstances sharing grade 2.
def test_a_percentage_band_is_counted_on_the_investment():
    scheme = grades(
        grade("1", "1", ["报告表项目，主体工程未建设完成的"], yuan(1, 2, unit="%")),
        grade(
            "2",
            "2",
            ["报告表项目，主体工程已建设完成的", "报告书项目，主体工程未建设完成的"],
            yuan(2, 3, unit="%"),
        ),
    )
    found = weigh(scheme, facts("2.2", quantity="5000000"), statutory=Range(D(50000), D(250000)))
    assert only(found).range == Range(D(100000), D(150000))
    assert scheme.asks_quantity


# 江门 5-1: the person in charge is fined in a table of its own.
def test_the_person_in_charge_has_a_fine_of_its_own():
    scheme = grades(
        grade(
            "5",
            "5",
            ["超标30.0dB（A）以上"],
            yuan(800000, 1000000),
            yuan(160000, 200000, target="直接负责的主管人员"),
        )
    )
    found = weigh(scheme, facts("5.1"), statutory=Range(D(200000), D(1000000)))
    assert [(one.target, one.range.low, one.range.high) for one in found.found] == [
        ("", D(800000), D(1000000)),
        ("直接负责的主管人员", D(160000), D(200000)),
    ]
    assert "直接负责的主管人员：罚款160000元以上200000元以下" in zh(found.lines)
    assert found.main.lawful is not None


# 广东省生态环境 §1.1: 罚款＝裁量百分值总和×建设项目总投资额×5%.
GUANGDONG_1_1 = weights(
    [
        ("环评文件类别", [("报告表类", 0), ("报告书类，未纳入重点管理", 5), ("报告书类，重点管理", 10)]),
        ("建设项目地点", [("一般区域", 0), ("限批区或环境敏感区", 6), ("饮用水水源保护区", 15)]),
        ("建设情况", [("基础建设阶段", 0), ("设备安装阶段", 5), ("投入生产/使用阶段", 15)]),
        ("持续时间", [("3个月以下", 0), ("3–6个月", 3), ("6–12个月", 8), ("12个月以上", 16)]),
        ("近二年同类违法", [("1次", 0), ("2次", 3), ("3次", 8), ("4次以上", 19)]),
        ("配合调查", [("配合调查", 0), ("不配合调查", 5)]),
    ],
    start=20,
    rate="0.05",
    base_name="建设项目总投资额",
)


def test_weighted_factors_are_added_up_and_taken_of_the_base():
    found = weigh(
        GUANGDONG_1_1,
        facts("f1.2", "f2.2", "f3.2", "f4.2", "f5.1", "f6.1", quantity="10000000"),
        statutory=Range(D(100000), D(500000)),
    )
    # 20+5+6+5+3+0+0 = 39; 39% × 10,000,000 × 5% = 195,000.
    assert only(found).range == Range(D(195000), D(195000))
    assert "百分值总和39%" in zh(found.lines)
    assert "罚款金额＝39%×建设项目总投资额10000000元×5%＝195000元" in zh(found.lines)


def test_the_heaviest_of_every_factor_makes_the_statute_s_upper_bound():
    chosen = ("f1.3", "f2.3", "f3.3", "f4.4", "f5.4", "f6.2")
    found = weigh(GUANGDONG_1_1, facts(*chosen, quantity="10000000"))
    # 20+10+15+15+16+19+5 = 100.
    assert only(found).range.high == D(500000)


def test_every_factor_has_to_be_answered_once():
    missing = weigh(GUANGDONG_1_1, facts("f1.2", "f2.2"))
    assert missing.found == ()
    assert "建设情况、持续时间" in missing.open[0].zh
    assert weigh(GUANGDONG_1_1, facts("f1.1", "f1.2", "f2.1", "f3.1", "f4.1", "f5.1", "f6.1")).open


# 广东 §2.5.1 and §2.5.2: one violation under two statutes, the second with a floor of 20 %.
WATER = [
    ("分类管理", [("简化管理", 0), ("重点管理", 15)]),
    ("排污情况", [("B类", 0), ("A类", 10), ("有毒有害", 22)]),
]


def test_a_sum_of_weights_below_the_floor_counts_as_the_floor():
    by_water_law = weights(WATER, start=10, base=1000000)
    by_permit_rules = weights(WATER, start=10, base=1000000, floor=20)
    least = facts("f1.1", "f2.1")
    assert only(weigh(by_water_law, least, statutory=Range(D(100000), D(1000000)))).range.low == D(100000)
    floored = weigh(by_permit_rules, least, statutory=Range(D(200000), D(1000000)))
    assert only(floored).range.low == D(200000)
    assert "总和不足20%，按20%计算" in zh(floored.lines)
    # 10+15+10 = 35 in both.
    for scheme in (by_water_law, by_permit_rules):
        assert only(weigh(scheme, facts("f1.2", "f2.2"))).range.low == D(350000)
    assert by_water_law.asks_quantity == ""


def test_of_two_statutes_for_one_act_the_one_with_the_higher_fine_applies():
    water_law, permit_rules = Range(D(100000), D(1000000)), Range(D(200000), D(1000000))
    assert higher_of([water_law, permit_rules]) == 1
    assert higher_of([water_law, Range(D(1), D(2000000))]) == 1
    assert higher_of([water_law, water_law]) is None
    assert higher_of([]) is None


# 广东 §1.4: three axes, a fine for the body and one for the person.
def cells():
    axes = [("违法程度", "未投入生产", "已投入生产"), ("区域", "一般区域", "敏感区")]
    groups = [
        {
            "id": f"a{n}",
            "name": axis[0],
            "options": [{"id": f"a{n}.{m}", "text": t} for m, t in enumerate(axis[1:], 1)],
        }
        for n, axis in enumerate(axes, 1)
    ]
    person = "直接负责的主管人员"
    rows = [
        {"options": ["a1.1", "a2.1"], "amounts": [yuan(500000, 570000), yuan(50000, 120000, target=person)]},
        {
            "options": ["a1.2", "a2.1"],
            "amounts": [yuan(1200000, 1280000), yuan(120000, 200000, target=person)],
        },
    ]
    return {"shape": "cells", "groups": groups, "cells": rows}


def test_a_cell_of_several_axes_gives_both_fines():
    found = weigh(read_scheme(cells()), facts("a1.2", "a2.1"), statutory=Range(D(500000), D(2000000)))
    assert [(one.range.low, one.range.high) for one in found.found] == [
        (D(1200000), D(1280000)),
        (D(120000), D(200000)),
    ]
    assert zh(found.lines)[:2] == ["违法程度：已投入生产", "区域：一般区域"]


def test_a_combination_the_table_does_not_hold_is_not_guessed():
    found = weigh(read_scheme(cells()), facts("a1.1", "a2.2"))
    assert found.found == ()
    assert "不能推定" in found.open[0].zh


# 新疆道路交通裁量基准 10052: 200–2000, usually 1500.
def test_a_default_stands_inside_its_range():
    scheme = read_scheme({"shape": "default", "amounts": [yuan(200, 2000, default=1500)]})
    found = weigh(scheme, facts(), statutory=Range(D(200), D(2000)))
    assert only(found).range == Range(D(200), D(2000))
    assert only(found).default == D(1500)
    assert "一般情形1500元" in zh(found.lines)


@pytest.mark.parametrize(
    ("amount", "quantity", "low", "high"),
    [
        (yuan(1000, unit="元/平方米"), "12.5", "12500", "12500"),
        (yuan(500, 700, unit="元/处"), "3", "1500", "2100"),
        # 六安林业: 盗伐不足0.5立方米, three times the value of the timber.
        (yuan(3, unit="倍"), "4200.50", "12601.50", "12601.50"),
        (yuan(2, 4, unit="%"), "800000", "16000", "32000"),
        # 每超1000千克500元, 最高30000.
        # 江门 4-27: 30 % of the direct loss, at most one million.
        (yuan(30, unit="%", cap=1000000), "5000000", "1000000", "1000000"),
        (yuan(30, unit="%", cap=1000000), "100000", "30000", "30000"),
        (yuan(1000, step=1000, per_step=500, start=2000, cap=30000), "5999", "2500", "2500"),
        (yuan(1000, step=1000, per_step=500, start=2000, cap=30000), "2000", "1000", "1000"),
        (yuan(1000, step=1000, per_step=500, start=2000, cap=30000), "90000", "30000", "30000"),
    ],
)
def test_every_unit_is_counted_on_its_quantity(amount, quantity, low, high):
    scheme = read_scheme({"shape": "default", "amounts": [amount]})
    assert only(weigh(scheme, facts(quantity=quantity))).range == Range(D(low), D(high))
    assert scheme.asks_quantity


def test_an_open_end_stays_open():
    scheme = read_scheme({"shape": "default", "amounts": [{"high": 10000}]})
    found = weigh(scheme, facts(), statutory=Range(None, D(50000)))
    assert only(found).range == Range(None, D(10000))
    assert "罚款10000元以下" in zh(found.lines)


def test_a_circumstance_of_another_table_is_refused():
    assert weigh(SHENZHEN_1, facts("x.1")).open


@pytest.mark.parametrize(
    "data",
    [
        {"shape": "grades"},
        {"shape": "weights", "groups": [{"id": "f", "name": "n", "options": [{"id": "a", "text": "t"}]}]},
        {"shape": "cells", "cells": [{"options": ["a"]}, {"options": ["a"]}]},
        {"shape": "default", "amounts": [{"low": "十万"}]},
        {"shape": "default", "amounts": [{"low": 5, "high": 4}]},
        {
            "shape": "weights",
            "base": 1,
            "groups": [
                {"id": "f", "name": "n", "options": [{"id": "a", "text": "t"}, {"id": "a", "text": "u"}]}
            ],
        },
    ],
)
def test_a_benchmark_that_cannot_be_reckoned_with_is_refused(data):
    with pytest.raises(LawError):
        read_scheme(data)


def test_the_calculation_is_plain_data_for_the_report():
    told = weigh(SHENZHEN_1, facts("g2.1"), statutory=Range(D(2000), D(20000))).as_dict()
    assert told["found"][0] == {
        "target": "",
        "low": "10000.00",
        "high": "10000.00",
        "default": None,
        "lawful_low": "10000.00",
        "lawful_high": "10000.00",
        "inside_statute": True,
    }
    assert told["grades"] == ["情节较重"]


# 江门轻微违法不予处罚清单 1: both conditions; 广东附件2 第10项: either.
MINOR = Rule(Exemption.MINOR, ("属于首次违法", "在责令改正期限内改正，危害后果轻微"), document="江门市清单1")


def test_conditions_joined_by_and_or_or():
    either = Rule(Exemption.FIRST, MINOR.conditions, needs_all=False)
    assert not MINOR.met([0])
    assert MINOR.met([0, 1])
    assert not MINOR.met([0, 7])
    assert either.met([1])
    assert not either.met([])


def test_f010_refusing_a_proposed_exemption_needs_a_reason():
    assert refusal_of(MINOR, reasons="改正在期限届满之后") is None
    refusal = refusal_of(MINOR, reasons=" ")
    assert refusal.blocks
    assert "第三十三条" in refusal.article
    assert "江门市清单1" in refusal.message
    first = refusal_of(Rule(Exemption.FIRST, ("初次违法",)), reasons="")
    assert first.code == "first_offence_may_exempt"
    assert first.blocks
