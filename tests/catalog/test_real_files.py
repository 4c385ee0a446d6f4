"""The three published lists in tests/data, each with its full report."""

import re
from pathlib import Path

import pytest

from catalog.starters import starters
from tests.catalog.workbooks import codes, read

DATA = Path(__file__).parents[1] / "data" / "catalog"


def read_file(name):
    return read((DATA / name).read_bytes())


def test_the_township_list_gives_296_items_and_loses_no_row():
    result = read_file("township_longhua.xlsx")
    report = result.report()
    first = report["sheets"][0]
    assert (first["header_row"], first["items"], first["rows_read"], first["rows_used"]) == (3, 296, 300, 296)
    assert [(row["row"], row["reason"]) for row in first["skipped"]] == [
        (1, "表头以上的标题行"),
        (2, "表头以上的标题行"),
        (3, "表头行"),
        (300, "注释行"),
    ]
    assert first["columns"]["相关区级 主管部门"] == "department"
    departments = [entry.fields["department_name"] for entry in result.entries]
    assert departments.count("深圳市龙华区城市管理和综合执法局") == 194
    assert departments.count("深圳市规划和自然资源局龙华管理局") == 80
    assert all(departments)
    assert sum(bool(entry.fields["scope_note"]) for entry in result.entries) == 33


def test_the_discretion_list_gives_40_items_with_121_grades_and_warns_of_number_27():
    result = read_file("discretion_shenzhen.xlsx")
    report = result.report()
    assert (report["items"], report["bands"]) == (40, 121)
    assert report["rows_read"] == report["rows_used"] + report["rows_skipped"]
    (warning,) = report["sheets"][0]["warnings"]
    assert (warning["row"], warning["code"]) == (82, "band_outside_statute")
    assert all(
        entry.fields["penalty_article"] and entry.fields["obligation_article"] for entry in result.entries
    )
    assert sum(band.no_penalty for entry in result.entries for band in entry.bands) == 3
    assert all(band.unit or band.no_penalty for entry in result.entries for band in entry.bands)


def test_a_discretion_item_is_read_word_for_word():
    third = read_file("discretion_shenzhen.xlsx").entries[2]
    assert third.fields["statute_name"] == "《深圳经济特区市容和环境卫生管理条例》"
    assert (third.fields["obligation_article"], third.fields["penalty_article"]) == (
        "第十八条第二款",
        "第十八条第三款",
    )
    assert (third.fields["fine_min"], third.fields["fine_unit"]) == ("1000.00", "元/平方米")
    assert third.fields["needs_correction_first"]
    assert third.fields["penalty_kinds"] == ["fine", "confiscate_goods"]


def test_the_codes_keep_their_zeros_and_the_damaged_sheet_adds_no_item():
    result = read_file("codes_liaoning.xlsx")
    assert len(result.entries) == 30
    assert all(len(entry.codes[0]) == 12 for entry in result.entries)
    assert sum(entry.codes[0].startswith("000") for entry in result.entries) > 0
    assert codes(result).count("code_damaged") == 12
    assert codes(result).count("duplicate") == 30
    types = {entry.fields["power_type"] for entry in result.entries}
    assert {"licence", "penalty", "inspection", "adjudication"} <= types


@pytest.mark.parametrize("code", ["LH", "SZ"])
def test_a_starter_list_holds_what_it_says(code):
    starter = starters()[code]
    assert len(read(starter.path.read_bytes()).entries) == starter.items
    assert starter.about["source"]


@pytest.mark.parametrize(
    ("code", "file"), [("LH", "township_longhua.xlsx"), ("SZ", "discretion_shenzhen.xlsx")]
)
def test_the_starter_file_says_the_same_as_the_published_layout(code, file):
    started = read(starters()[code].path.read_bytes()).entries
    published = read_file(file).entries
    assert [(e.identity, e.digest, e.bands_digest) for e in started] == [
        (e.identity, e.digest, e.bands_digest) for e in published
    ]


def test_each_hazard_of_published_lists_has_a_test_of_its_own():
    """The 34 hazards met in published lists, by their numbers: test_h01 … test_h34."""
    files = Path(__file__).parent.glob("test_*.py")
    met = {int(n) for file in files for n in re.findall(r"^def test_h(\d\d)_", file.read_text(), re.M)}
    assert met == set(range(1, 35))
