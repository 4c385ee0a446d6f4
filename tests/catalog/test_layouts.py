"""Lists in layouts of many makers: each is read whole without a person's help, and no row is lost."""

import pytest

from tests.catalog.workbooks import codes, names, read, reasons, workbook

LAW = "《某某市条例》第九条：处一千元以上五千元以下罚款。"


def whole(result):
    report = result.report()
    assert report["rows_read"] == report["rows_used"] + report["rows_skipped"]
    return result.entries


def test_columns_in_another_order_without_numbers_and_with_a_body_beside_the_department():
    rows = [
        ["附件2"],
        ["某某县赋予乡镇（街道）行政执法事项清单（2025年版）"],
        ["行业主管部门", "备注", "法律依据", "行政执法事项名称", "责任主体"],
        ["县水利局", "", LAW, "对甲的行政处罚", "乡镇人民政府"],
        ["县林业局", "仅限村集体林地", LAW, "对乙的行政处罚", "乡镇人民政府"],
    ]
    first, second = whole(read(workbook(rows, merges=["A2:E2"])))
    assert (first.fields["department_name"], first.fields["number"]) == ("县水利局", "")
    assert second.fields["scope"] == {"subject": ["村集体林地"], "body": "乡镇人民政府"}


def test_one_body_column_alone_is_the_department():
    rows = [["序号", "职权名称", "责任主体"], ["1", "对甲的处罚", "县城管局"]]
    assert whole(read(workbook(rows)))[0].fields["department_name"] == "县城管局"


def test_bases_in_a_column_for_each_rank_are_all_cited():
    rows = [
        ["序号", "事项名称", "设定依据", None, None, None],
        [None, None, "法律", "行政法规", "地方性法规", "部门规章"],
        [
            "1",
            "对甲的处罚",
            "《某法》第九条：处一百元罚款。",
            "",
            "《某省条例》第三条",
            "《某办法》第五条：某文。",
        ],
    ]
    (entry,) = whole(read(workbook(rows, merges=["A1:A2", "B1:B2", "C1:F1"])))
    assert {(role, statute) for role, statute, *_rest in entry.citations} == {
        ("obligation", "《某法》"),
        ("penalty", "《某法》"),
        ("penalty", "《某省条例》"),
        ("penalty", "《某办法》"),
    }


def test_h15_several_numbered_bases_in_one_cell_are_parted():
    basis = "1、《某法》第九条第一款：违反本法第三条规定的，处罚款。\n2、《某条例》第七条：可以处罚款。"
    basis += "\n增补依据：《某办法》第二条：某文。"
    (entry,) = whole(read(workbook([["序号", "事项名称", "实施依据"], ["1", "对甲的处罚", basis]])))
    assert {statute for _role, statute, *_rest in entry.citations} == {"《某法》", "《某条例》", "《某办法》"}
    assert entry.fields["penalty_text"]


def test_law_article_and_words_in_columns_of_their_own():
    rows = [
        ["编号", "违法行为", "法律法规名称", "条款号", "条文内容"],
        ["A-1", "未清扫", "《某某市条例》", "第九条第二款", "未清扫的，处五百元罚款。"],
    ]
    (entry,) = whole(read(workbook(rows)))
    assert entry.fields["statute_name"] == "《某某市条例》"
    assert entry.fields["penalty_article"] == "第九条第二款"
    assert entry.fields["fine_max"] == "500.00"


def test_a_second_header_row_without_merges_is_read():
    rows = [
        ["序号", "事项名称", "", ""],
        ["", "", "违反条款", "处罚依据"],
        ["1", "对甲的处罚", "《某某法》第三条", "《某某法》第九条：处一百元罚款。"],
    ]
    (entry,) = whole(read(workbook(rows)))
    assert (entry.fields["obligation_article"], entry.fields["penalty_article"]) == ("第三条", "第九条")


def test_categories_merged_down_the_side_are_the_field_of_their_rows():
    rows = [
        ["领域", "序号", "事项名称"],
        ["市容环卫", "1", "对甲的处罚"],
        [None, "2", "对乙的处罚"],
        ["水利", "3", "对丙的处罚"],
    ]
    entries = whole(read(workbook(rows, merges=["A2:A3"])))
    assert [entry.fields["domain"] for entry in entries] == ["市容环卫", "市容环卫", "水利"]


def test_h28_a_column_for_each_township_places_items_in_its_list():
    rows = [
        ["序号", "事项名称", "赋权乡镇（街道）", None, None],
        [None, None, "城东街道", "石桥镇", "南山乡"],
        ["1", "对甲的处罚", "√", "", "√"],
        ["2", "对乙的处罚", "", "√", ""],
    ]
    first, second = whole(read(workbook(rows, merges=["A1:A2", "B1:B2", "C1:E1"])))
    assert [one[:2] for one in first.listings] == [["township", "城东街道"], ["township", "南山乡"]]
    assert [one[:2] for one in second.listings] == [["township", "石桥镇"]]


@pytest.mark.parametrize("yes", ["是", "√", "Y", "1", "赋权"])
def test_a_yes_or_no_about_handing_on_places_items_in_the_township_list(yes):
    rows = [["序号", "事项名称", "是否赋权乡镇"], ["1", "对甲的处罚", yes], ["2", "对乙的处罚", "否"]]
    first, second = whole(read(workbook(rows)))
    assert first.listings == [["township", "", "", "1"]]
    assert second.listings == []


def test_the_kind_of_list_in_a_column_places_items_in_it():
    rows = [
        ["序号", "事项名称", "清单类别", "领域"],
        ["1", "对甲的处罚", "综合", "市容"],
        ["2", "对乙的处罚", "专业执法", "交通运输"],
        ["3", "对丙的处罚", "其他", ""],
    ]
    kinds = [[one[0] for one in entry.listings] for entry in whole(read(workbook(rows)))]
    assert kinds == [["comprehensive"], ["professional"], []]


def test_a_sheet_for_each_department_names_it():
    def more(book):
        book.active.title = "1.水利局（2项）"
        other = book.create_sheet("表二 县自然资源和规划局")
        other.append(["序号", "事项名称"])
        other.append(["1", "对丙的处罚"])
        book.create_sheet("Sheet3")

    rows = [["序号", "事项名称"], ["1", "对甲的处罚"], ["2", "对乙的处罚"]]
    entries = whole(read(workbook(rows, change=more)))
    assert [entry.fields["department_name"] for entry in entries] == [
        "水利局",
        "水利局",
        "县自然资源和规划局",
    ]


def test_section_heads_that_name_bodies_give_the_department():
    rows = [
        ["序号", "事项名称", "备注"],
        ["一、县水利局（1项）"],
        ["1", "对甲的处罚"],
        ["二、县林业局（1项）"],
        ["2", "对乙的处罚"],
    ]
    entries = whole(read(workbook(rows, merges=["A2:C2", "A4:C4"])))
    assert [entry.fields["department_name"] for entry in entries] == ["县水利局", "县林业局"]


def test_main_items_merged_over_their_parts_give_an_item_for_each_part():
    rows = [
        ["序号", "主项名称", "子项名称", "处罚依据"],
        ["1", "对违反市容管理规定的处罚", "对未清扫的处罚", LAW],
        [None, None, "对乱堆放的处罚", LAW],
        ["2", "对乱吐的处罚", "无", LAW],
    ]
    result = read(workbook(rows, merges=["A2:A3", "B2:B3"]))
    whole(result)
    assert names(result) == ["对未清扫的处罚", "对乱堆放的处罚", "对乱吐的处罚"]


def test_h29_a_parent_row_of_a_tree_is_a_heading_and_its_children_are_the_items():
    rows = [
        ["序号", "事项名称", "处罚依据"],
        ["1", "对违反市容管理规定的处罚", ""],
        ["1.1", "对未清扫的处罚", LAW],
        ["1.2", "对乱堆放的处罚", LAW],
        ["2", "对乱吐的处罚", LAW],
    ]
    result = read(workbook(rows))
    whole(result)
    assert names(result) == ["对未清扫的处罚", "对乱堆放的处罚", "对乱吐的处罚"]
    assert any(reason.startswith("上级标题行") for reason in reasons(result))


def test_a_line_that_counts_the_columns_is_no_item():
    rows = [["序号", "事项名称", "备注"], [1, 2, 3], ["1", "对甲的处罚", "某"]]
    result = read(workbook(rows))
    assert names(result) == ["对甲的处罚"]
    assert "列号行" in reasons(result)


def test_a_column_called_class_that_holds_powers_is_the_type_and_not_a_grade():
    rows = [["序号", "类别", "事项名称"], ["1", "行政处罚", "对甲的处罚"], ["2", "行政强制", "对乙的强制"]]
    entries = whole(read(workbook(rows)))
    assert [entry.fields["power_type"] for entry in entries] == ["penalty", "coercion"]
    assert not any(entry.bands for entry in entries)


def test_one_item_over_many_rows_of_situations_keeps_them_in_order():
    rows = [
        ["序号", "事项名称", "违法情形", "处罚依据"],
        ["1", "对甲等行为的处罚", "未清扫", LAW],
        [None, None, "乱堆放", None],
        [None, None, "乱吐", None],
        ["2", "对乙的处罚", "乱贴", LAW],
    ]
    areas = ["A2:A4", "B2:B4", "D2:D4"]
    first, second = whole(read(workbook(rows, merges=areas)))
    assert first.situations == ["未清扫", "乱堆放", "乱吐"]
    assert second.situations == ["乱贴"]


def test_h05_a_row_cut_by_the_page_is_made_whole_and_told():
    rows = [
        ["序号", "事项名称", "处罚依据"],
        ["1", "对擅自占用城市道路、公共场所摆设摊点", "《某某市条例》第九条：责令改正，可以处"],
        ["序号", "事项名称", "处罚依据"],
        ["", "销售商品的行政处罚", "五百元以上二千元以下罚款。"],
        ["2", "对乙的处罚", LAW],
    ]
    result = read(workbook(rows))
    first, _second = whole(result)
    assert first.fields["name"] == "对擅自占用城市道路、公共场所摆设摊点销售商品的行政处罚"
    assert first.fields["fine_max"] == "2000.00"
    assert "cut_by_the_page" in codes(result)


def test_an_item_said_to_be_the_same_as_another_number_takes_its_basis():
    rows = [
        ["序号", "事项名称", "实施依据"],
        ["1", "对甲的处罚", "《某某市条例》第五条：处一百元罚款。"],
        ["2", "对乙的处罚", "《某某市条例》第六条：处一百元罚款。"],
        ["3", "对丙的处罚", "同第1项"],
    ]
    result = read(workbook(rows))
    assert whole(result)[2].fields["penalty_article"] == "第五条"
    assert "same_as_above" in codes(result)


def test_many_codes_of_one_item_stand_in_many_columns():
    rows = [
        ["序号", "国家基本编码", "实施编码", "事项名称"],
        ["1", "330217001000", "11330523MB1234567Y4330217001000", "对甲的处罚"],
    ]
    (entry,) = whole(read(workbook(rows)))
    assert entry.codes == ["330217001000", "11330523MB1234567Y4330217001000"]


def test_a_discretion_table_with_grades_by_item_and_a_law_for_each_sheet():
    def more(book):
        book.active.title = "大气"
        other = book.create_sheet("建管条例")
        other.append(["序号", "违法行为", "法律依据", "类别", "裁量情节", "裁量标准"])
        other.append(["5-1", "逾期", LAW, 1.0, "首次", "处一千元罚款"])
        other.append([None, None, None, 2.0, "再次", "处三千元罚款"])

    rows = [
        ["序号", "违法行为", "法律依据", "类别", "裁量情节", "裁量标准"],
        ["1", "超标排放", LAW, 1, "首次", "处一千元以上二千元以下罚款"],
        [None, None, None, 2, "再次", "处二千元以上五千元以下罚款"],
    ]
    merges = ["A2:A3", "B2:B3", "C2:C3"]
    first, second = whole(read(workbook(rows, merges=merges, change=more)))
    assert [band.grade for band in first.bands] == ["1", "2"]
    assert [(band.grade, band.fine_max) for band in second.bands] == [("1", "1000.00"), ("2", "3000.00")]
