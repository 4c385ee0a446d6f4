"""Benchmarks of ministries and provinces as rows: kinds of places, factors and cases, sums by the piece."""

import pytest

from catalog.loaders.amounts import fines_in
from tests.catalog.workbooks import codes, read, workbook

LAW = "《某省条例》第九条：处一万元以上十万元以下罚款。"
HALVES = ("处一万元以上三万元以下罚款", "处三万元以上十万元以下罚款")
SUMS = [("10000.00", "30000.00"), ("30000.00", "100000.00")]


def bands(result):
    (entry,) = result.entries
    told = ("grade", "circumstances", "fine_min", "fine_max")
    return [tuple(band[name] for name in told) for table in entry.tables for band in table["bands"]]


def test_rows_of_one_violation_apart_by_a_kind_of_place_keep_it_beside_their_degrees():
    rows = [["违法行为", "处罚依据", "场所类别", "较轻（0－30%）", "严重（70%－100%）"]]
    rows += [["堵塞通道", LAW, "人员密集场所", *HALVES], [None, None, "其他场所", *HALVES]]
    found = bands(read(workbook(rows, merges=["A2:A3", "B2:B3"])))
    assert [one[:2] for one in found] == [
        ("较轻", "人员密集场所"),
        ("严重", "人员密集场所"),
        ("较轻", "其他场所"),
        ("严重", "其他场所"),
    ]


def test_circumstances_beside_degrees_in_columns_are_kept():
    rows = [["违法行为", "处罚依据", "适用情形", "较轻", "严重"], ["堵塞通道", LAW, "拒不改正", *HALVES]]
    assert [one[1] for one in bands(read(workbook(rows)))] == ["拒不改正"] * 2


FACTORS = [
    ["违法行为", "处罚依据", "裁量因素", "裁量因子", "裁量百分值（%）"],
    ["倾倒", LAW, "数量", "不足1吨", 5],
    ["倾倒", LAW, "数量", "1吨以上", 15],
    ["倾倒", LAW, "时间", "不足1个月", 2],
]


def test_a_factor_and_its_cases_in_two_columns_are_one_choice_and_the_formula_stands_below():
    formula = ["罚款金额＝裁量百分值之和×法定最高罚款数额"]
    result = read(workbook([*FACTORS, formula], merges=["A5:E5"]))
    scheme = result.entries[0].tables[0]["scheme"]
    assert [(g["name"], [one["text"] for one in g["options"]]) for g in scheme["groups"]] == [
        ("数量", ["不足1吨", "1吨以上"]),
        ("时间", ["不足1个月"]),
    ]
    assert scheme["base_name"] == "法定最高罚款数额"
    assert codes(result) == []


def test_weights_without_anything_they_are_a_share_of_are_left_out_and_told():
    result = read(workbook(FACTORS))
    assert result.entries[0].tables == []
    assert [(one.row, one.code) for row in result.rows for one in row.notices] == [(2, "benchmark_refused")]


LAND = "《实施条例》第五十七条：罚款额为非法占用土地每平方米100元以上1000元以下。"


@pytest.mark.parametrize(
    ("above", "heading"), [(["单位：元/平方米"], "罚款标准"), (["土地类"], "罚款标准（元/平方米）")]
)
def test_numbers_by_the_square_metre_take_their_unit_from_heading_or_line_above(above, heading):
    rows = [above, ["违法行为", "处罚依据", "占用地类", "违法情节", heading]]
    rows += [
        ["占地", LAND, "基本农田", "不足5亩", "700-800"],
        ["占地", LAND, "基本农田", "5亩以上", "800-1000"],
    ]
    (entry,) = read(workbook(rows)).entries
    cells = entry.tables[0]["scheme"]["cells"]
    assert [(one["low"], one["high"], one["unit"]) for cell in cells for one in cell["amounts"]] == [
        ("700", "800", "元/平方米"),
        ("800", "1000", "元/平方米"),
    ]


def test_two_bounds_by_the_square_metre_are_one_range():
    rows = [["违法行为", "处罚依据", "违法程度", "情形", "罚款标准（元/平方米）", None]]
    rows += [[None, None, None, None, "下限", "上限"], ["占地", LAND, "轻微", "少量", 100, 300]]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"]
    (entry,) = read(workbook(rows, merges=merges)).entries
    band = entry.bands[0]
    assert (band.fine_min, band.fine_max, band.unit) == ("100.00", "300.00", "元/平方米")
    (fine,) = fines_in("100元以上/平方米300元以下/平方米")
    assert (fine.low, fine.high, fine.unit) == (100, 300, "元/平方米")


@pytest.mark.parametrize(
    ("law", "told"),
    [
        ("处一万元以上三万元以下罚款；情节严重的，处三万元以上十万元以下罚款", []),
        ("处一万元以上三万元以下罚款；对责任人处一千元以上十万元以下罚款", ["band_outside_statute"]),
    ],
)
def test_a_grade_within_the_severer_range_of_its_statute_is_not_outside_it(law, told):
    rows = [["违法行为", "处罚依据", "违法程度", "裁量标准"]]
    rows += [["堵塞", f"《某条例》第九条：{law}。", "严重", HALVES[1]]]
    assert codes(read(workbook(rows))) == ["several_amounts", *told]


def test_degrees_counted_in_roman_numerals_are_columns_with_their_circumstances():
    rows = [["违法行为", "处罚依据", "Ⅰ档（从轻）", None, "II档", None], [None, None, *["情形", "标准"] * 2]]
    rows += [["挂床住院", LAW, "少量", HALVES[0], "大量", HALVES[1]]]
    merges = ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]
    assert bands(read(workbook(rows, merges=merges))) == [
        ("Ⅰ档", "少量", *SUMS[0]),
        ("II档", "大量", *SUMS[1]),
    ]


def test_degrees_in_heavy_brackets_in_one_cell_are_parted_with_their_circumstances():
    cell = f"【轻微】未造成损失\n{HALVES[0]}\n【严重】造成损失一万元以上\n{HALVES[1]}"
    result = read(workbook([["违法行为", "处罚依据", "裁量标准"], ["毁坏设施", LAW, cell]]))
    assert bands(result) == [("轻微", "未造成损失", *SUMS[0]), ("严重", "造成损失一万元以上", *SUMS[1])]
    assert result.entries[0].fields["fine_max"] == "100000.00"


def test_two_measures_under_circumstances_keep_what_they_measure_and_only_the_fine_is_the_fine():
    rows = [
        ["违法行为", "处罚依据", "裁量情节", None, "处罚标准", None],
        [None, None, "立木材积（立方米）", "幼树（株）", "补种株数倍数", "罚款倍数"],
        [
            "盗伐",
            "《某法》第七十六条：处价值五倍以上十倍以下罚款。",
            "不足1",
            "不足20",
            "1倍",
            "5倍以上6倍以下",
        ],
    ]
    result = read(workbook(rows, merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1"]))
    assert bands(result) == [("1", "立木材积（立方米）：不足1\n幼树（株）：不足20", "5.00", "6.00")]
    assert codes(result) == []


def test_the_fines_of_unit_and_person_under_one_heading_are_two():
    rows = [["违法行为", "处罚依据", "违法程度", "违法情节", "裁量标准", None]]
    rows += [[None, None, None, None, "对单位", "对直接负责的主管人员和其他直接责任人员"]]
    rows += [["未设机构", LAW, "一般", "逾期", HALVES[0], "处单位罚款数额5%以上8%以下罚款"]]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"]
    (entry,) = read(workbook(rows, merges=merges)).entries
    (grade,) = entry.tables[0]["scheme"]["grades"]
    assert [(one["high"], one["unit"]) for one in grade["amounts"]] == [("30000", "元"), ("8", "%")]


def test_numbers_with_bounds_take_the_unit_of_their_heading():
    rows = [["违法行为", "处罚依据", "违法程度", "罚款（万元）"]]
    rows += [["开垦", LAW, d, t] for d, t in (("轻微", "1以上3以下"), ("严重", "3以上（不含）至10"))]
    assert [one[2:] for one in bands(read(workbook(rows)))] == SUMS


@pytest.mark.parametrize("head", ["二、减轻处罚事项", "（二）从轻处罚清单"])
def test_what_stands_below_a_head_of_lenience_is_no_exemption_and_says_so(head):
    columns = ["序号", "违法行为", "法律依据", "适用条件"]
    rows = [["不予处罚、减轻处罚清单"], ["一、轻微违法不予处罚事项"], columns]
    rows += [[1, "未亮照", LAW, "及时改正"], [head], columns, [1, "未标价", LAW, "积极配合"]]
    rows += [["三、首违不罚事项"], columns, [1, "未备案", LAW, "初次违法"]]
    result = read(workbook(rows, merges=["A1:D1", "A2:D2", "A5:D5", "A8:D8"]))
    assert [[one["conditions"] for one in entry.exemptions] for entry in result.entries] == [
        [["及时改正"]],
        [],
        [["初次违法"]],
    ]
    assert [one.cell for row in result.rows for one in row.notices if one.code == "not_spared"] == ["D7"]


def test_the_conditions_of_no_penalty_are_known_in_other_words():
    rows = [["违法行为", "处罚依据", "不予处罚的具体情形"], ["未亮照", LAW, "1.首次被发现；2.及时改正"]]
    (entry,) = read(workbook(rows)).entries
    assert entry.exemptions[0]["conditions"] == ["首次被发现", "及时改正"]


def test_a_share_with_a_cap_tells_that_the_cap_is_not_reckoned():
    rows = [
        ["事项名称", "依据"],
        ["甲", "《某条例》第九条：处违法所得百分之三十以下但最高不超过三万元的罚款。"],
    ]
    result = read(workbook(rows))
    assert (result.entries[0].fields["fine_unit"], codes(result)) == ("%", ["cap_not_reckoned"])


def test_a_title_that_speaks_of_lenience_leaves_a_column_of_no_penalty_what_it_is():
    rows = [["从轻处罚和免罚事项"], ["违法行为", "处罚依据", "不予处罚情形"], ["甲", LAW, "及时改正"]]
    (entry,) = read(workbook(rows, merges=["A1:C1"])).entries
    assert [one["conditions"] for one in entry.exemptions] == [["及时改正"]]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("每人次处二百元罚款", 200, 200, "元/人次"),
        ("处￥500～￥1,000元罚款", 500, 1000, "元"),
        ("处￥500罚款", 500, 500, "元"),
        ("处300元/m2以上500元/m2以下的罚款", 300, 500, "元/平方米"),
        ("处500元/平方米以下罚款", None, 500, "元/平方米"),
        ("处100元/亩-200元/亩罚款", 100, 200, "元/亩"),
        ("处2万元以上不足5万元罚款", 20_000, 50_000, "元"),
        ("处一倍以上不满三倍的罚款", 1, 3, "倍"),
        ("处5万以上10万以下罚款", 50_000, 100_000, "元"),
        ("处二十万罚款", 200_000, 200_000, "元"),
        ("违法所得不足5万的，处3万-5万元罚款", 30_000, 50_000, "元"),
        ("每超1吨，罚款500元", 500, 500, "元/吨"),
        ("每人收费超过标准的，处5000元罚款", 5000, 5000, "元"),
        ("每艘处二千元以上五千元以下罚款", 2000, 5000, "元/艘"),
    ],
)
def test_sums_by_the_piece_and_with_the_sign_of_the_yuan_are_one_range(text, low, high, unit):
    (fine,) = fines_in(text)
    assert (fine.low, fine.high, fine.unit) == (low, high, unit)


def test_a_header_of_two_rows_repeated_on_a_page_is_no_item_and_grades_go_on():
    head = [["序号", "违法行为", "法律依据", None, "裁量基准", None, None]]
    head += [[None, None, "违则", "罚则", "程度", "情形", "标准"]]
    rows = [*head, [1, "甲", "《某省条例》第八条", LAW, "轻微", "少", HALVES[0]], *head]
    rows += [[None, None, None, None, "严重", "多", HALVES[1]]]
    merges = ["A1:A2", "B1:B2", "C1:D1", "E1:G1", "A4:A5", "B4:B5", "C4:D4", "E4:G4"]
    result = read(workbook(rows, merges=merges))
    assert bands(result) == [("轻微", "少", *SUMS[0]), ("严重", "多", *SUMS[1])]


def test_degrees_a_line_each_in_one_cell_take_the_lines_beside_them():
    rows = [["违法行为", "处罚依据", "违法程度", "违法情节", "处罚标准"]]
    rows += [["甲", LAW, "轻微\n严重", "少\n多", "\n".join(HALVES)]]
    assert bands(read(workbook(rows))) == [("轻微", "少", *SUMS[0]), ("严重", "多", *SUMS[1])]


def test_degrees_whose_lines_do_not_answer_each_other_are_told():
    rows = [
        ["违法行为", "处罚依据", "违法程度", "处罚标准"],
        ["甲", LAW, "轻微\n一般\n严重", "\n".join(HALVES)],
    ]
    assert "several_amounts" in codes(read(workbook(rows)))


def test_conditions_of_no_penalty_beside_degrees_leave_the_degrees():
    rows = [["违法行为", "处罚依据", "不予处罚情形", "违法程度", "裁量情节", "处罚标准"]]
    rows += [
        ["甲", LAW, "首次且及时改正", "轻微", "少", HALVES[0]],
        [None, None, None, "严重", "多", HALVES[1]],
    ]
    result = read(workbook(rows, merges=["A2:A3", "B2:B3", "C2:C3"]))
    assert bands(result) == [("轻微", "少", *SUMS[0]), ("严重", "多", *SUMS[1])]
    assert [one["conditions"] for one in result.entries[0].exemptions] == [["首次且及时改正"]]


@pytest.mark.parametrize("merged", [True, False])
def test_a_further_ground_under_one_violation_is_cited_and_told(merged):
    first, second = "《甲法》第九条：处一万元罚款", "《乙条例》第八条：处三万元罚款"
    rows = [["序号", "违法行为", "处罚条款", "裁量等级", "情形", "幅度"]]
    rows += [[1, "甲", first, "轻微", "少", HALVES[0]]]
    rows += [
        [None, None, second, "轻微", "少", HALVES[1]]
        if merged
        else [1, "甲", second, "轻微", "少", HALVES[1]]
    ]
    result = read(workbook(rows, merges=["A2:A3", "B2:B3"] if merged else ()))
    (entry,) = result.entries
    assert [one[1:3] for one in entry.citations if one[0] == "penalty"] == [
        ["《甲法》", "第九条"],
        ["《乙条例》", "第八条"],
    ]
    assert entry.fields["statute_name"] == "《甲法》"
    told = [(one.row, one.cell) for row in result.rows for one in row.notices if one.code == "further_ground"]
    assert told == [(3, "C3")]


def test_circumstances_and_penalty_in_one_column_are_both_read():
    rows = [["违法行为", "处罚依据", "裁量阶次", "裁量情形及处罚标准"]]
    rows += [["甲", LAW, d, f"占用{d}的，{t}"] for d, t in zip(("轻微", "严重"), HALVES, strict=True)]
    assert bands(read(workbook(rows))) == [
        ("轻微", "占用轻微的", *SUMS[0]),
        ("严重", "占用严重的", *SUMS[1]),
    ]


def test_what_is_imposed_before_the_fine_is_no_circumstance():
    rows = [["违法行为", "处罚依据", "轻微", "严重"]]
    rows += [["甲", LAW, f"没收违法所得，并{HALVES[0]}", f"造成事故的，{HALVES[1]}"]]
    assert [one[1] for one in bands(read(workbook(rows)))] == ["", "造成事故的"]


@pytest.mark.parametrize(("low", "told"), [("500元", []), ("一万元", []), ("约500", ["benchmark_refused"])])
def test_a_bound_in_words_is_read_and_one_that_is_no_sum_is_left_out_and_told(low, told):
    rows = [["违法行为", "罚款下限", "罚款上限", "罚款默认值"], ["甲", low, "2万元", "20000"]]
    result = read(workbook(rows))
    assert codes(result) == told
    found = [one["scheme"]["amounts"][0] for one in result.entries[0].tables]
    lows = {"500元": "500", "一万元": "10000"}
    assert [(one["low"], one["high"]) for one in found] == ([] if told else [(lows[low], "20000")])
