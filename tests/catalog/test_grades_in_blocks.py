"""Benchmarks in blocks: the violation above its grades, degrees over two columns, units that differ."""

import pytest

from catalog.loaders.amounts import fines_in
from tests.catalog.workbooks import codes, names, read, reasons, workbook

HEAD = ["违法程度", "违法情节", "裁量标准"]
DUTY, GROUND = "《某条例》第八条", "《某条例》第九条：处一万元以上十万元以下的罚款。"
LOW, HIGH = ("较轻", "未施工", "处一万元以上三万元以下罚款"), ("严重", "已完成", "处三万元以上十万元以下罚款")
BANDS = [("较轻", "未施工", "10000.00", "30000.00"), ("严重", "已完成", "30000.00", "100000.00")]


def bands(entry):
    told = ("grade", "circumstances", "fine_min", "fine_max")
    return [tuple(band[name] for name in told) for table in entry.tables for band in table["bands"]]


BLOCKS = {
    "numbered lines with their grounds, the header repeated": [
        ["某县水行政处罚裁量基准"],
        *[
            row
            for name in ("一、擅自修建", "二、围湖造地")
            for row in ([name], [f"【违反条款】{DUTY}"], [f"【处罚依据】{GROUND}"], HEAD, LOW, HIGH)
        ],
        ["注：本基准自公布之日起施行。"],
    ],
    "one header above labelled lines": [
        HEAD,
        [f"1.违法行为：擅自修建\n违反条款：{DUTY}\n处罚依据：{GROUND}"],
        LOW,
        HIGH,
        [f"2.违法行为：围湖造地\n违反条款：{DUTY}\n处罚依据：{GROUND}"],
        LOW,
        HIGH,
    ],
    "grades with numbers of their own": [
        ["序号", "裁量等级", "违法情形", "裁量幅度"],
        *[
            row
            for number, name in (("一", "擅自修建"), ("二", "围湖造地"))
            for row in (
                [f"违法行为{number}：{name}  违反条款：{DUTY}"],
                [f"处罚依据：{GROUND}"],
                [1, *LOW],
                [2, *HIGH],
            )
        ],
    ],
    "labels beside their texts": [
        row
        for name in ("擅自修建", "围湖造地")
        for row in (["违法行为", name], ["违反条款", DUTY, "处罚依据", GROUND], HEAD, LOW, HIGH, [])
    ],
}


@pytest.mark.parametrize("rows", BLOCKS.values(), ids=BLOCKS.keys())
def test_the_violation_in_lines_above_its_grades_is_their_item(rows):
    result = read(workbook(rows))
    assert names(result) == ["擅自修建", "围湖造地"]
    for entry in result.entries:
        assert bands(entry) == BANDS
        assert (entry.fields["obligation_article"], entry.fields["penalty_article"]) == ("第八条", "第九条")
    assert set(reasons(result)) <= {"表头以上的标题行", "表头行", "重复的表头", "注释行"}
    assert codes(result) == []
    assert result.report()["rows_read"] == sum(any(row) for row in rows)


def test_a_table_of_grades_whose_title_names_no_violation_has_no_items():
    assert read(workbook([["某县裁量基准表"], HEAD, LOW, HIGH])).entries == []


def test_the_situation_beside_a_degree_is_its_circumstance_whatever_it_is_called():
    for heading in ("情形", "情节后果", "违法情节及危害后果表现"):
        rows = [["违法行为", "处罚依据", "违法程度", heading, "裁量标准"]]
        rows += [["擅自修建", GROUND, *band] for band in (LOW, HIGH)]
        assert bands(read(workbook(rows)).entries[0]) == BANDS


def test_a_header_of_three_rows_tells_degree_and_circumstances():
    rows = [
        ["序号", "违法行为", "处罚依据", "裁量基准", None, None, None],
        [None, None, None, "较轻", None, "严重", None],
        [None, None, None, "情形", "幅度", "情形", "幅度"],
        [1, "擅自修建", GROUND, *LOW[1:], *HIGH[1:]],
    ]
    merges = ["A1:A3", "B1:B3", "C1:C3", "D1:G1", "D2:E2", "F2:G2"]
    assert bands(read(workbook(rows, merges=merges)).entries[0]) == BANDS


@pytest.mark.parametrize("order", [1, -1])
def test_degrees_in_columns_with_a_row_for_when_and_a_row_for_how_much_are_joined(order):
    when, fine = ["适用情形", LOW[1], HIGH[1]], ["处罚标准", LOW[2], HIGH[2]]
    first, second = [when, fine][::order]
    rows = [["序号", "违法行为", "处罚依据", "项目", "较轻", "严重"]]
    for n, name in enumerate(("擅自修建", "围湖造地"), 1):
        rows += [[n, name, GROUND, *first], [None, None, None, *second]]
    merges = [f"{column}{row}:{column}{row + 1}" for row in (2, 4) for column in "ABC"]
    assert [bands(one) for one in read(workbook(rows, merges=merges)).entries] == [BANDS, BANDS]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("处货值金额50%以上3倍以下罚款", "0.5", "3", "倍"),
        ("处骗取金额百分之五十以上二倍以下罚款", "0.5", "2", "倍"),
        ("罚款3000元≤X＜5000元", "3000", "5000", "元"),
        ("处二万元以上、五万元以下罚款", "20000", "50000", "元"),
        ("按日处2000元罚款", "2000", "2000", "元/日"),
    ],
)
def test_bounds_of_two_units_and_with_signs_of_comparison_are_one_range(text, low, high, unit):
    (fine,) = fines_in(text)
    assert (str(fine.low), str(fine.high), fine.unit) == (low, high, unit)


@pytest.mark.parametrize("apart", [True, False])
def test_benchmarks_below_or_behind_the_list_of_one_file_belong_to_its_items(apart):
    table = [["序号", "违法行为", *HEAD], [1, "擅自修建", *LOW], [1, "擅自修建", *HIGH]]
    rows = [["序号", "事项名称", "处罚依据"], [1, "对擅自修建的行政处罚", GROUND]]

    def behind(book):
        sheet = book.create_sheet("裁量基准")
        for row in table:
            sheet.append(row)

    data = workbook(rows, change=behind) if apart else workbook([*rows, [], ["裁量基准"], *table])
    (entry,) = read(data).entries
    assert (entry.fields["name"], bands(entry)) == ("对擅自修建的行政处罚", BANDS)
    assert entry.fields["penalty_article"] == "第九条"


def test_a_degree_without_any_penalty_is_told():
    rows = [["违法行为", "处罚依据", "违法程度", "裁量标准"], ["擅自修建", GROUND, "较轻", None]]
    assert codes(read(workbook(rows))) == ["band_not_read"]
