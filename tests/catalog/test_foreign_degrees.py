"""Discretion tables as counties publish them: degrees as headings or in one cell, in many words."""

import pytest

from catalog.loaders.amounts import fines_in
from catalog.mapping import LABELS, label_of
from tests.catalog.workbooks import codes, read, workbook

GROUND = "《某条例》第五十条：处一万元以上十万元以下的罚款"
SUMS = [("10000.00", "30000.00"), ("30000.00", "60000.00"), ("60000.00", "100000.00")]
THREE = [f"处{low}万元以上{high}万元以下罚款" for low, high in ((1, 3), (3, 6), (6, 10))]
DEGREES = ("轻微", "一般", "严重")


def bands_of(result):
    (entry,) = result.entries
    return entry.tables[0]["bands"]


def told(bands, *names):
    return [tuple(band[name] for name in names) for band in bands]


def test_degrees_in_columns_of_their_own_become_grades():
    texts = [f"取水{n}类的，{text}" for n, text in enumerate(THREE)]
    result = read(workbook([["序号", "违法行为", "处罚依据", *DEGREES], [1, "擅自取水", GROUND, *texts]]))
    bands = bands_of(result)
    assert told(bands, "fine_min", "fine_max") == SUMS
    assert told(bands, "grade", "circumstances") == [(d, f"取水{n}类的") for n, d in enumerate(DEGREES)]
    assert [str(label_of(name)) for name in result.sheets[0].header.fields.values()][-1] == LABELS["degree:"]


def test_a_degree_over_its_circumstances_and_its_penalty_keeps_both():
    pairs = [cell for n, text in enumerate(THREE) for cell in (f"{n}人以上", text)]
    rows = [
        ["裁量基准表"],
        ["序号", "违法行为", "法定依据", "从轻处罚", "", "一般处罚", "", "从重处罚", ""],
        ["", "", "", *["适用情形", "裁量幅度"] * 3],
        [1, "未按规定培训", GROUND, *pairs],
    ]
    merges = ["A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:I2"]
    bands = bands_of(read(workbook(rows, merges=merges)))
    assert told(bands, "fine_min", "fine_max") == SUMS
    assert told(bands, "grade", "circumstances") == [
        ("从轻处罚", "0人以上"),
        ("一般处罚", "1人以上"),
        ("从重处罚", "2人以上"),
    ]


def test_a_degree_that_imposes_nothing_needs_no_words_for_it():
    rows = [
        ["违法行为", "处罚依据", "不予处罚", "一般", "严重"],
        ["乱贴", GROUND, "首次且当场清除", *THREE[1:]],
    ]
    assert told(bands_of(read(workbook(rows))), "grade", "no_penalty") == [
        ("不予处罚", True),
        ("一般", False),
        ("严重", False),
    ]


@pytest.mark.parametrize(
    ("cell", "grades"),
    [
        (
            "；\n".join(
                f"{n}.{d}：{text}" for n, (d, text) in enumerate(zip(DEGREES, THREE, strict=True), 1)
            ),
            DEGREES,
        ),
        ("；".join(f"{d}的，{text}" for d, text in zip(DEGREES, THREE, strict=True)), DEGREES),
        (
            "".join(f"（{n}）{n}次违法的，{text}；" for n, text in zip("一二三", THREE, strict=True)),
            ("1", "2", "3"),
        ),
    ],
)
def test_degrees_written_into_one_cell_are_parted_and_do_not_narrow_the_statute(cell, grades):
    result = read(workbook([["序号", "违法行为", "处罚依据", "裁量基准"], [1, "乱倒", GROUND, cell]]))
    assert told(bands_of(result), "fine_min", "fine_max") == SUMS
    assert [band["grade"] for band in bands_of(result)] == list(grades)
    (entry,) = result.entries
    assert (entry.fields["fine_min"], entry.fields["fine_max"]) == ("10000.00", "100000.00")


def test_fines_of_a_unit_and_of_a_person_in_one_cell_are_no_degrees():
    cell = "（一）对单位处十万元以上二十万元以下罚款；（二）对个人处一万元以下罚款"
    (entry,) = read(workbook([["违法行为", "处罚依据", "处罚标准"], ["乱倒", GROUND, cell]])).entries
    assert entry.bands == []
    assert entry.fields["penalty_range_text"] == cell


def test_the_situation_beside_the_violation_of_a_graded_table_is_no_second_violation():
    rows = [["职权编号", "违法行为", "违则", "罚则", "裁量档次", "违法情形", "裁量基准", "是否适用简易程序"]]
    rows += [
        ["C1", "擅设广告", "《某条例》第十二条", GROUND, f"{mark}档", f"面积{mark}", text, "否"]
        for mark, text in zip("ABC", THREE, strict=True)
    ]
    result = read(workbook(rows, merges=["B2:B4", "C2:C4", "D2:D4"]))
    assert result.entries[0].fields["violation"] == "擅设广告"
    assert told(bands_of(result), "circumstances") == [("面积A",), ("面积B",), ("面积C",)]


def test_where_a_heading_over_several_columns_says_sums_only_the_column_of_sums_holds_them():
    rows = [
        ["编号", "违法行为种类", "罚则", "裁量基准", "", ""],
        ["", "", "", "情节", "表现", "处罚标准"],
        [1, "经营假种", GROUND, "轻微", "处于初期", THREE[0]],
        [2, "无证采伐", GROUND, "一般", "处于中期", THREE[1]],
    ]
    result = read(workbook(rows, merges=["A1:A2", "B1:B2", "C1:C2", "D1:F1"]))
    assert [entry.bands[0].penalty_text for entry in result.entries] == THREE[:2]


def test_fines_of_unit_and_person_go_on_without_merges_in_one_table_each():
    rows = [["案由", "法律依据", "情节", "对单位处罚", "对个人处罚"]]
    rows += [["占道", GROUND, "轻微", THREE[0], "警告"], ["", "", "一般", THREE[1], "警告或者200元以下罚款"]]
    (entry,) = read(workbook(rows)).entries
    assert len(entry.tables) == 1
    grades = entry.tables[0]["scheme"]["grades"]
    assert [[one["high"] for one in grade["amounts"]] for grade in grades] == [["30000"], ["60000", "200"]]


@pytest.mark.parametrize("title", ["轻微违法行为依法不予处罚清单", "综合行政执法首违不罚事项清单"])
def test_the_circumstances_of_a_list_of_no_penalty_are_its_conditions(title):
    rows = [
        [title],
        ["事项名称", "法律依据", "适用情形", "不予处罚依据"],
        ["占道经营", GROUND, "1.初次；2.及时改正", "《处罚法》第三十三条"],
    ]
    (entry,) = read(workbook(rows, merges=["A1:D1"])).entries
    assert entry.exemptions[0]["conditions"] == ["初次", "及时改正"]
    assert entry.fields["statute_name"] == "《某条例》"


def test_the_circumstances_of_a_graded_table_are_no_conditions_of_no_penalty():
    rows = [["违法行为", "处罚依据", "违法程度", "适用情形", "裁量标准"]]
    rows += [["乱倒", GROUND, d, f"情形{d}", text] for d, text in zip(DEGREES, THREE, strict=True)]
    result = read(workbook(rows))
    assert result.entries[0].exemptions == []
    assert told(bands_of(result), "circumstances") == [("情形轻微",), ("情形一般",), ("情形严重",)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("处贰佰元以上壹仟元以下罚款", 200, 1000, "元"),
        ("处壹拾万元以上叁拾万圆以下的罚款", 100_000, 300_000, "元"),
        ("每超1000千克罚款500元，最高不得超过3万元", 500, 500, "元/1000千克"),
        ("每超过一吨处200元罚款", 200, 200, "元/吨"),
    ],
)
def test_capital_numerals_and_steps_are_read(text, low, high, unit):
    (fine,) = fines_in(text)
    assert (fine.low, fine.high, fine.unit) == (low, high, unit)


def test_bounds_without_a_unit_take_that_of_their_heading_and_a_cap_is_told():
    rows = [["违法行为", "处罚依据", "情节", "处罚幅度（单位：元）"]]
    rows += [
        ["乱停", GROUND, "轻微", "20-50"],
        ["超限", GROUND, "一般", "每超1吨罚款500元，最高不得超过3万元"],
    ]
    result = read(workbook(rows))
    band = result.entries[0].bands[0]
    assert (band.fine_min, band.fine_max) == ("20.00", "50.00")
    assert [
        notice.cell for row in result.rows for notice in row.notices if notice.code == "cap_not_reckoned"
    ] == ["D3"]


def test_a_fine_without_a_sum_takes_it_from_the_further_basis_and_says_so():
    cell = (
        "1.《甲法》第七十七条：可以并处罚款。\n"
        "2.《甲法实施条例》第五十七条：罚款额为每平方米100元以上1000元以下。"
    )
    result = read(workbook([["事项名称", "实施依据"], ["占用土地", cell]]))
    fields = result.entries[0].fields
    assert (fields["fine_min"], fields["fine_max"], fields["fine_unit"]) == ("100.00", "1000.00", "元/平方米")
    assert fields["penalty_article"] == "第七十七条"
    assert "amount_of_another_basis" in codes(result)


def test_marks_at_a_heading_and_numbers_of_annexes_do_not_hide_what_they_say():
    def rename(book):
        book.active.title = "附件1-2 水利局"

    rows = [
        ["云溪县水利局行政处罚权力清单"],
        ["*事项名称", "*法定依据", "*状态"],
        ["围湖造地", GROUND, "暂停"],
    ]
    (entry,) = read(workbook(rows, merges=["A1:C1"], change=rename)).entries
    assert entry.fields["standing"] == "suspended"
    assert entry.fields["department_name"] == "云溪县水利局"


def test_the_bounds_of_each_degree_in_two_columns_are_one_penalty():
    rows = [
        ["违法行为", "处罚依据", "违法程度", "裁量情形", "罚款金额（万元）", ""],
        ["", "", "", "", "下限", "上限"],
        ["超采", GROUND, "轻微", "少量", 1, 3],
        ["", "", "严重", "大量", 3, 10],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "A3:A4", "B3:B4"]
    bands = bands_of(read(workbook(rows, merges=merges)))
    assert told(bands, "grade", "fine_min", "fine_max") == [
        ("轻微", "10000.00", "30000.00"),
        ("严重", "30000.00", "100000.00"),
    ]


def test_a_degree_without_a_sum_or_a_kind_of_penalty_is_told_and_a_warning_is_one():
    rows = [["违法行为", "处罚依据", "违法程度", "处罚标准"]]
    rows += [["乱停", GROUND, "轻微", "警告"], ["乱停", GROUND, "一般", "20-50"]]
    result = read(workbook(rows))
    assert [
        (one.row, one.cell) for row in result.rows for one in row.notices if one.code == "band_not_read"
    ] == [(3, "D3")]


def test_law_and_article_under_each_of_two_kinds_of_ground_stay_apart():
    rows = [
        ["违法行为", "违法依据", "", "处罚依据", "", "处罚种类及幅度"],
        ["", "法律名称", "条款", "法律名称", "条款", ""],
        ["乱倒渣土", "《甲条例》", "第十条", "《乙条例》", "第二十条第一款", "处五千元以上五万元以下罚款"],
    ]
    (entry,) = read(workbook(rows, merges=["A1:A2", "B1:C1", "D1:E1", "F1:F2"])).entries
    names = ("statute_name", "obligation_article", "penalty_article", "fine_max")
    assert [entry.fields[name] for name in names] == ["《乙条例》", "第十条", "第二十条第一款", "50000.00"]


def test_a_tick_with_a_remark_is_a_tick_and_the_remark_is_told():
    rows = [["事项名称", "处罚依据", "东关街道", "西河镇"]]
    rows += [["占道", GROUND, "✓（仅限建成区）", "√"], ["乱倒", GROUND, "", "√"]]
    result = read(workbook(rows))
    assert [[one[1] for one in entry.listings] for entry in result.entries] == [
        ["东关街道", "西河镇"],
        ["西河镇"],
    ]
    assert codes(result) == ["tick_with_remark"]


def test_parts_numbered_under_their_item_are_named_without_the_number():
    rows = [
        ["事项名称", "子项", "设定依据"],
        ["1.对甲的处罚（含2个子项）", "1.1对乙的处罚", GROUND],
        ["", "1.2对丙的处罚", GROUND],
    ]
    assert [one.fields["name"] for one in read(workbook(rows)).entries] == ["对乙的处罚", "对丙的处罚"]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("处2000元（含）以上5000元（不含）以下罚款", 2000, 5000, "元"),
        ("处2万元以上（不含2万元）5万元以下罚款", 20_000, 50_000, "元"),
        ("处5万元及以上10万元及以下罚款", 50_000, 100_000, "元"),
        ("处不低于2万元不超过5万元的罚款", 20_000, 50_000, "元"),
        ("处不超过5万元的罚款", None, 50_000, "元"),
        ("处500-1000元/平方米罚款", 500, 1000, "元/平方米"),
    ],
)
def test_bounds_written_in_other_ways_are_one_range(text, low, high, unit):
    (fine,) = fines_in(text)
    assert (fine.low, fine.high, fine.unit) == (low, high, unit)


def test_weights_shown_in_per_cent_are_read_as_shown():
    def shown(book):
        for row in (2, 3):
            book.active.cell(row, 5).number_format = "0%"

    rows = [["违法行为", "处罚依据", "裁量要素", "情形", "权重", "计算公式"]]
    rows += [["超排", GROUND, "裁量起点", "", 0.2, "罚款金额＝权重之和×法定最高罚款"]]
    rows += [["超排", GROUND, "超标倍数", "一倍以下", 0.125, ""]]
    (entry,) = read(workbook(rows, change=shown)).entries
    scheme = entry.tables[0]["scheme"]
    assert (scheme["start"], scheme["groups"][0]["options"][0]["weight"]) == ("20", "12.5")


def test_factors_without_weights_beside_degrees_are_their_circumstances():
    rows = [["违法行为", "处罚依据", "裁量阶次", "裁量因素1：次数", "裁量因素2：后果", "处罚标准"]]
    rows += [["排油烟", GROUND, d, f"{d}次", f"{d}后果", t] for d, t in zip(DEGREES, THREE, strict=True)]
    assert bands_of(read(workbook(rows)))[0]["circumstances"] == "轻微次\n轻微后果"


def test_situations_in_rows_below_a_violation_belong_to_one_item_named_after_it():
    rows = [
        ["违法行为", "违法情形", "处罚依据"],
        ["违反燃气管理", "（一）未取得许可", GROUND],
        ["", "（二）不按许可", GROUND],
    ]
    (entry,) = read(workbook(rows, merges=["A2:A3"])).entries
    assert entry.fields["name"] == "违反燃气管理"
    assert entry.situations == ["未取得许可", "不按许可"]


def test_a_code_that_a_csv_guards_as_a_formula_is_read_and_its_cell_kept():
    text = f'事项编码,事项名称,处罚依据\r\n="0330217000123",占道,{GROUND}\r\n'
    result = read(text.encode("gb18030"))
    assert result.entries[0].codes == ["0330217000123"]
    assert result.rows[-1].cells[0] == '="0330217000123"'


def test_a_sheet_for_each_township_puts_its_items_in_the_list_of_that_township():
    def second(book):
        book.active.title = "城关镇"
        other = book.create_sheet("白马街道")
        for row in (["事项名称", "处罚依据"], ["占道", GROUND]):
            other.append(row)

    rows = [["事项名称", "处罚依据"], ["占道", GROUND], ["乱倒", GROUND]]
    result = read(workbook(rows, change=second))
    assert [(one.fields["name"], [place[1] for place in one.listings]) for one in result.entries] == [
        ("占道", ["城关镇", "白马街道"]),
        ("乱倒", ["城关镇"]),
    ]
    assert result.used == 3


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        ([["单位：万元"], ["违法行为", "处罚依据", *DEGREES]], ()),
        (
            [["违法行为", "处罚依据", "罚款金额（万元）", "", ""], ["", "", *DEGREES]],
            ("A1:A2", "B1:B2", "C1:E1"),
        ),
        ([["违法行为", "处罚依据", *(f"{one}（单位：万元）" for one in DEGREES)]], ()),
    ],
)
def test_numbers_alone_under_degrees_take_the_unit_told_above_them(rows, merges):
    result = read(workbook([*rows, ["乱倒", GROUND, "1-3", "3-6", "6-10"]], merges=merges))
    assert told(bands_of(result), "fine_min", "fine_max") == SUMS


@pytest.mark.parametrize(
    ("heads", "amounts", "unit"),
    [
        (("罚款下限（万元）", "罚款上限（万元）"), ("2000", "5000"), "元"),
        (("罚款下限（倍）", "罚款上限（倍）"), ("0.2", "0.5"), "倍"),
        (("罚款下限", "罚款上限"), ("0.2", "0.5"), "元"),
    ],
)
def test_bounds_kept_as_numbers_are_in_the_unit_of_their_heading(heads, amounts, unit):
    (entry,) = read(workbook([["违法行为", *heads], ["超限", "0.2", "0.5"]])).entries
    (amount,) = entry.tables[0]["scheme"]["amounts"]
    assert (amount["low"], amount["high"], amount["unit"]) == (*amounts, unit)
