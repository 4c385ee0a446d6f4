"""The worked dates of lawyers, and their other readings; test_conventions holds each convention to them."""

from __future__ import annotations

import csv
from pathlib import Path

from law.time_limits import alternative_due, due, earliest_act
from law.verify import verify_file, verify_rows
from law.worksheet import read_instant, read_suspensions

VECTORS = Path(__file__).parent.parent / "data" / "vectors.csv"


def rows():
    with VECTORS.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_worked_date_is_met():
    outcomes = verify_file(VECTORS)
    assert len(outcomes) == 86
    assert [outcome for outcome in outcomes if not outcome.passed] == []


def test_the_other_reading_of_each_worked_date_is_known():
    read = 0
    for row in rows():
        if not row["alternative_due"] or row["kind"] == "amount" or row["extension"]:
            continue
        found = due(
            row["clock_id"],
            trigger=read_instant(row["trigger"]),
            profile=row["profile"],
            suspensions=read_suspensions(row["suspensions"]),
        )
        other = alternative_due(found)
        if other is None:
            assert row["alternative_due"] == row["expected_due"]
            continue
        text = earliest_act(other) if row["kind"] == "earliest_working_date" else other.due_at or other.due_on
        assert text.isoformat() == row["alternative_due"], row["id"]
        read += 1
    assert read == 14


def test_a_row_that_differs_from_its_clock_is_a_mismatch():
    row = {
        "id": "x",
        "clock_id": "hearing_request_5wd",
        "trigger": "2026-03-02",
        "expected_due": "2026-03-09",
    }
    good, wrong_length, wrong_unit, unknown = verify_rows(
        [row, {**row, "n": "4"}, {**row, "unit": "calendar_day"}, {**row, "clock_id": "nothing"}]
    )
    assert good.passed
    assert not wrong_length.passed
    assert not wrong_unit.passed
    assert "Unknown clock" in unknown.found
