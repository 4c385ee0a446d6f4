"""Lists in layouts of other makers: what is read is what was published, and what is doubtful is said."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from catalog.models import ItemVersion
from catalog.starters import title_in
from law.errors import RuleViolation
from tests.catalog import odd_files, wild
from tests.catalog.wild import FACTS
from tests.catalog.workbooks import codes, read, reasons
from tests.factories.townships import OfficerFactory
from townships.roles import Role

XLS = Path(__file__).parents[1] / "data" / "catalog" / "numeric_codes.xls"
THREE_LAWS = {"《中华人民共和国公路法》", "《公路安全保护条例》", "《路政管理规定》"}


def agrees(result, facts=FACTS):
    """Assert that items say what was published, and that no row is lost."""
    entries = agrees_but_for_sums(result, facts)
    for entry, fact in zip(entries, facts, strict=True):
        found = tuple(entry.fields[name] for name in ("fine_min", "fine_max", "fine_unit"))
        assert found == (fact.low, fact.high, fact.unit)
    return entries


def agrees_but_for_sums(result, facts):
    report = result.report()
    assert report["rows_read"] == report["rows_used"] + report["rows_skipped"]
    assert len(result.entries) == len(facts)
    for entry, fact in zip(result.entries, facts, strict=True):
        fields = entry.fields
        assert fields["name"] in {fact.name, fact.violation}
        assert fact.violation in fields["violation"]
        assert (fields["statute_name"], fields["penalty_article"]) == (fact.law, fact.article)
        assert fields["penalty_text"] == fact.text
    return result.entries


def fields(entries, name):
    return [entry.fields[name] for entry in entries]


def test_a_bare_table_with_headings_of_another_province_in_another_order():
    entries = agrees(read(wild.bare_table_with_aliases()))
    assert fields(entries, "domain") == ["交通运输"] * 3 + ["市容环卫"] * 3
    assert entries[0].fields["scope"] == {"levels": ["县级", "乡级"]}


def test_a_header_of_two_merged_levels_below_a_title():
    entries = agrees(read(wild.two_level_header()))
    assert fields(entries, "number") == [str(n) for n in range(1, 7)]
    assert fields(entries, "obligation_article") == [fact.duty for fact in FACTS]
    assert set(fields(entries, "department_name")) == {"县交通运输局", "县综合行政执法局"}


def test_a_name_with_its_situations_in_one_cell():
    entries = agrees(read(wild.name_and_violation_in_one_cell()))
    assert {len(entry.situations) for entry in entries} == {2}


def test_bases_listed_in_every_manner_are_parted_and_the_first_that_punishes_is_the_ground():
    result = read(wild.bases_in_every_manner())
    assert codes(result) == ["several_bases"] * len(FACTS)
    for entry in result.entries:
        assert {statute for _role, statute, *_rest in entry.citations} == THREE_LAWS
        assert (entry.fields["penalty_article"], entry.fields["penalty_text"]) == (
            FACTS[0].article,
            FACTS[0].text,
        )
        assert entry.fields["fine_max"] == "5000.00"


def test_a_sheet_for_each_field_gives_the_field_and_an_index_is_left_out():
    result = read(wild.sheets_by_field())
    assert fields(agrees(result), "domain") == ["交通运输"] * 3 + ["市容环卫"] * 3
    assert reasons(result).count("工作表中没有可识别的表头") == 3
    assert "total_differs" not in codes(result)


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("gbk", ";"), ("utf-8-sig", ","), ("utf-8", "\t"), ("utf-16", "\t"), ("gb18030", "|")],
)
def test_a_csv_of_any_encoding_and_delimiter_with_line_breaks_in_cells(encoding, delimiter):
    entries = agrees(read(wild.semicolon_csv(encoding, delimiter)))
    assert [entry.codes for entry in entries] == [[f"33021700{n}000"] for n in range(1, 7)]


def test_sections_and_items_numbered_in_chinese_with_totals_and_notes_at_the_foot():
    result = read(wild.numbered_in_chinese())
    entries = agrees(result)
    assert fields(entries, "department_name") == ["交通运输局"] * 3 + ["综合行政执法局"] * 3
    assert reasons(result)[-3:] == ["合计行", "注释行", "注释行"]
    assert codes(result) == []


def test_same_as_above_takes_what_was_read_above_and_says_so():
    result = read(wild.same_as_above())
    assert codes(result) == ["same_as_above"] * 9
    assert fields(result.entries, "department_name") == ["县交通运输局"] * 3 + ["县综合行政执法局"] * 2
    assert fields(result.entries, "penalty_article") == ["第七十七条"] * 3 + ["第十七条第二款"] * 2


def test_hidden_rows_and_columns_and_formulas_without_a_value_are_told_and_not_used():
    result = read(wild.formulas_and_hidden())
    agrees(result, [fact for fact in FACTS if fact is not FACTS[1]])
    assert reasons(result) == ["表头行", "隐藏行", "事项名称是公式，文件没有保存其结果"]
    assert set(codes(result)) == {"formula_without_value"}


def test_a_hidden_column_of_an_earlier_edition_feeds_nothing():
    result = read(wild.hidden_older_column())
    agrees(result)
    assert "旧" not in "".join(fields(result.entries, "penalty_text"))


def test_a_text_that_runs_on_over_rows_without_merges_is_made_whole():
    result = read(wild.ruled_paper())
    agrees(result, FACTS[:3])
    assert set(codes(result)) == {"continued_without_merge"}


def test_duty_ground_and_penalty_labelled_in_one_cell_are_parted():
    entries = agrees(read(wild.penalty_in_one_cell()))
    assert fields(entries, "obligation_article") == [fact.duty for fact in FACTS]
    assert fields(entries, "penalty_range_text") == [fact.text for fact in FACTS]


def test_a_duty_and_a_ground_numbered_in_one_cell_keep_their_roles():
    entries = agrees(read(wild.duty_before_ground()))
    assert fields(entries, "obligation_article") == [fact.duty for fact in FACTS]
    assert {
        role for entry in entries for role, _law, article, _text in entry.citations if article == "第四十六条"
    } == {"obligation"}


def test_a_list_of_powers_and_duties_takes_the_article_that_punishes_and_leaves_the_blame():
    result = read(wild.power_and_duty_list())
    entries = agrees(result)
    assert fields(entries, "obligation_article") == [fact.duty for fact in FACTS]
    assert set(fields(entries, "department_name")) == {"县综合行政执法局"}
    assert set(fields(entries, "power_type")) == {"penalty"}
    cited = {law for entry in entries for _role, law, *_rest in entry.citations}
    assert cited == {fact.law for fact in FACTS}


def test_the_line_of_the_sender_is_not_the_title_of_the_list():
    assert title_in(read(wild.power_and_duty_list())) == "县综合行政执法局权责清单"


def test_a_second_table_in_a_sheet_is_read_by_its_own_headings_and_says_so():
    result = read(wild.two_tables_in_one_sheet())
    assert "another_header" in codes(result)
    last = result.entries[-1].fields
    assert (last["department_name"], last["power_type"]) == ("县自然资源局", "coercion")
    assert (last["statute_name"], last["penalty_article"]) == ("《中华人民共和国城乡规划法》", "第六十八条")


@pytest.mark.parametrize("gap", [True, False])
def test_two_tables_side_by_side_are_read_each_for_itself(gap):
    result = read(wild.two_tables_side_by_side(gap=gap))
    assert [sheet.sheet.name for sheet in result.sheets] == ["汇总（左起第1张表）", "汇总（左起第2张表）"]
    assert fields(result.entries, "name") == [fact.name for fact in FACTS[:3]] + ["对违法建筑的强制拆除"]
    assert fields(result.entries, "statute_name")[2:] == [FACTS[2].law, "《中华人民共和国城乡规划法》"]
    report = result.report()
    assert (report["rows_read"], report["rows_used"]) == (6, 4)
    assert [len(sheet.rows) for sheet in result.sheets] == [4, 2]


def test_columns_named_alike_beside_an_empty_one_stay_one_table():
    rows = [["事项名称", "处罚依据", None, "违法行为", "处罚依据"]]
    rows += [[fact.name, fact.basis, None, fact.violation, None] for fact in FACTS]
    assert len(agrees(read(wild.saved(wild.book_of(rows))))) == len(FACTS)


def test_articles_in_rows_of_their_own_under_one_name_are_all_cited():
    result = read(wild.articles_in_rows())
    entries = agrees_but_for_sums(result, FACTS[:3])
    assert fields(entries, "fine_max") == ["30000.00"] * 3
    for entry, fact in zip(entries, FACTS, strict=False):
        roles = {(role, article) for role, _law, article, _text in entry.citations}
        assert {("obligation", fact.duty), ("penalty", fact.article)} <= roles


def test_a_class_merged_down_is_the_field_and_the_circumstances_stand_beside_the_degree():
    entries = read(wild.degrees_beside_a_class()).entries
    assert set(fields(entries, "domain")) == {"公路路政"}
    assert [(band.grade, band.circumstances) for band in entries[0].bands] == [
        ("较轻", "较轻的情节"),
        ("严重", "严重的情节"),
    ]
    # 处罚种类 names the fine, its sum stands in the law.
    assert fields(entries, "fine_max") == [fact.high for fact in FACTS[:2]]


@pytest.mark.parametrize(
    "build",
    [
        odd_files.web_page_named_xls,
        odd_files.xml_of_an_old_office,
        odd_files.strict_workbook,
        odd_files.codes_shown_with_zeros,
    ],
)
def test_what_other_programs_save_as_spreadsheets_is_read_with_codes_and_merges(build):
    entries = agrees(read(build()))
    assert [entry.codes for entry in entries] == [[odd_files.code_of(n)] for n in range(1, 7)]
    assert fields(entries, "department_name") == [wild.BODIES[fact.law] for fact in FACTS]


def test_an_ods_keeps_its_merges_and_hides_what_it_hides():
    result = read(odd_files.open_document())
    shown = [fact for fact in FACTS if fact is not FACTS[1]]
    entries = agrees(result, shown)
    assert fields(entries, "department_name") == [wild.BODIES[fact.law] for fact in shown]
    assert reasons(result) == ["表头以上的标题行", "表头行", "隐藏行"]


@pytest.mark.parametrize("bounds", [("最低", "最高"), ("下限额", "上限额")])
def test_sums_without_a_unit_are_read_by_the_unit_and_bound_their_headings_name(bounds):
    head = ["序", "违法行为", "罚则", "罚款幅度（万元）", None, "备注"]
    below = [None, None, None, *bounds, None]
    said = [fact for fact in FACTS if fact.unit == "元"]
    rows = [
        [f"{n}、", fact.violation, fact.basis, float(fact.low or 0) / 10000 or None, float(fact.high) / 10000]
        for n, fact in enumerate(said, 1)
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"]
    entries = read(wild.saved(wild.book_of([head, below, *rows], merges=merges))).entries
    assert [(e.fields["fine_min"], e.fields["fine_max"]) for e in entries] == [(f.low, f.high) for f in said]
    assert fields(entries, "number") == [str(n) for n in range(1, len(said) + 1)]


def test_a_column_of_penalties_that_names_none_leaves_the_fine_to_the_law():
    rows = [["序号", "事项名称", "处罚依据", "处罚的种类和幅度"]]
    rows += [[n, fact.name, fact.basis, "详见依据"] for n, fact in enumerate(FACTS, 1)]
    agrees(read(wild.saved(wild.book_of(rows))))


@pytest.mark.parametrize("title", ["赋权", "第二批"])
def test_places_are_ticked_where_the_header_is_repeated(title):
    head = ["序号", "事项名称", "处罚依据", "青山镇", "绿水乡"]
    rows = [[n, fact.name, fact.basis, "√", "√" if n > 3 else None] for n, fact in enumerate(FACTS, 1)]
    entries = agrees(read(wild.saved(wild.book_of([head, *rows[:3], head, *rows[3:]], title=title))))
    assert [[name for _kind, name, *_rest in entry.listings] for entry in entries] == [
        ["青山镇"] if n < 4 else ["青山镇", "绿水乡"] for n in range(1, 7)
    ]
    assert set(fields(entries, "domain")) == {""}


def test_a_code_that_several_items_share_stays_with_the_first_and_no_item_is_lost():
    shared = "0330217001000"
    rows = [["事项编码", "事项名称", "处罚依据"]]
    rows += [[shared if n < 4 else f"0330217{n:06d}", f.name, f.basis] for n, f in enumerate(FACTS, 1)]
    # The same item once more in other words is taken once.
    rows.append(["0330217000006", FACTS[5].name.replace("的行政处罚", "的处罚"), FACTS[5].basis])
    result = read(wild.saved(wild.book_of(rows, merges=["A2:A4"])))
    entries = agrees(result)
    assert [entry.codes for entry in entries][:4] == [[shared], [], [], ["0330217000004"]]
    assert codes(result) == ["code_shared", "code_shared", "duplicate"]
    assert len({entry.identity for entry in entries}) == 6


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0" + bytes(3000), b"MIME-Version: 1.0\n\n<table>"])
def test_a_broken_or_foreign_file_is_refused_with_a_way_out(data):
    with pytest.raises(RuleViolation, match="文件无法读取") as refused:
        read(data)
    assert ".xlsx" in refused.value.unblock


def test_an_old_xls_with_codes_as_numbers_and_a_sheet_for_each_power():
    result = read(XLS.read_bytes())
    agrees_with = [fact for fact in FACTS if fact is not FACTS[2]]
    penal = [entry for entry in result.entries if entry.fields["power_type"] == "penalty"]
    assert fields(penal, "name") == [fact.name for fact in agrees_with]
    assert [entry.codes for entry in penal] == [[str(330217001000 + n)] for n in (1, 2, 4, 5, 6)]
    assert fields([e for e in result.entries if e not in penal], "power_type") == ["coercion"]
    assert codes(result).count("code_damaged") == 5
    assert "total_differs" in codes(result)


WHOLE = [
    wild.bare_table_with_aliases,
    wild.two_level_header,
    wild.name_and_violation_in_one_cell,
    wild.sheets_by_field,
    wild.semicolon_csv,
    wild.numbered_in_chinese,
    wild.penalty_in_one_cell,
    wild.duty_before_ground,
]


@pytest.mark.django_db
@pytest.mark.parametrize("build", WHOLE, ids=lambda build: build.__name__)
def test_the_command_stages_and_publishes_such_a_file_and_the_same_again_changes_nothing(build, tmp_path):
    for name in ("clerk", "chief"):
        OfficerFactory(username=name, roles=[Role.CATALOG_ADMIN])
    path = tmp_path / "清单.xlsx"
    path.write_bytes(build())
    for _time in range(2):
        call_command(
            "load_catalog",
            str(path),
            "--list=WILD",
            "--expected-count=6",
            "--effective-on=2026-07-01",
            "--actor=clerk",
            "--publish-as=chief",
            stdout=StringIO(),
        )
    versions = ItemVersion.objects.in_force(date(2026, 7, 1)).filter(
        item__memberships__power_list__code="WILD"
    )
    assert sorted(versions.values_list("name", flat=True)) == sorted(fact.name for fact in FACTS)
    assert versions.with_basis().count() == 6
    assert ItemVersion.objects.count() == 6
