"""Worked examples as spreadsheets really save them, and what is said of a row that cannot be read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from law.__main__ import main

MORE = Path(__file__).parent.parent / "data" / "vectors_more.csv"
HEAD = "id,clock_id,kind,profile,trigger,n,unit,suspensions,extension,roll,expected_due,principal,paid_on"
GOOD = "A,hearing_request_5wd,due,national,2026-03-02,5,working_day,[],,none,2026-03-09,,"


def verify(tmp_path, capsys, content, encoding="utf-8"):
    path = tmp_path / "sheet.csv"
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    code = main(["verify", str(path)])
    output = capsys.readouterr()
    return code, output.out.splitlines(), output.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encodings_and_line_endings_do_not_matter(tmp_path, capsys, encoding, ending):
    content = MORE.read_text("utf-8").replace("\n", ending)
    assert verify(tmp_path, capsys, content, encoding) == (0, ["176 passed, 0 failed"], "")


def test_columns_may_stand_in_any_order_with_others_between_and_empty_rows_below(tmp_path, capsys):
    with MORE.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    names = ["remark", *reversed(rows[0]), "who"]
    path = tmp_path / "other.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names, restval="x")
        handle.write(",".join(f" {name.upper()} " for name in names) + "\r\n\r\n")
        for row in rows:
            writer.writerow(row)
            handle.write("\r\n" + "," * (len(names) - 1) + "\r\n")
    assert main(["verify", str(path)]) == 0
    assert capsys.readouterr().out == "176 passed, 0 failed\n"


def test_days_and_numbers_as_a_spreadsheet_rewrites_them_are_read(tmp_path, capsys):
    rows = [
        "A,hearing_request_5wd,,,2026/3/2,5.0,working_day,,,none,2026/3/9,,",
        "B,penalty_decision_90d_samr, due ,samr,2026-03-02,90,calendar_day,[],30.0,forward,2026年6月30日,,",
        'C,surcharge_3pct_daily,amount,national,2026/3/17,1,calendar_day,[],,none,300,"10,000.00",2026/3/18',
        "D,police_forward_24h,due_instant,,2026-02-13T17:20:00+08:00,24,hour,,,none,2026-02-14T09:20:00Z,,",
    ]
    assert verify(tmp_path, capsys, "\n".join([HEAD, *rows])) == (0, ["4 passed, 0 failed"], "")


def test_full_width_characters_and_blanks_of_no_width_are_read_as_plain_ones(tmp_path, capsys):
    row = GOOD.replace("2026-03-02", "２０２６／０３／０２").replace(",5,", ",５,").replace("A,", "A,\u200b")
    head = HEAD.replace("trigger", "ｔｒｉｇｇｅｒ")
    assert verify(tmp_path, capsys, f"{head}\n{row}") == (0, ["1 passed, 0 failed"], "")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            "A,no_clock,amount,,2026-03-17,1,,[],,,300,10000,2026-03-18",
            "error clock: Unknown clock: no_clock",
        ),
        (
            "A,fine_payment_15d,amount,,2026-03-17,1,,[],,,300,10000,2026-03-18",
            "error clock_id: fine_payment_15d is not surcharge_3pct_daily",
        ),
        ("A,surcharge_3pct_daily,amount,,2026-03-17,2,,[],,,300,10000,2026-03-18", "error n: 2 is not 1"),
    ],
)
def test_an_amount_is_held_to_its_clock_and_its_days(tmp_path, capsys, row, told):
    code, lines, _ = verify(tmp_path, capsys, f"{HEAD}\n{row}")
    assert (code, lines[-1]) == (1, "0 passed, 1 failed")
    assert lines[0].endswith(told)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("hearing_request_5wd", "hearing_request"), "error clock: Unknown clock: hearing_request"),
        (("national", "moon"), "error profile: Unknown profile: moon"),
        (("2026-03-02", "2026-02-30"), "error trigger: not a date: 2026-02-30"),
        (
            ("2026-03-02", "2026-03-02T09:00:00"),
            "error trigger: The instant that starts a period needs a time zone",
        ),
        (("2026-03-02", "next week"), "error trigger: not an instant: next week"),
        (("2026-03-02", ""), "error trigger: The column trigger is missing"),
        ((",due,", ",guess,"), "error kind: unknown kind guess"),
        ((",5,", ",4,"), "error n: 4 is not 5"),
        (("working_day", "calendar_day"), "error unit: calendar_day is not working_day"),
        ((",none,", ",forward,"), "error roll: forward is not none"),
        (("[],,", "[],3,"), "error extension: No rule grants an extension of hearing_request_5wd"),
        (("[],,", "[],many,"), "error extension: not a number: many"),
        (("[],,", "[],2.5,"), "error extension: not a number: 2.5"),
        (
            ("[]", "nonsense"),
            "error suspensions: suspensions are a JSON list of from, to_exclusive and reason",
        ),
        (("[]", '"[1]"'), "error suspensions: suspensions are a JSON list of from, to_exclusive and reason"),
        (
            ("[]", '"[{""from"": ""2026-03-05"", ""to_exclusive"": ""2026-03-04""}]"'),
            "error suspensions: The suspension ends on 2026-03-04, before it starts on 2026-03-05",
        ),
        (("2026-03-09", ""), "error expected_due: The column expected_due is missing"),
    ],
)
def test_a_row_that_cannot_be_computed_is_told_by_its_line_and_the_others_go_on(
    tmp_path, capsys, change, told
):
    spoiled = GOOD.replace(*change, 1)
    assert spoiled != GOOD
    code, lines, _ = verify(tmp_path, capsys, "\n".join([HEAD, GOOD, "", spoiled, GOOD]))
    assert code == 1
    assert lines[-1] == "2 passed, 1 failed"
    assert lines[0].startswith("A (line 4): expected ")
    assert lines[0].endswith(told)
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ("", "clock_id"),
        ("\r\n\r\n", "clock_id"),
        ("id,clock_id,expected_due\n", "trigger"),
        (HEAD + ",trigger\n", "trigger"),
        (HEAD + '\nA,"unclosed', "file"),
        (b"\x00\xff\x00\xfe\x81", "file"),
    ],
)
def test_a_file_that_is_no_such_table_ends_with_two(tmp_path, capsys, content, field):
    code, lines, error = verify(tmp_path, capsys, content)
    assert (code, lines) == (2, [])
    assert error.startswith(f"{field}: ")


def test_testing_of_which_the_party_was_not_told_is_read_from_the_words(tmp_path, capsys):
    row = "A,seizure_30d,due,national,2026-01-20,30,calendar_day,{},,none,{},,"
    span = '"[{""from"": ""2026-02-01"", ""to_exclusive"": ""2026-02-15"", ""reason"": ""%s""}]"'
    rows = [
        row.format(span % "检验", "2026-03-05"),
        row.format(span % "检验期间", "2026-03-05"),
        row.format(span % "检验（未书面告知）", "2026-02-19"),
    ]
    assert verify(tmp_path, capsys, "\n".join([HEAD, *rows])) == (0, ["3 passed, 0 failed"], "")
