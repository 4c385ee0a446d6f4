"""What real lists do to an importer: each hazard in a small workbook of its own."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from catalog.loaders.reading import read_sheets
from law.errors import RuleViolation
from tests.catalog.workbooks import codes, names, read, reasons, workbook

HEAD = ["序号", "事项名称", "主管部门", "备注"]
BANDS = ["序号", "违法行为", "法律依据", "裁量阶次", "适用条件", "处罚标准"]
LAW = "《某某市条例》第三条：违反本条例第二条规定的，处一千元以上五千元以下罚款。"


def test_h01_a_merge_fills_down_inside_its_range_and_not_beyond():
    rows = [HEAD, ["1", "对甲的处罚", "水务局"], ["2", "对乙的处罚"], ["3", "对丙的处罚"]]
    result = read(workbook(rows, merges=["C2:C3"]))
    assert [entry.fields["department_name"] for entry in result.entries] == ["水务局", "水务局", ""]


def test_h02_a_stale_value_under_a_merge_is_told_and_not_used():
    rows = [
        BANDS,
        ["1", "甲", LAW, "较轻", "首次", "处一千元罚款"],
        [None, "旧的违法行为", None, "较重", "再次", "处二千元罚款"],
    ]
    result = read(workbook(rows, merges=["A2:A3", "B2:B3", "C2:C3"], stale=True))
    assert names(result) == ["甲"]
    assert [band.grade for band in result.entries[0].bands] == ["较轻", "较重"]
    assert codes(result) == ["stale_value"]


def test_h03_a_title_above_the_header_is_skipped_with_its_reason():
    rows = [["附件1"], ["某某县乡镇赋权事项清单"], HEAD, ["1", "对甲的处罚"]]
    result = read(workbook(rows, merges=["A2:D2"]))
    assert names(result) == ["对甲的处罚"]
    assert reasons(result) == ["表头以上的标题行", "表头以上的标题行", "表头行"]


def test_h03_a_header_of_two_rows_is_read_by_its_lower_names():
    rows = [
        ["序号", "事项名称", "依据", None],
        [None, None, "违反条款", "处罚依据"],
        ["1", "对甲的处罚", "《某法》第一条", "《某法》第九条：处一百元罚款。"],
    ]
    result = read(workbook(rows, merges=["A1:A2", "B1:B2", "C1:D1"]))
    (entry,) = result.entries
    assert (entry.fields["obligation_article"], entry.fields["penalty_article"]) == ("第一条", "第九条")


def test_h04_a_header_repeated_on_every_page_is_skipped():
    result = read(workbook([HEAD, ["1", "对甲的处罚"], HEAD, ["2", "对乙的处罚"]]))
    assert names(result) == ["对甲的处罚", "对乙的处罚"]
    assert "重复的表头" in reasons(result)


def test_h31_totals_footnotes_and_section_heads_are_no_items():
    rows = [
        HEAD,
        ["一、市容环卫（2项）"],
        ["1", "对甲的处罚"],
        ["2", "对乙的处罚"],
        ["合计 3 项"],
        ["注：本清单自公布之日起施行。"],
    ]
    result = read(workbook(rows, merges=["A2:D2", "A6:D6"]))
    assert names(result) == ["对甲的处罚", "对乙的处罚"]
    assert reasons(result) == ["表头行", "分节标题", "合计行", "注释行"]
    assert result.entries[0].fields["domain"] == "市容环卫"
    assert [notice.row for row in result.rows for notice in row.notices] == [5]
    assert "total_differs" in codes(result)


def test_h07_a_hidden_row_is_skipped_and_told():
    rows = [HEAD, ["1", "对甲的处罚"], ["2", "对已取消事项的处罚"], ["3", "对丙的处罚"]]
    result = read(workbook(rows, hidden=[3]))
    assert names(result) == ["对甲的处罚", "对丙的处罚"]
    assert "隐藏行" in reasons(result)


def test_h06_several_sheets_are_read_and_an_unreadable_one_is_accounted_for():
    def more(book):
        other = book.create_sheet("二")
        other.append(HEAD)
        other.append(["1", "对乙的处罚"])
        book.create_sheet("说明").append(["本表由某局填报"])
        secret = book.create_sheet("草稿")
        secret.append(HEAD)
        secret.append(["1", "对草稿的处罚"])
        secret.sheet_state = "hidden"

    result = read(workbook([HEAD, ["1", "对甲的处罚"]], change=more))
    assert names(result) == ["对甲的处罚", "对乙的处罚"]
    assert "工作表中没有可识别的表头" in reasons(result)
    assert reasons(result).count("隐藏的工作表") == 2


def test_h11_a_code_stays_text_with_its_leading_zeros():
    rows = [["职权编码", "事项名称"], ["000616001000", "对甲的检查"], ["210223060000", "对乙的处罚"]]
    assert [entry.codes for entry in read(workbook(rows)).entries] == [["000616001000"], ["210223060000"]]


@pytest.mark.parametrize("damaged", [616001000, "616001000", "2.10223E+11"])
def test_h11_a_code_turned_into_a_number_is_not_taken_for_a_code(damaged):
    rows = [["职权编码", "事项名称"], ["210223060000", "对甲的处罚"], [damaged, "对乙的处罚"]]
    result = read(workbook(rows))
    assert result.entries[1].codes == []
    assert codes(result) == ["code_damaged"]


def test_h09_a_sequence_that_became_a_date_reads_back():
    result = read(workbook([HEAD, [dt.date(2026, 1, 2), "对甲的处罚"]]))
    assert result.entries[0].fields["number"] == "1-2"
    assert codes(result) == ["number_was_date"]


def test_h10_a_whole_number_is_written_without_a_point():
    assert read(workbook([HEAD, [7.0, "对甲的处罚"]])).entries[0].fields["number"] == "7"


def test_h12_line_breaks_and_layout_spaces_do_not_split_a_name():
    rows = [
        ["序\n号", "事 项\r\n名 称", "备注"],
        ["1", "对擅自占用\n城市道路的_x000d_\n处罚", "限于\u3000\u3000水务工程"],
    ]
    (entry,) = read(workbook(rows)).entries
    assert entry.fields["name"] == "对擅自占用城市道路的处罚"
    assert entry.fields["scope_note"] == "限于 水务工程"


def test_h16_same_as_above_takes_the_text_above_and_says_so():
    rows = [
        ["序号", "事项名称", "实施依据"],
        ["1", "对甲的处罚", "《某条例》第五条：处一百元罚款。"],
        ["2", "对乙的处罚", "同上"],
    ]
    result = read(workbook(rows))
    assert result.entries[1].fields["penalty_article"] == "第五条"
    assert codes(result) == ["same_as_above"]


def test_h15_several_bases_in_one_cell_are_kept_and_told():
    basis = "1.【法律】《某法》第九条：处一百元罚款。\n2.【规章】《某办法》第三条：处一百元罚款。"
    result = read(workbook([["序号", "事项名称", "实施依据"], ["1", "对甲的处罚", basis]]))
    (entry,) = result.entries
    assert entry.fields["statute_name"] == "《某法》"
    assert entry.fields["penalty_text"] == "处一百元罚款。"
    assert ["penalty", "《某办法》", "第三条", "处一百元罚款。"] in entry.citations
    assert "several_bases" in codes(result)


def test_f002_a_row_without_its_basis_and_a_code_given_twice_are_told_row_by_row():
    head = ["序号", "事项编码", "事项名称", "处罚依据"]
    rows = [
        head,
        ["1", "330217001000", "对占道经营的处罚", LAW],
        ["2", "330217002000", "对乱贴广告的处罚", ""],
        ["3", "330217001000", "对随意倾倒的处罚", LAW],
    ]
    result = read(workbook(rows))
    told = [(notice.row, notice.code) for row in result.rows for notice in row.notices]
    assert told == [(3, "no_basis"), (4, "duplicate")]
    assert reasons(result)[-1] == "编码与前面的另一事项重复"
    assert names(result) == ["对占道经营的处罚", "对乱贴广告的处罚"]


def test_h20_two_fines_in_one_cell_are_told():
    text = "《某法》第九条：对单位处二万元罚款，对责任人员处五百元罚款。"
    result = read(workbook([["序号", "事项名称", "处罚依据"], ["1", "对甲的处罚", text]]))
    assert result.entries[0].fields["fine_max"] == "20000.00"
    assert "several_amounts" in codes(result)


def test_h22_a_grade_below_its_own_statute_is_told_and_never_mended():
    rows = [BANDS, ["1", "甲", LAW, "较轻", "首次", "处五百元罚款"]]
    result = read(workbook(rows))
    assert result.entries[0].bands[0].fine_min == "500.00"
    assert codes(result) == ["band_outside_statute"]


def test_rows_without_a_name_outside_any_merge_go_on_with_the_item_above_and_say_so():
    rows = [
        BANDS,
        ["1", "甲", LAW, "较轻", "首次", "处一千元罚款"],
        [None, None, None, "较重", "再次", "处二千元罚款"],
    ]
    result = read(workbook(rows))
    assert len(result.entries) == 1
    assert len(result.entries[0].bands) == 2
    assert codes(result) == ["continued_without_merge"]


def test_h08_an_extra_column_without_a_heading_feeds_nothing():
    result = read(workbook([HEAD, ["1", "对甲的处罚", "水务局", "", "列外"]]))
    assert names(result) == ["对甲的处罚"]
    assert "列外" not in str(result.entries[0].fields)


def test_h27_a_very_long_name_is_kept_whole():
    name = "对" + "某种违法情形；" * 60 + "的处罚"
    assert names(read(workbook([HEAD, ["1", name, "水务局"]]))) == [name]


def test_h26_near_duplicates_stay_two_items_and_an_exact_double_is_taken_once():
    rows = [
        HEAD,
        ["1", "对施工扬尘的处罚", "水务局"],
        ["2", "对施工扬尘的处罚", "住建局"],
        ["3", "对施工扬尘的处罚", "住建局"],
    ]
    result = read(workbook(rows))
    assert len(result.entries) == 2
    assert "与前面的行重复" in reasons(result)


def test_h26_a_name_that_has_two_bases_in_one_list_gives_two_items():
    rows = [
        ["序号", "事项名称", "处罚依据"],
        ["1", "对甲的处罚", "《某法》第九条：处一百元罚款。"],
        ["2", "对甲的处罚", "《某条例》第三条：处二百元罚款。"],
    ]
    first, second = read(workbook(rows)).entries
    assert first.identity != second.identity


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_h31_a_csv_is_read_in_any_of_its_encodings(encoding):
    text = "序号,事项名称,主管部门\r\n1,对甲的处罚,水务局\r\n合计 1 项,,\r\n"
    result = read(text.encode(encoding))
    assert names(result) == ["对甲的处罚"]


def test_an_old_name_on_a_new_file_does_not_matter_and_no_table_is_refused():
    assert read_sheets(workbook([HEAD, ["1", "对甲的处罚"]]))[0].rows
    for data in (
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0 broken",
        b"\x00\x01\x02",
    ):
        with pytest.raises(RuleViolation) as refusal:
            read_sheets(data)
        assert refusal.value.code == "list_unreadable"


def test_every_row_with_a_text_is_accounted_for():
    rows = [
        ["标题"],
        HEAD,
        ["1", "对甲的处罚"],
        [],
        ["二、其他"],
        ["2", ""],
        ["", "", "", "孤立的备注"],
        ["合计"],
    ]
    report = read(workbook(rows)).report()
    assert report["rows_read"] == report["rows_used"] + report["rows_skipped"] == 7
    (sheet,) = report["sheets"]
    assert sheet["rows_skipped"] == len(sheet["skipped"]) == 6
    assert all(row["reason"] and row["row"] for row in sheet["skipped"])


def test_an_old_xls_is_read_with_its_merges_and_hidden_rows():
    """The file was written by a program of its own time: title merged, one department over three rows."""
    data = (Path(__file__).parents[1] / "data" / "catalog" / "old_format.xls").read_bytes()
    result = read(data)
    assert names(result) == ["对甲的处罚", "对丙的处罚"]
    assert {entry.fields["department_name"] for entry in result.entries} == {"水务局"}
    assert reasons(result) == ["表头以上的标题行", "表头行", "隐藏行", "合计行"]
    assert codes(result) == []


def test_h13_spaces_inside_the_names_of_laws_and_articles_do_not_hide_them():
    basis = "《某某防治 法 》第九十九条第一款第 一项：处一百元罚款。"
    (entry,) = read(workbook([["序号", "事项名称", "处罚依据"], ["1", "对甲的处罚", basis]])).entries
    assert entry.fields["statute_name"] == "《某某防治法》"
    assert entry.fields["penalty_article"] == "第九十九条第一款第一项"


def test_h14_half_and_full_width_marks_are_one_item_with_one_content():
    first = read(workbook([HEAD, ["1", "对甲（一）的处罚", "水务局", "限于：水库"]])).entries[0]
    second = read(workbook([HEAD, ["1", "对甲(一)的处罚", "水务局", "限于:水库"]])).entries[0]
    assert (first.identity, first.digest) == (second.identity, second.digest)
    assert second.fields["name"] == "对甲(一)的处罚"


def test_h14_levels_in_digits_or_words_are_parted_and_named():
    rows = [["序号", "事项名称", "实施层级"], ["1", "对甲的处罚", "2,3,4"], ["2", "对乙的处罚", "省级、市级"]]
    first, second = read(workbook(rows)).entries
    assert first.fields["scope"]["levels"] == ["省级", "市级", "县级"]
    assert second.fields["scope"]["levels"] == ["省级", "市级"]


def test_h30_a_body_and_its_levels_in_one_cell_are_parted():
    rows = [["序号", "事项名称", "执法主体（实施层级）"]]
    rows += [["1", "对甲的处罚", "市场监督管理部门（省级、设区的市级或县级）"]]
    (entry,) = read(workbook(rows)).entries
    assert entry.fields["department_name"] == "市场监督管理部门"
    assert entry.fields["scope"]["levels"] == ["省级", "设区的市级", "县级"]


def test_h17_a_text_that_breaks_off_is_told():
    rows = [["序号", "事项名称", "处罚依据"], ["1", "对甲的处罚", "《某法》第九条：有下列行为之一的……"]]
    assert "cut_short" in codes(read(workbook(rows)))


def test_h18_a_penalty_that_names_a_duty_elsewhere_keeps_both_provisions():
    rows = [
        ["序号", "事项名称", "违反条款", "处罚依据"],
        ["1", "对甲的处罚", "《某条例》第六条第一款：不得吐痰。", "《某条例》第三十条：处五十元罚款。"],
    ]
    (entry,) = read(workbook(rows)).entries
    assert [one[:3] for one in entry.citations] == [
        ["obligation", "《某条例》", "第六条第一款"],
        ["penalty", "《某条例》", "第三十条"],
    ]


def test_h21_slips_of_the_source_are_kept_word_for_word():
    rows = [["序号", "事项名称", "处罚依据"]]
    rows += [["1", "在对森林防火期内野外用火的处罚", "《某条例》第三条：处以处一万元罚款。"]]
    (entry,) = read(workbook(rows)).entries
    assert entry.fields["name"] == "在对森林防火期内野外用火的处罚"
    assert entry.fields["penalty_text"] == "处以处一万元罚款。"
    assert (entry.fields["violation"], entry.fields["fine_max"]) == ("森林防火期内野外用火", "10000.00")


def test_h23_one_violation_with_two_tables_keeps_both_when_the_heading_stands_once():
    rows = [
        BANDS,
        ["5-1", "超标排放", LAW, "1", "首次", "处一千元罚款"],
        [None, None, None, "2", "再次", "处二千元罚款"],
        ["5-2", "超标排放", LAW.replace("第三条", "第九条"), "1", "首次", "处一千元罚款"],
    ]
    result = read(workbook(rows, merges=["A2:A3", "B2:B3", "C2:C3"]))
    assert [len(entry.bands) for entry in result.entries] == [2, 1]
    assert len({entry.identity for entry in result.entries}) == 2


def test_h24_grades_that_begin_anew_inside_one_item_stay_in_their_order():
    grades = enumerate(["1", "2", "1", "2"])
    rows = [BANDS, *(["5-1", "甲", LAW, grade, f"情形{n}", "处一千元罚款"] for n, grade in grades)]
    result = read(workbook(rows, merges=["A2:A5"]))
    (entry,) = result.entries
    assert [band.grade for band in entry.bands] == ["1", "2", "1", "2"]
    assert [band.circumstances for band in entry.bands] == ["情形0", "情形1", "情形2", "情形3"]


@pytest.mark.parametrize("end", ["的行政处罚", "的处罚", "的处理", "的行政处罚（限于水务工程）"])
def test_h25_the_endings_of_names_differ_and_the_violation_does_not(end):
    (entry,) = read(workbook([HEAD, ["1", f"对擅自取水{end}"]])).entries
    assert entry.fields["name"].endswith(end)
    assert entry.fields["violation"] == "擅自取水"


def test_h33_marks_of_web_copies_are_taken_off_and_the_raw_cell_is_kept():
    rows = [HEAD, ["1", "**对甲&nbsp;的处罚**", "[水务局](http://example.org/a) :mag:", "一<br>二"]]
    result = read(workbook(rows))
    (entry,) = result.entries
    assert (entry.fields["name"], entry.fields["department_name"]) == ("对甲的处罚", "水务局")
    assert result.rows[1].cells[1] == "**对甲&nbsp;的处罚**"


def test_h31_struck_out_and_red_cells_and_comments_are_told():
    def mark(book):
        sheet = book.active
        sheet["B2"].font = Font(strike=True)
        sheet["B3"].font = Font(color="FFFF0000")
        sheet["B4"].comment = Comment("待省里批复", "某")

    rows = [HEAD, *([str(n), f"对第{n}种行为的处罚"] for n in range(1, 5))]
    result = read(workbook(rows, change=mark))
    assert len(result.entries) == 4
    assert [(row.row, notice.code) for row in result.rows for notice in row.notices] == [
        (2, "marked_struck"),
        (3, "marked_red"),
        (4, "comment"),
    ]


def test_h31_a_protected_sheet_is_read():
    def protect(book):
        book.active.protection.set_password("secret")

    assert names(read(workbook([HEAD, ["1", "对甲的处罚"]], change=protect))) == ["对甲的处罚"]


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_h34_a_cell_that_begins_like_a_formula_is_kept_as_it_is(first):
    rows = [HEAD, ["1", "对甲的处罚", "水务局", f"{first} 《某办法》"]]
    data = "\n".join(",".join(row) for row in rows).encode()
    assert read(data).entries[0].fields["scope_note"] == f"{first} 《某办法》"
