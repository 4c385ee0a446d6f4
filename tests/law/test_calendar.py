"""Working days: announced exceptions, arithmetic both ways, and no guess beyond the notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from law.book import LawBook
from law.calendar import WorkCalendar, packaged_years, year_calendar
from law.errors import CalendarUnresolved, LawError

CALENDAR = LawBook.default().calendar


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-02-14", True),  # make-up Saturday
        ("2026-02-16", False),
        ("2026-02-28", True),
        ("2024-02-09", True),  # New Year's Eve was a working day that year
        ("2025-01-26", True),
        ("2026-09-20", True),
        ("2026-07-04", False),
        ("2026-07-06", True),
    ],
)
def test_announced_exceptions_hold(day, works):
    assert CALENDAR.is_workday(date.fromisoformat(day)) is works


@pytest.mark.parametrize(("year", "count"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_the_announced_number_of_working_days(year, count):
    first = date(year, 1, 1)
    own = int(CALENDAR.is_workday(first))
    assert own + CALENDAR.count_workdays(first, date(year, 12, 31)) == count


def test_a_day_off_and_a_make_up_day_have_names_in_two_languages():
    assert CALENDAR.name_of(date(2026, 2, 17)).zh == "春节"
    assert CALENDAR.name_of(date(2026, 2, 14)).zh == "春节调休上班"
    assert CALENDAR.name_of(date(2026, 10, 10)).en == "make-up working day for National Day"
    assert CALENDAR.name_of(date(2026, 7, 4)).zh == "周末"
    assert CALENDAR.name_of(date(2026, 7, 6)) is None


def test_counting_forth_and_back_agree_with_walking_day_by_day():
    start = date(2025, 12, 20)
    for count in range(1, 40):
        day, left = start, count
        while left:
            day += timedelta(1)
            left -= CALENDAR.is_workday(day)
        assert CALENDAR.add_workdays(start, count) == day
    for count in range(1, 40):
        day, left = start, count
        while left:
            day -= timedelta(1)
            left -= CALENDAR.is_workday(day)
        assert CALENDAR.add_workdays(start, -count) == day


@pytest.mark.parametrize("day", [date(2027, 1, 4), date(2022, 12, 30)])
def test_a_year_without_notice_is_never_guessed(day):
    assert not CALENDAR.covers(day)
    for ask in (CALENDAR.is_workday, CALENDAR.name_of, CALENDAR.rank, CALENDAR.roll_forward):
        with pytest.raises(CalendarUnresolved) as refused:
            ask(day)
        assert refused.value.year == day.year


def test_a_count_that_runs_into_a_year_without_notice_names_that_year():
    with pytest.raises(CalendarUnresolved) as refused:
        CALENDAR.add_workdays(date(2026, 12, 28), 7)
    assert refused.value.year == 2027
    assert CALENDAR.add_workdays(date(2026, 12, 28), 3) == date(2026, 12, 31)


def test_a_gap_between_loaded_years_is_not_jumped():
    with_gap = WorkCalendar([year for year in packaged_years() if year.year != 2025])
    with pytest.raises(CalendarUnresolved) as refused:
        with_gap.add_workdays(date(2024, 12, 30), 5)
    assert refused.value.year == 2025
    assert with_gap.add_workdays(date(2024, 12, 30), 1) == date(2024, 12, 31)
    with pytest.raises(CalendarUnresolved):
        with_gap.count_workdays(date(2024, 12, 30), date(2026, 1, 5))


def test_a_new_year_handed_in_resolves_the_count():
    year = year_calendar(
        2027, notice="测试通知", source="test", off={date(2027, 1, 1): ("元旦", "New Year's Day")}, work={}
    )
    book = LawBook.default().with_overrides(years=[year])
    assert book.calendar.add_workdays(date(2026, 12, 28), 7) == date(2027, 1, 7)
    assert book.calendar.version != CALENDAR.version
    assert book.calendar.notices[2027] == "测试通知"


def test_a_day_cannot_be_both_off_and_working_nor_of_another_year():
    new_year = {date(2027, 1, 1): ("元旦", "New Year's Day")}
    with pytest.raises(LawError):
        year_calendar(2027, notice="", source="", off=new_year, work=new_year)
    with pytest.raises(LawError):
        year_calendar(2028, notice="", source="", off=new_year, work={})
