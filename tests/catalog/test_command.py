"""manage.py load_catalog: report, expected count, dry run, second person, clear refusals."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.models import ImportBatch, ItemVersion, PowerList
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data" / "catalog"
LIST = DATA / "township_longhua.xlsx"


def run(*args):
    out = StringIO()
    call_command("load_catalog", *map(str, args), stdout=out)
    return out.getvalue()


def nothing_written():
    return not (PowerList.objects.exists() or ImportBatch.objects.exists() or ItemVersion.objects.exists())


def test_a_file_is_staged_and_its_report_written(tmp_path):
    report_file = tmp_path / "out.json"
    out = run(LIST, "--list", "LH", "--expected-count", 296, "--report", report_file)
    report = json.loads(report_file.read_text())
    assert set(report) >= {"file", "sha256", "sheets"}
    sheet = report["sheets"][0]
    assert sheet["rows_read"] == sheet["rows_used"] + sheet["rows_skipped"] == 300
    assert set(sheet["skipped"][0]) == {"row", "cell", "reason", "text"}
    assert "第 300 行未采用（注释行）" in out
    assert ImportBatch.objects.get().state == "staged"
    assert not ItemVersion.objects.exists()


def test_a_dry_run_writes_nothing_but_the_report(tmp_path):
    out = run(LIST, "--dry-run", "--report", tmp_path / "out.json")
    assert "未写入任何内容" in out
    assert json.loads((tmp_path / "out.json").read_text())["items"] == 296
    assert nothing_written()


@pytest.mark.parametrize("extra", [[], ["--dry-run"]])
def test_another_count_than_announced_stops_the_run_but_every_row_is_told(extra, tmp_path):
    report = tmp_path / "out.json"
    with pytest.raises(CommandError, match="296"):
        run(LIST, "--expected-count", 297, "--report", report, *extra)
    assert nothing_written()
    assert json.loads(report.read_text())["items"] == 296


@pytest.mark.parametrize("extra", [[], ["--dry-run"]])
def test_a_file_without_items_is_an_error_rehearsed_or_not(extra, tmp_path):
    notes = tmp_path / "notes.csv"
    notes.write_text("说明\n本文件没有事项\n", encoding="utf-8")
    with pytest.raises(CommandError, match="没有读出任何事项"):
        run(notes, *extra)
    assert nothing_written()


def test_a_code_too_long_for_a_list_is_refused_before_the_file_is_read():
    with pytest.raises(CommandError, match="at most 30 characters"):
        run(LIST, "--list", "x" * 31)
    assert nothing_written()


def test_a_report_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(CommandError, match="No such file or directory"):
        run(LIST, "--dry-run", "--report", tmp_path / "nowhere" / "out.json")


def test_a_second_person_named_on_the_line_publishes():
    OfficerFactory(username="clerk", roles=[Role.CATALOG_ADMIN])
    OfficerFactory(username="chief", name="周主任", roles=[Role.CATALOG_ADMIN])
    run(DATA / "discretion_shenzhen.xlsx", "--list", "SZ", "--actor", "clerk", "--publish-as", "chief")
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.published_by_name) == ("published", "周主任")
    assert batch.effective_on.isoformat() == "2023-12-15"
    assert ItemVersion.objects.count() == 40


def test_the_uploader_may_not_be_the_publisher():
    OfficerFactory(username="clerk", roles=[Role.CATALOG_ADMIN])
    with pytest.raises(CommandError, match="另一人"):
        run(DATA / "discretion_shenzhen.xlsx", "--list", "SZ", "--actor", "clerk", "--publish-as", "clerk")
    assert nothing_written()


def test_an_unknown_list_is_named_after_its_title():
    run(LIST, "--list", "NEW")
    made = PowerList.objects.get()
    assert (made.code, made.kind) == ("NEW", "township")
    assert made.name == "深圳市龙华区街道承接区政府部门行政处罚事项目录"


def test_bad_input_is_answered_with_a_clear_error(tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"%PDF-1.7")
    for args, words in (
        ([broken], "PDF"),
        ([tmp_path / "none.xlsx"], "none.xlsx"),
        ([LIST, "--actor", "x"], "x"),
    ):
        with pytest.raises(CommandError, match=words):
            run(*args)
    assert nothing_written()
