"""The command line: totals last, a line a mismatch, bad input named with a non-zero exit; and speed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from law.__main__ import main
from law.fast import due_many, due_on

ROOT = Path(__file__).parent.parent.parent
VECTORS = ROOT / "tests" / "data" / "vectors.csv"


def test_verify_prints_the_totals_last_and_needs_no_framework():
    code = (
        "import sys, law.__main__ as command; result = command.main(['verify', sys.argv[1]]); "
        "assert 'django' not in sys.modules; sys.exit(result)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(VECTORS)], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "86 passed, 0 failed"


def test_verify_prints_a_line_a_mismatch_and_fails(tmp_path, capsys):
    spoiled = tmp_path / "spoiled.csv"
    spoiled.write_text(
        VECTORS.read_text("utf-8-sig").replace("2026-03-09,,,plain week", "2026-03-10,,,plain week"), "utf-8"
    )
    assert main(["verify", str(spoiled)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["V001 (line 2): expected 2026-03-10, found 2026-03-09", "85 passed, 1 failed"]


def test_due_prints_the_date_and_its_derivation(capsys):
    assert main(["due", "hearing_request_5wd", "--trigger", "2026-02-12"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "hearing_request_5wd: 2026-02-26 (due)"
    assert "春节调休上班" in "".join(lines)
    assert main(["due", "hearing_request_5wd", "--trigger", "2026-02-12T10:00:00+08:00", "--lang", "en"]) == 0
    assert "make-up working day" in capsys.readouterr().out


def test_due_takes_suspensions_and_an_extension_and_prints_json(capsys):
    arguments = [
        "--profile",
        "samr",
        "--suspend",
        "2026-03-20/2026-03-30=鉴定",
        "--suspend",
        "2026-03-25/2026-04-04",
    ]
    clock = ["due", "penalty_decision_90d_samr", "--trigger", "2026-03-02", "--json", "--extend", "30"]
    assert main([*clock, *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["due_on"] == "2026-07-15"
    assert found["derivation"]["steps"]
    assert (
        main(["due", "penalty_decision_90d_samr", "--trigger", "2026-03-02", "--suspend", "2026-03-20/"]) == 0
    )
    assert capsys.readouterr().out.startswith("penalty_decision_90d_samr: - (suspended)")


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["due", "nothing", "--trigger", "2026-03-02"], "clock"),
        (["due", "sue_6m", "--trigger", "2026-13-02"], "trigger"),
        (["due", "sue_6m", "--trigger", "2026-03-02T10:00:00"], "trigger"),
        (["due", "sue_6m", "--trigger", "2026-03-02", "--profile", "moon"], "profile"),
        (["due", "sue_6m", "--trigger", "2026-03-02", "--suspend", "2026-03-05"], "suspend"),
        (["due", "sue_6m", "--trigger", "2026-03-02", "--suspend", "2026-03-05/2026-03-01"], "suspensions"),
        (["due", "sue_6m", "--trigger", "2026-03-02", "--extend", "3"], "extension"),
        (["due", "delegation_term", "--trigger", "2026-03-02", "--until", "soon"], "until"),
        (["due", "sue_6m", "--trigger", "2026-03-02", "--until", "2026-05-02"], "agreed_until"),
        (["verify", "no-such-file.csv"], "file"),
    ],
)
def test_bad_input_is_named_on_the_error_stream(arguments, field, capsys):
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.err.startswith(f"{field}: ")
    assert output.out == ""


def test_a_file_that_is_no_table_is_refused(tmp_path, capsys):
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"\xff\xfe\x00\x01")
    assert main(["verify", str(broken)]) == 2
    empty = tmp_path / "empty.csv"
    empty.write_text("name,day\n", "utf-8")
    assert main(["verify", str(empty)]) == 2
    assert "clock_id" in capsys.readouterr().err


def test_a_table_saved_by_a_chinese_spreadsheet_is_read(tmp_path, capsys):
    saved = tmp_path / "saved.csv"
    saved.write_bytes(VECTORS.read_text("utf-8-sig").encode("gb18030"))
    assert main(["verify", str(saved)]) == 0
    assert capsys.readouterr().out == "86 passed, 0 failed\n"


@pytest.mark.parametrize("clock", ["hearing_request_5wd", "fine_payment_15d", "seizure_30d", "sue_6m"])
def test_a_million_due_dates_take_less_than_a_second_and_a_half(clock):
    first = date(2023, 1, 2)
    triggers = [first + timedelta(days=number % 1200) for number in range(100_000)]
    due_on(clock, first)
    best = min(_cpu(lambda: [due_on(clock, day) for day in triggers]) for _ in range(3))
    assert best * 10 < 1.5
    assert min(_cpu(lambda: due_many(clock, triggers)) for _ in range(3)) * 10 < 1.5


def _cpu(work):
    before = time.process_time()
    work()
    return time.process_time() - before
