"""Lists of provinces, counties and streets as rows, each with what a careful reader takes from them."""

import pytest

from tests.catalog.workbooks import codes, names, read, reasons, workbook

LAW = "《某某市条例》第九条：处一千元以上五千元以下罚款。"
A, B, C = "对甲行为的行政处罚", "对乙行为的行政处罚", "对丙行为的行政处罚"
# layout: rows, merges, then for each item the fields that must be read
LAYOUTS = {
    "levels ticked": (
        [
            ["序号", "职权名称", "行使层级", None, None, "备注"],
            [None, None, "市级", "县级", "乡级", None],
            [1, A, "√", "√", None],
            [2, B, None, "√", "√"],
        ],
        ["A1:A2", "B1:B2", "C1:E1", "F1:F2"],
        [{"scope": {"levels": ["市级", "县级"]}}, {"scope": {"levels": ["县级", "乡级"]}}],
    ),
    "kinds of power ticked": (
        [
            ["序号", "事项名称", "执法类别", None, None, "主管部门"],
            [None, None, "行政处罚", "行政强制", "行政检查", None],
            [1, "占用河道", "√", None, None, "水利局"],
            [2, "扣押船只", None, "√", None, "水利局"],
            [3, "巡查河道", None, None, "√", "水利局"],
        ],
        ["A1:A2", "B1:B2", "C1:E1", "F1:F2"],
        [{"power_type": "penalty"}, {"power_type": "coercion"}, {"power_type": "inspection"}],
    ),
    "kinds of power as section heads": (
        [
            ["序号", "职权名称", "实施依据"],
            ["一、行政处罚（1项）"],
            [1, "占用河道", LAW],
            ["二、行政强制（1项）"],
            [1, "扣押船只", "《某条例》第九条：可以扣押。"],
        ],
        ["A2:C2", "A4:C4"],
        [{"power_type": "penalty", "domain": ""}, {"power_type": "coercion", "domain": ""}],
    ),
    "bodies before and after a transfer": (
        [
            ["序号", "划转领域", "事项名称", "原执法部门", "划转后执法部门", "划转后监管部门"],
            [1, "水利", A, "水利局", "综合执法局", "水利局"],
        ],
        [],
        [{"domain": "水利", "department_name": "水利局", "scope": {"body": "综合执法局"}}],
    ),
    "random inspections": (
        [
            ["序号", "抽查项目", None, "检查对象", "事项类别", "检查主体", "检查依据"],
            [None, "抽查类别", "抽查事项", None, None, None, None],
            [1, "建筑市场", "对质量的检查", "企业", "重点检查事项", "住建局", "《某条例》第四条：应当检查。"],
        ],
        ["A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:F2", "G1:G2"],
        [
            {
                "name": "对质量的检查",
                "power_type": "inspection",
                "department_name": "住建局",
                "domain": "建筑市场",
            }
        ],
    ),
    "a heading over the class and the name": (
        [
            ["序号", "事项名称", None, "处罚依据"],
            [1, "规划管理", A, LAW],
            [2, None, B, LAW],
            [3, "水务", C, LAW],
        ],
        ["B1:C1", "B2:B3"],
        [{"name": A, "domain": "规划管理"}, {"name": B, "domain": "规划管理"}, {"name": C, "domain": "水务"}],
    ),
    "main items and parts under one heading": (
        [["序号", "事项名称", "事项名称"], [1, "对违反水法的行政处罚", A], [2, None, B]],
        ["B2:B3"],
        [{"name": A}, {"name": B}],
    ),
    "tables under titles, the first above its header": (
        [["（一）水利"], ["序号", "事项名称"], [1, A], ["（二）市容"], ["序号", "事项名称"], [1, B]],
        ["A1:B1", "A4:B4"],
        [{"domain": "水利"}, {"domain": "市容"}],
    ),
    "what is to be taken off": (
        [["序号", "事项名称", "调整意见"], [1, A, "保留"], [2, B, "取消"]],
        [],
        [{"standing": "in_use"}, {"standing": "cancelled"}],
    ),
    "a name cut by the page in a column of violations": (
        [
            ["序号", "违法行为", "处罚依据"],
            [1, "未取得许可证或者未按照", LAW],
            [None, "许可证的规定建设的", None],
        ],
        [],
        [{"name": "未取得许可证或者未按照许可证的规定建设的"}],
    ),
    "below the notice that published it": (
        [*[[f"第{n}段正文，请认真贯彻执行。"] for n in range(40)], ["序号", "事项名称"], [1, A]],
        [],
        [{"name": A}],
    ),
    "a field that counts its items": (
        [["领域", "序号", "事项名称"], ["城市管理（共2项）", 1, A], [None, 2, B]],
        ["A2:A3"],
        [{"domain": "城市管理"}, {"domain": "城市管理"}],
    ),
    "a manner of handing on is no tick": (
        [["序号", "事项名称", "赋权方式", "承接主体"], [1, A, "委托", "各乡镇人民政府"]],
        [],
        [{"department_name": "各乡镇人民政府"}],
    ),
}


@pytest.mark.parametrize(("rows", "merges", "said"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_layout_is_read_as_a_careful_reader_reads_it(rows, merges, said):
    result = read(workbook(rows, merges=merges))
    assert result.report()["rows_read"] == sum(any(row) for row in rows)
    assert len(result.entries) == len(said)
    for entry, fields in zip(result.entries, said, strict=True):
        assert {name: entry.fields[name] for name in fields} == fields
        assert entry.listings == []


@pytest.mark.parametrize(
    "heading",
    ["免罚事项", "赋权权限名称", "处罚（强制）事项", "权力（事项）名称", "行政处罚权名称", "抽查事项"],
)
def test_the_column_of_names_is_known_under_further_headings(heading):
    assert names(read(workbook([["序号", heading, "处罚依据"], [1, A, LAW]]))) == [A]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("第 1 页 共 2 页", "页码或者续表行"),
        ("— 2 —", "页码或者续表行"),
        ("续表", "页码或者续表行"),
        ("填表说明：", "注释行"),
    ],
)
def test_lines_of_the_page_in_the_column_of_names_are_no_items(line, reason):
    rows = [["序号", "事项名称", "处罚依据"], [1, A, LAW], [None, line], [2, B, LAW]]
    result = read(workbook(rows))
    assert (names(result), reasons(result)) == ([A, B], ["表头行", reason])


def test_the_lines_of_a_note_below_the_list_are_no_items_and_a_name_alone_is_told():
    rows = [["序号", "事项名称"], [1, A], [None, "某些说明文字"], ["填表说明："], [None, "1.名称应当一致；"]]
    result = read(workbook(rows))
    assert names(result) == [A, "某些说明文字"]
    assert (codes(result), reasons(result)) == (["name_alone"], ["表头行", "注释行", "注释行"])


def test_ticks_of_a_font_of_signs_place_items_and_what_is_no_tick_is_told():
    rows = [["序号", "事项名称", "城关镇", "白马街道"], [1, A, "ü", "ü"], [2, B, "暂缓", "ü"]]
    result = read(workbook(rows))
    assert [[place[1] for place in one.listings] for one in result.entries] == [
        ["城关镇", "白马街道"],
        ["白马街道"],
    ]
    assert [(notice.cell, notice.code) for row in result.rows for notice in row.notices] == [
        ("C3", "tick_not_read")
    ]


def test_a_table_on_its_side_says_that_it_is_to_be_transposed():
    rows = [["序号", 1, 2], ["事项名称", A, B], ["处罚依据", LAW, LAW]]
    result = read(workbook(rows))
    assert result.entries == []
    assert all("转置" in reason for reason in reasons(result))


def test_lists_of_first_and_of_minor_offences_side_by_side_are_told_apart_by_their_headings():
    rows = [["序号", "首违不罚事项", "适用条件", None, "序号", "轻微免罚事项", "免罚条件"]]
    rows += [[1, A, "1.初次违法；2.及时改正", None, 1, B, "危害后果轻微"]]
    found = [one.exemptions[0] for one in read(workbook(rows)).entries]
    assert [(one["shape"], one["conditions"]) for one in found] == [
        ("first", ["初次违法", "及时改正"]),
        ("minor", ["危害后果轻微"]),
    ]


def test_the_rule_below_the_headings_of_a_copied_text_table_is_no_item():
    text = f"|序号|事项名称|处罚依据|\n|---|:---:|---|\n|1|{A}|{LAW}|\n"
    result = read(text.encode())
    assert (names(result), reasons(result)) == ([A], ["表头行", "分隔线"])


def test_a_remark_that_withdraws_an_item_is_told():
    rows = [["序号", "事项名称", "备注"], [1, A, "已取消"], [2, B, "仅限建成区"]]
    assert codes(read(workbook(rows))) == ["note_withdraws"]


def test_the_columns_of_one_table_are_told_by_its_own_rows_and_not_by_those_of_the_next():
    rows = [
        ["序号", "执法类别", None, "事项名称", None, "城关镇"],
        [None, "行政处罚", "行政强制", None, None, None],
        [1, "√", None, "规划", "占用绿地", "√"],
        [2, None, "√", "规划", "扣押工具", None],
        ["序号", "违法行为", "违法程度", "情形", "处罚标准", "备注"],
        [1, "占用绿地", "一般", "首次", "处1000元罚款", "某"],
    ]
    merges = ["A1:A2", "B1:C1", "D1:E2", "F1:F2"]
    first, second = read(workbook(rows, merges=merges)).entries
    told = [(one.fields["name"], one.fields["domain"], one.fields["power_type"]) for one in (first, second)]
    assert told == [("占用绿地", "规划", "penalty"), ("扣押工具", "规划", "coercion")]
    assert ([place[1] for place in first.listings], second.listings) == (["城关镇"], [])
    assert [band.fine_max for band in first.bands] == ["1000.00"]
