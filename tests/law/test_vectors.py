"""The worked dates of lawyers, and that each convention is held by one of them."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from law.book import ClockOverride, LawBook
from law.time_limits import alternative_due, due, earliest_act
from law.verify import read_instant, read_suspensions, verify_file, verify_rows

VECTORS = Path(__file__).parent.parent / "data" / "vectors.csv"


def rows():
    with VECTORS.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_worked_date_is_met():
    outcomes = verify_file(VECTORS)
    assert len(outcomes) == 86
    assert [outcome for outcome in outcomes if not outcome.passed] == []


def failures(book):
    return {outcome.id for outcome in verify_rows(rows(), book=book) if not outcome.passed}


@pytest.mark.parametrize(
    ("clock", "settings", "broken"),
    [
        ("hearing_request_5wd", {"first_day": "counted"}, "V001"),
        ("hearing_request_5wd", {"unit": "calendar_day"}, "V004"),
        ("hearing_request_5wd", {"elapsed": "same_day"}, "V123"),
        ("hearing_notice_7wd_before", {"clear_days": False}, "V117"),
        ("fine_payment_15d", {"roll": "none"}, "V073"),
        ("seizure_30d", {"roll": "forward"}, "V066"),
        ("seizure_30d", {"first_day": "counted"}, "V064"),
        ("sue_6m", {"roll": "none"}, "V090"),
        ("penalty_decision_90d_samr", {"suspension_end": "included"}, "V052"),
        ("penalty_decision_90d_samr", {"extension_from": "rolled"}, "V046"),
        ("penalty_decision_90d_samr", {"grounds": ()}, "V060"),
        ("evidence_hold_7wd", {"grounds": ("testing",)}, "V021"),
        ("criminal_transfer_approve_3d", {"unit": "working_day"}, "V105"),
        ("seizure_urgent_approval_24h", {"hours": "next_full_hour"}, "V109"),
        ("demand_10wd", {"length": 9}, "V036"),
    ],
)
def test_a_changed_convention_breaks_a_worked_date(clock, settings, broken):
    profile = "samr" if clock.endswith("samr") else "national"
    book = LawBook.default().with_overrides(clocks=[ClockOverride(clock, settings, profile=profile)])
    assert broken in failures(book)


def test_a_lost_make_up_saturday_breaks_worked_dates():
    book = LawBook.default()
    year = next(item for item in book.years if item.year == 2026)
    days = {day: name for day, name in year.days.items() if not name.makeup}
    poorer = book.with_overrides(years=[replace(year, days=days)])
    assert {"V004", "V006", "V049"} <= failures(poorer)


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
