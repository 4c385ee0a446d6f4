"""Lists of provinces and ministries as rows: codes in two columns, steppe townships, sums by the piece."""

import pytest

from catalog.loaders.amounts import fines_in
from tests.catalog.workbooks import codes, names, read, reasons, workbook

LAW = "《某省条例》第九条：处一千元以上五千元以下罚款。"
A, B, C = "对甲行为的行政处罚", "对乙行为的行政处罚", "对丙行为的行政处罚"
HALVES = ("处一万元以上三万元以下罚款", "处三万元以上十万元以下罚款")


def bands(result):
    (entry,) = result.entries
    told = ("grade", "circumstances", "fine_min", "fine_max")
    return [tuple(band[name] for name in told) for table in entry.tables for band in table["bands"]]


def test_codes_of_main_items_and_parts_under_one_heading_are_codes_and_no_names():
    rows = [
        ["序号", "事项编码", None, "事项名称", None, "实施依据"],
        [None, "主项", "子项", "主项", "子项", None],
        [1, "330264056000", "330264056001", "对违规采集的行政处罚", "对出售植物的行政处罚", LAW],
        [None, None, "330264056002", None, "对采集植物的行政处罚", LAW],
    ]
    merges = ["A1:A2", "B1:C1", "D1:E1", "F1:F2", "A3:A4", "B3:B4", "D3:D4"]
    result = read(workbook(rows, merges=merges))
    assert names(result) == ["对出售植物的行政处罚", "对采集植物的行政处罚"]
    assert [entry.codes for entry in result.entries] == [["330264056001"], ["330264056002"]]


@pytest.mark.parametrize("place", ["巴彦塔拉苏木", "城东新区", "高新区", "旅游度假区"])
def test_places_that_are_no_township_by_name_are_ticked_as_townships_are(place):
    rows = [["序号", "职权名称", "实施依据", "达来镇", place], [1, A, LAW, None, "√"], [2, B, LAW, "√", "√"]]
    result = read(workbook(rows))
    assert [[one[1] for one in entry.listings] for entry in result.entries] == [[place], ["达来镇", place]]


def test_ticks_under_townships_and_under_streets_hand_an_item_on_and_nothing_is_doubtful():
    rows = [["序号", "执法事项", "实施主体", None], [None, None, "乡镇", "街道"]]
    rows += [[1, A, "√", "√"], [2, B, "√", None], [3, C, None, None], [4, "扣押", "√", "待定"]]
    result = read(workbook(rows, merges=["A1:A2", "B1:B2", "C1:D1"]))
    assert [bool(entry.listings) for entry in result.entries] == [True, True, False, True]
    assert codes(result) == ["tick_not_read"]


def test_a_department_written_from_top_to_bottom_with_the_count_of_its_items_is_the_department():
    rows = [["部门", "序号", "事项名称"], ["县\n水\n利\n局\n︵\n2\n项\n︶", 1, A], [None, 2, B]]
    entries = read(workbook(rows, merges=["A2:A3"])).entries
    assert [entry.fields["department_name"] for entry in entries] == ["县水利局"] * 2


@pytest.mark.parametrize(
    "note",
    [["说明：", "1.本目录由司法局解释。"], ["填表人：张三", "审核人：李四"]],
    ids=lambda one: one[0],
)
def test_a_note_over_two_cells_is_no_item_and_neither_are_the_lines_below_it(note):
    rows = [["序号", "事项名称", "依据"], [1, A, LAW], note, [None, "2.本目录动态调整"]]
    result = read(workbook(rows))
    assert (names(result), reasons(result)) == ([A], ["表头行", "注释行", "注释行"])


def test_a_sentence_between_the_lines_of_a_note_heads_no_section():
    rows = [
        ["序号", "事项名称"],
        [1, A],
        ["备注：1.以省级清单为准。"],
        ["2.动态调整另行公布。"],
        [None, "3.解释权"],
    ]
    result = read(workbook(rows))
    assert (names(result), reasons(result)) == ([A], ["表头行", "注释行", "注释行", "注释行"])


def test_the_body_in_the_lead_is_the_department():
    rows = [["序号", "一件事", "执法事项", "法律依据", "牵头部门", "配合部门"]]
    rows += [[1, "预付卡", A, LAW, "区商务委", "区市场监管局"]]
    (entry,) = read(workbook(rows)).entries
    assert entry.fields["department_name"] == "区商务委"


def test_a_name_that_says_penalties_are_imposed_says_the_same_violation():
    rows = [["事项名称", "依据"], ["对未履行责任的行为进行处罚", LAW]]
    sheet = [["违法行为", "违法程度", "裁量标准"], ["未履行责任", "一般", HALVES[0]]]
    result = read(workbook([*rows, [], *sheet]))
    (entry,) = result.entries
    assert entry.fields["violation"] == "未履行责任的行为"
    assert [band.fine_max for band in entry.bands] == ["30000.00"]


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


def test_weights_without_anything_they_are_a_share_of_are_told():
    assert codes(read(workbook(FACTORS))) == ["weights_without_base"]


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
