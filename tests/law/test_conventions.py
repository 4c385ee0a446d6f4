"""Each of the conventions C1 to C19, turned round, breaks a worked example: none of them is idle."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from law import computing, counting, procedure, suspensions
from law.book import ClockOverride, LawBook
from law.calendar import YearCalendar
from law.clocks import packaged_clocks
from law.profiles import packaged_profiles
from law.suspensions import Break
from law.time_limits import SHANGHAI, due
from law.values import Value
from law.verify import verify_file, verify_rows

DATA = Path(__file__).parent.parent / "data"
FILES = (DATA / "vectors.csv", DATA / "vectors_more.csv")
DAY = timedelta(days=1)


def rows():
    for path in FILES:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            yield from csv.DictReader(handle)


ROWS = list(rows())


def broken(book=None):
    return {outcome.id for outcome in verify_rows(ROWS, book=book) if not outcome.passed}


def under(clock, **settings):
    profile = "samr" if clock.endswith("samr") else "national"
    return LawBook.default().with_overrides(clocks=[ClockOverride(clock, settings, profile=profile)])


def test_every_worked_date_of_both_files_is_met():
    assert len(ROWS) == 86 + 176
    for path in FILES:
        assert [str(outcome) for outcome in verify_file(path) if not outcome.passed] == []


@pytest.mark.parametrize(
    ("convention", "clock", "settings", "example"),
    [
        ("C1", "hearing_request_5wd", {"first_day": "counted"}, "V001"),
        ("C1", "seizure_30d", {"first_day": "counted"}, "W066"),
        ("C2", "demand_10wd", {"unit": "calendar_day"}, "V036"),
        ("C2", "criminal_transfer_approve_3d", {"unit": "working_day"}, "W084"),
        ("C3", "fine_payment_15d", {"unit": "working_day"}, "W074"),
        ("C5", "fine_payment_15d", {"roll": "none"}, "W073"),
        ("C5", "penalty_decision_90d", {"roll": "forward"}, "W046"),
        ("C6", "seizure_30d", {"roll": "forward"}, "W067"),
        ("C7", "limitation_5y", {"roll": "forward"}, "W098"),
        ("C7", "service_announcement_30d", {"roll": "none"}, "W078"),
        ("C9", "seizure_urgent_approval_24h", {"hours": "next_full_hour"}, "W103"),
        ("C11", "penalty_decision_90d_samr", {"suspension_end": "included"}, "W056"),
        ("C13", "penalty_decision_90d", {"grounds": ("testing", "hearing")}, "W047"),
        ("C13", "seizure_30d", {"grounds": ("testing", "hearing")}, "W071"),
        ("C14", "penalty_decision_90d_samr", {"extension_from": "rolled"}, "V046"),
        ("C15", "hearing_notice_7wd_before", {"clear_days": False}, "W110"),
        ("C16", "hearing_request_5wd", {"elapsed": "same_day"}, "W115"),
    ],
)
def test_a_convention_set_the_other_way_breaks_a_worked_date(convention, clock, settings, example):
    assert example in broken(under(clock, **settings)), convention


def test_c4_a_calendar_without_make_up_days_breaks_worked_dates():
    book = LawBook.default()
    poorer = [
        replace(year, days={day: name for day, name in year.days.items() if not name.makeup})
        for year in book.years
    ]
    assert {"V004", "W002", "W012", "W113"} <= broken(book.with_overrides(years=poorer))


def test_c8_sticking_to_the_end_of_the_month_breaks_worked_dates(monkeypatch):
    def sticky(day, months):
        found = counting.add_months(day, months)
        last = counting.add_months(date(found.year, found.month, 1), 1) - DAY
        return last if (day + DAY).month != day.month else found

    monkeypatch.setattr(computing, "add_months", sticky)
    assert "V094" in broken()


def test_c8_running_over_into_the_next_month_breaks_worked_dates(monkeypatch):
    def over(day, months):
        index = day.year * 12 + day.month - 1 + months
        return date(index // 12, index % 12 + 1, 1) + (day.day - 1) * DAY

    monkeypatch.setattr(computing, "add_months", over)
    assert {"V087", "W089", "W094"} <= broken()


def test_c11_counting_shared_days_twice_breaks_worked_dates(monkeypatch):
    def separate(clock, granted, *, after):
        return [Break(max(item.start, after + DAY), item.end, ("",)) for item in granted]

    monkeypatch.setattr(computing, "unite", separate)
    assert {"V052", "V054"} <= broken()


def test_c11_not_clipping_to_the_running_time_breaks_worked_dates(monkeypatch):
    def unclipped(clock, granted, *, after):
        return [Break(item.start, item.end, ("",)) for item in granted]

    monkeypatch.setattr(computing, "unite", unclipped)
    monkeypatch.setattr(suspensions, "_outside", lambda clock, suspension, after: "")
    assert {"W058", "W059"} <= broken()


def test_c12_skipping_days_off_of_a_break_breaks_a_worked_date(monkeypatch):
    def by_days(calendar, start, length, breaks):
        lost = sum((item.end - item.first).days for item in breaks if item.end)
        return counting.count_workdays(calendar, start, length + lost, [])

    monkeypatch.setattr(computing, "count_workdays", by_days)
    assert {"V034", "W035"} <= broken()


def test_c13_a_ground_that_nobody_grants_breaks_worked_dates_once_it_counts(monkeypatch):
    monkeypatch.setattr(computing, "sift", lambda clock, stated, after: (list(stated), []))
    assert {"V021", "W047", "W061", "W069", "W072"} <= broken()


def test_c17_guessing_that_each_weekday_of_an_unknown_year_is_worked_breaks_worked_dates():
    guessed = YearCalendar(year=2027, notice="guess", source="guess", days={})
    assert {"V024", "V082", "W055", "W119"} <= broken(LawBook.default().with_overrides(years=[guessed]))


def test_c10_the_last_day_ends_at_midnight_for_the_party_and_with_office_hours_for_an_agency():
    served = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
    assert due("hearing_request_5wd", trigger=served).expires_at() == datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert due("decision_service_7wd", trigger=served).expires_at() == datetime(
        2026, 3, 11, 9, 30, tzinfo=UTC
    )
    other = {"day_end": "business_close"}
    assert due("hearing_request_5wd", trigger=served, settings=other).expires_at() == datetime(
        2026, 3, 9, 9, 30, tzinfo=UTC
    )
    other = {"day_end": "midnight"}
    assert due("decision_service_7wd", trigger=served, settings=other).expires_at() == datetime(
        2026, 3, 11, 16, tzinfo=UTC
    )


def test_c18_two_hundred_yuan_or_less_includes_two_hundred():
    asked = {"party_type": "citizen", "penalty_kinds": ["罚款"], "on": date(2026, 3, 2)}
    assert list(procedure.summary_obstacles(fine=Decimal("200.00"), **asked)) == []
    assert [item.code for item in procedure.summary_obstacles(fine=Decimal("200.01"), **asked)] == [
        "summary_eligibility"
    ]
    below = Value(
        "summary.fine_cap",
        Decimal("199.99"),
        "yuan",
        date(2026, 1, 1),
        keys={"party_type": "citizen", "place": "330000"},
    )
    book = LawBook.default().with_overrides(values=[below])
    assert list(procedure.summary_obstacles(fine=Decimal("200.00"), place="331102", book=book, **asked)) != []


def test_c19_days_off_and_weekends_block_execution_but_make_up_days_do_not():
    def blocked(day, calendar=None):
        calendar = calendar or LawBook.default().calendar
        at = datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)
        return bool(list(procedure.execution_obstacles(at=at, calendar=calendar)))

    assert blocked(date(2026, 2, 16))
    assert blocked(date(2026, 3, 7))
    assert not blocked(date(2026, 2, 14))
    assert not blocked(date(2026, 3, 6))


def test_every_clock_that_a_bare_event_can_start_has_a_worked_date():
    """F083: each kind of period has its fixture, save a term by agreement."""
    with (DATA / "golden_profiles.csv").open(encoding="utf-8", newline="") as handle:
        worked = {row["clock_id"] for row in [*ROWS, *csv.DictReader(handle)]}
    without = set(packaged_clocks()) - worked
    assert without == {"delegation_term"}
    national = packaged_profiles()["national"].kinds
    assert len(national) >= 15
