"""The data itself: complete, sourced, without gap or overlap, and within its sizes."""

from __future__ import annotations

import ast
import csv
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from law.articles import Citation, cite_en, cite_zh, from_numeral, numeral, parse_all, read_zh, statutes
from law.clocks import packaged_clocks, triggers
from law.errors import LawError
from law.profiles import packaged_profiles
from law.reading import tables
from law.suspensions import ground_of, grounds
from law.values import packaged_values

LAW = Path(__file__).parent.parent.parent / "law"
VECTORS = Path(__file__).parent.parent / "data" / "vectors.csv"
FILES = sorted((LAW / "data").rglob("*.toml"))
LONGEST_FILE = 400
CLOCKS = [version for versions in packaged_clocks().values() for version in versions]


def test_all_statutory_clocks_are_registered():
    assert len(packaged_clocks()) == 99  # 98 of the deadline list and the default of the filing check


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(LAW)))
def test_a_data_file_is_short_dated_and_sourced(path):
    text = path.read_text("utf-8")
    content = tomllib.loads(text)
    assert text.count("\n") <= LONGEST_FILE
    assert isinstance(content["checked_on"], date)
    assert content.get("source") or all(row.get("source") for row in content["value"])


@pytest.mark.parametrize("clock", CLOCKS, ids=lambda clock: f"{clock.id}-{clock.in_force_from.year}")
def test_a_clock_has_article_source_date_and_starting_event(clock):
    assert clock.source
    assert clock.checked_on
    assert clock.in_force_from >= date(1990, 1, 1)
    assert clock.trigger in triggers()
    assert clock.profile in packaged_profiles()
    assert clock.citations or clock.configurable
    assert clock.confidence in ("high", "medium", "low")
    assert clock.quote or clock.note or clock.confidence != "high"
    assert set(clock.convention.grounds) <= set(grounds())
    assert clock.configurable or clock.confidence != "low"


def test_periods_stand_one_file_a_statute():
    for name, content in tables("clocks"):
        for row in content["clock"]:
            statutes = [text.partition(":")[0] for text in row["cite"]]
            assert statutes[:1] == ([] if name == "county" else [name]), row["id"]


def test_versions_of_a_clock_leave_no_gap_and_do_not_overlap():
    for versions in packaged_clocks().values():
        for older, newer in pairwise(versions):
            assert older.in_force_until == newer.in_force_from


def test_values_of_one_key_do_not_overlap():
    seen = {}
    for value in packaged_values():
        key = (value.key, tuple(sorted(value.keys.items())))
        for other in seen.setdefault(key, []):
            assert value.valid_until is not None
            assert value.valid_until <= other.valid_from
        seen[key].append(value)
        assert value.article
        assert value.source
        assert value.checked_on


def test_no_hearing_amount_ships_for_zhejiang():
    assert not [v for v in packaged_values() if v.keys.get("place", "").startswith("33")]


def test_every_worked_date_uses_a_registered_clock():
    with VECTORS.open(encoding="utf-8-sig", newline="") as handle:
        assert {row["clock_id"] for row in csv.DictReader(handle)} <= set(packaged_clocks())


def test_a_citation_prints_the_standard_chinese_form():
    assert Citation.parse("apl:64(一)").zh == "《中华人民共和国行政处罚法》第六十四条第（一）项"
    assert Citation.parse("apl:72(1)(二)").zh == "《中华人民共和国行政处罚法》第七十二条第一款第（二）项"
    assert Citation.parse("cpl:101").zh.endswith("第一百零一条")
    assert Citation.parse("apl:64(一)").en == "Administrative Penalty Law, art. 64 item (1)"
    both = parse_all(["apl:64(一)", "apl:85", "acl:69"])
    assert cite_zh(both) == (
        "《中华人民共和国行政处罚法》第六十四条第（一）项、第八十五条、《中华人民共和国行政强制法》第六十九条"
    )
    assert (
        cite_en(both)
        == "Administrative Penalty Law, art. 64 item (1); art. 85; Administrative Compulsion Law, art. 69"
    )
    for wrong in ("nowhere:1", "apl:x", "apl 64"):
        with pytest.raises(LawError):
            Citation.parse(wrong)


def test_numerals_are_written_and_read():
    written = {10: "十", 15: "十五", 20: "二十", 101: "一百零一", 110: "一百一十", 1005: "一千零五", 0: "零"}
    assert {number: numeral(number) for number in written} == written
    assert [from_numeral(numeral(number)) for number in range(1000)] == list(range(1000))
    with pytest.raises(LawError):
        numeral(10000)


def test_statutes_have_titles_in_two_languages():
    assert all(item.title_zh and item.title_en and item.source for item in statutes().values())


def test_staff_words_are_understood_as_grounds():
    assert ground_of("送检") == "testing"
    assert ground_of("中止(未恢复)") == "discontinued"
    assert ground_of("中止（未恢复）") == "discontinued"
    assert ground_of("testing") == "testing"
    assert ground_of("出差") == ""


def test_the_law_knows_no_framework_and_never_asks_for_the_time():
    allowed = {"law"}
    for path in LAW.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                root = name.split(".")[0]
                assert root in allowed or root in __import__("sys").stdlib_module_names, (path.name, name)
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("now", "today", "utcnow"), path.name


def test_modules_and_functions_stay_short():
    for path in LAW.glob("*.py"):
        text = path.read_text("utf-8")
        assert text.count("\n") <= 300, path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno <= 45, (path.name, node.name)


@pytest.mark.parametrize("text", ["apl:64(1)(二)", "apl:5", "civil_code:203", "all:26(6)", "decree310:10"])
def test_a_citation_printed_in_chinese_is_read_as_it_was_meant(text):
    citation = Citation.parse(text)
    assert read_zh(citation.zh) == (citation,)
    assert read_zh(f"{citation.zh}、第一百零一条") == (citation, Citation(citation.statute, 101))


@pytest.mark.parametrize(
    "text", ["", "国家法未规定天数", "青禾县规定第三条", "第三条", "行政处罚法第四十条附"]
)
def test_what_is_no_known_citation_is_read_as_none(text):
    assert read_zh(text) == ()
