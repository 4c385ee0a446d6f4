"""Lists of provinces as rows: codes in two columns, steppe townships, a basis below its item."""

import pytest

from tests.catalog.workbooks import codes, names, read, reasons, workbook

LAW = "《某省条例》第九条：处一千元以上五千元以下罚款。"
A, B, C = "对甲行为的行政处罚", "对乙行为的行政处罚", "对丙行为的行政处罚"
HALVES = ("处一万元以上三万元以下罚款", "处三万元以上十万元以下罚款")


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


def test_law_and_article_under_two_kinds_of_ground_are_each_its_own():
    rows = [
        ["序号", "行政职权名称", "违则", None, "罚则", None],
        [None, None, "法律法规", "条款", "法律法规", "条款"],
        [1, "擅设障碍", "《道路条例》", "第二十七条", "《道路条例》", "第四十二条"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]
    (entry,) = read(workbook(rows, merges=merges)).entries
    found = [entry.fields[name] for name in ("statute_name", "obligation_article", "penalty_article")]
    assert found == ["《道路条例》", "第二十七条", "第四十二条"]


def test_a_line_below_an_item_that_names_its_basis_is_read_and_a_note_below_others_is_not():
    rows = [["序号", "事项名称", "原行使单位"], [1, A, "林草局"], [None, f"依据：{LAW}"], [2, B, "住建局"]]
    rows += [[None, f"依据：{LAW}"], ["依据：上列清单由司法局解释。"]]
    merges = ["A2:A3", "B3:C3", "A4:A5", "B5:C5", "A6:C6"]
    result = read(workbook(rows, merges=merges))
    told = [(entry.fields["department_name"], entry.fields["penalty_article"]) for entry in result.entries]
    assert told == [("林草局", "第九条"), ("住建局", "第九条")]
    assert reasons(result) == ["表头行", "注释行"]


def test_a_law_in_brackets_behind_a_name_is_its_basis_where_no_column_tells_one():
    rows = [
        ["序号", "执法事项"],
        [1, f"{A}（《某条例》第九条：处五百元罚款）"],
        [2, f"{B}（《某条例》第十条）"],
    ]
    found = [entry.fields for entry in read(workbook(rows)).entries]
    assert [(one["name"], one["penalty_article"]) for one in found] == [(A, "第九条"), (B, "第十条")]
    assert found[0]["fine_max"] == "500.00"


def test_a_law_in_brackets_behind_a_name_stays_there_where_a_column_tells_the_basis():
    name = "违反规定（《某办法》第九条）"
    (entry,) = read(workbook([["事项名称", "依据"], [name, LAW]])).entries
    assert (entry.fields["name"], entry.fields["statute_name"]) == (name, "《某省条例》")


def test_parts_numbered_in_brackets_are_named_without_the_number():
    rows = [
        ["序号", "事项名称", "子项", "依据"],
        [1, A, "（1）对丙的处罚", LAW],
        [None, None, "（二）对丁的处罚", LAW],
    ]
    assert names(read(workbook(rows, merges=["A2:A3", "B2:B3"]))) == ["对丙的处罚", "对丁的处罚"]


def test_the_short_name_of_a_department_on_a_sheet_is_written_out_in_its_title():
    def rename(book):
        book.active.title = "自规局"

    rows = [["靖西市自然资源和规划局赋权事项清单"], ["序号", "职权名称"], [1, A]]
    (entry,) = read(workbook(rows, merges=["A1:B1"], change=rename)).entries
    assert entry.fields["department_name"] == "靖西市自然资源和规划局"


def test_a_column_of_townships_taken_on_tells_the_area():
    rows = [["序号", "事项名称", "依据", "认领镇街"], [1, A, LAW, "白蒲镇、如城街道"]]
    (entry,) = read(workbook(rows)).entries
    assert entry.fields["scope"] == {"area": ["白蒲镇", "如城街道"]}


def test_ticks_under_kinds_of_penalty_tell_the_kinds_beside_the_sum():
    rows = [["事项名称", "依据", "处罚种类", None, None, "罚款金额（元）", None]]
    rows += [[None, None, "警告", "罚款", "没收", "下限", "上限"]]
    rows += [[A, LAW, "√", "√", "√", 500, 2000], [B, LAW, "√", None, None, None, None]]
    merges = ["A1:A2", "B1:B2", "C1:E1", "F1:G1"]
    first, second = (entry.fields for entry in read(workbook(rows, merges=merges)).entries)
    assert first["penalty_kinds"] == ["warning", "fine", "confiscate_goods"]
    assert (first["fine_min"], first["fine_max"]) == ("500.00", "2000.00")
    assert second["penalty_range_text"] == "警告"


def test_lines_above_the_table_tell_field_and_department_and_one_below_the_total():
    rows = [["云水县行政执法事项清单"], ["执法领域：城市管理"], ["责任部门：云水县城市管理局"]]
    rows += [["№", "执法事项名称", "执法依据"], ["①", A, LAW], ["以上共计2项"]]
    result = read(workbook(rows, merges=["A1:C1", "A2:C2", "A3:C3", "A6:C6"]))
    (entry,) = result.entries
    found = [entry.fields[name] for name in ("number", "domain", "department_name")]
    assert found == ["①", "城市管理", "云水县城市管理局"]
    assert (reasons(result)[-1], codes(result)) == ("合计行", ["total_differs"])


def test_a_field_that_heads_rows_without_a_number_is_no_item():
    rows = [["事项名称", "依据"], ["城市管理领域"], [A, LAW], ["农业农村领域（1项）"], [B, LAW]]
    result = read(workbook(rows))
    assert [(one.fields["name"], one.fields["domain"]) for one in result.entries] == [
        (A, "城市管理领域"),
        (B, "农业农村领域"),
    ]


def test_an_item_of_two_kinds_of_power_is_told():
    rows = [["事项名称", "执法类别"], [A, "行政处罚、行政检查"], ["扣押", "行政强制措施"]]
    result = read(workbook(rows))
    assert [(one.row, one.cell, one.code) for row in result.rows for one in row.notices] == [
        (2, "B2", "several_powers")
    ]


def test_a_section_between_two_tables_heads_the_one_below_it():
    rows = [["一、城市管理"], ["序号", "事项名称", "依据"], [1, A, LAW], [], ["二、水利"]]
    rows += [["事项名称", "序号", "部门", "依据"], [B, 1, "县水利局", LAW]]
    found = read(workbook(rows)).entries
    assert [one.fields["domain"] for one in found] == ["城市管理", "水利"]
