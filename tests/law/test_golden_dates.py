"""F076: two hundred dates around every announced day of four years, counted here a second way.

tests/data/announced_days.csv is a transcription of the State Council's notices of its own, apart from
law/data/calendar; the counter below walks day by day and knows neither prefix sums nor the engine.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from law.calendar import packaged_years
from law.clocks import Unit, packaged_clocks
from law.fast import due_on
from law.time_limits import due

DATA = Path(__file__).parent.parent / "data"
DAY = timedelta(days=1)
SATURDAY = 5


def table(name):
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


ANNOUNCED = {date.fromisoformat(row["day"]): row["works"] == "yes" for row in table("announced_days.csv")}
GOLDEN = table("golden_dates.csv")


def works(day):
    assert 2023 <= day.year <= 2026, day
    return ANNOUNCED.get(day, day.weekday() < SATURDAY)


def walked(clock, day):
    """Count one day at a time, as a clerk with the notice on the desk would."""
    left = clock.length
    while left:
        day += DAY
        left -= works(day) if clock.unit is Unit.WORKING_DAY else 1
    while clock.convention.roll == "forward" and not works(day):
        day += DAY
    return day


def test_the_packaged_calendar_holds_exactly_the_announced_days():
    packaged = {day: name.makeup for year in packaged_years() for day, name in year.days.items()}
    assert packaged == ANNOUNCED


def test_the_table_has_two_hundred_dates_and_meets_every_festival_and_make_up_day():
    assert len(GOLDEN) == 200
    assert len({(row["clock_id"], row["trigger"]) for row in GOLDEN}) == 200
    spans = [(date.fromisoformat(row["trigger"]), date.fromisoformat(row["expected_due"])) for row in GOLDEN]
    for day in ANNOUNCED:
        assert any(first < day <= last for first, last in spans), day


@pytest.mark.parametrize("clock_id", sorted({row["clock_id"] for row in GOLDEN}))
def test_the_golden_dates_are_met_by_the_engine_and_by_walking(clock_id):
    for row in GOLDEN:
        if row["clock_id"] != clock_id:
            continue
        trigger, expected = date.fromisoformat(row["trigger"]), date.fromisoformat(row["expected_due"])
        assert due(clock_id, trigger=trigger).due_on == expected, row
        assert due_on(clock_id, trigger) == expected, row
        assert walked(packaged_clocks()[clock_id][-1], trigger) == expected, row


def test_days_off_between_two_services_make_the_ends_equal():
    for first, last in (
        ("2026-02-14", "2026-02-23"),
        ("2026-04-30", "2026-05-05"),
        ("2025-09-30", "2025-10-08"),
    ):
        ends = {due("hearing_request_5wd", trigger=date.fromisoformat(day)).due_on for day in (first, last)}
        assert len(ends) == 1
