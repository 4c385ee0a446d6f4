"""Laws that hold for every date: order, addition, repetition, and nothing impossible."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from law.book import LawBook
from law.clocks import Unit, packaged_clocks
from law.fast import due_many, due_on
from law.time_limits import SHANGHAI, Suspension, due, earliest_act

CALENDAR = LawBook.default().calendar
DAY = timedelta(days=1)
DAYS = st.dates(date(2023, 1, 1), date(2026, 5, 31))
PLAIN = sorted(
    name
    for name, versions in packaged_clocks().items()
    if versions[-1].unit not in (Unit.HOUR, Unit.COMPOSITE, Unit.CONTRACT)
    and versions[-1].nature != "accrual"
    and versions[-1].convention.direction == "after"
    and versions[-1].law_day == "trigger"
    and versions[-1].in_force_from <= date(2023, 1, 1)
    and versions[-1].in_force_until is None
)
CLOCKS = st.sampled_from(PLAIN)
LONG = "penalty_decision_90d_samr"


@given(CLOCKS, DAYS, st.integers(0, 200))
def test_a_later_trigger_never_gives_an_earlier_end(clock, day, later):
    first, second = due(clock, trigger=day), due(clock, trigger=min(day + later * DAY, date(2026, 5, 31)))
    if first.due_on and second.due_on:
        assert first.due_on <= second.due_on


@given(CLOCKS, DAYS)
def test_the_end_never_lies_before_the_trigger_nor_on_an_impossible_day(clock, day):
    found = due(clock, trigger=day)
    if found.due_on is None or found.provisional:
        assert found.kind == "calendar_unresolved"
        return
    assert found.due_on >= day
    rolls = found.clock.convention.roll == "forward" or found.clock.unit is Unit.WORKING_DAY
    if rolls:
        assert CALENDAR.is_workday(found.due_on)


@given(CLOCKS, DAYS)
def test_the_same_question_has_the_same_answer_and_derivation(clock, day):
    one, two = due(clock, trigger=day), due(clock, trigger=day)
    assert one == two
    assert one.derivation == two.derivation


@given(CLOCKS, DAYS)
def test_the_fast_way_agrees_with_the_full_one(clock, day):
    found = due(clock, trigger=day)
    expected = None if found.provisional else found.due_on
    assert due_on(clock, day) == expected
    assert due_many(clock, [day, day]) == [expected, expected]


@given(CLOCKS, DAYS, st.integers(0, 23))
def test_the_hour_of_service_does_not_change_a_count_of_days(clock, day, hour):
    at = datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)
    assert (
        due(clock, trigger=at).due_on
        == due(clock, trigger=at.astimezone(UTC)).due_on
        == due(clock, trigger=day).due_on
    )


spans = st.tuples(st.integers(1, 60), st.integers(0, 15)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def suspend(day, pairs):
    return [Suspension(day + first * DAY, day + last * DAY, "鉴定") for first, last in pairs]


@given(DAYS.filter(lambda day: day < date(2025, 12, 1)), st.lists(spans, max_size=4))
def test_suspensions_move_the_end_by_the_days_of_their_union(day, pairs):
    plain = due(LONG, trigger=day).calculation.unrolled
    moved = due(LONG, trigger=day, suspensions=suspend(day, pairs)).calculation.unrolled
    union = {number for first, last in pairs for number in range(first, last)}
    assert moved - plain == len(union) * DAY


@given(DAYS, spans, spans)
def test_the_order_of_suspensions_does_not_matter(day, one, two):
    forth, back = suspend(day, [one, two]), suspend(day, [two, one])
    assert due(LONG, trigger=day, suspensions=forth) == due(LONG, trigger=day, suspensions=back)


@given(DAYS, spans)
def test_a_working_day_clock_loses_only_the_working_days_of_a_suspension(day, span):
    found = due("filing_check_samr", trigger=day, suspensions=suspend(day, [span]))
    if found.due_on is None:
        return
    first, last = day + span[0] * DAY, day + span[1] * DAY
    counted, current = 0, day
    while current < found.due_on:
        current += DAY
        counted += CALENDAR.is_workday(current) and not first <= current < last
    assert counted == 15


@given(DAYS, st.integers(0, 30))
def test_an_extension_adds_to_the_length_before_the_roll(day, more):
    base, longer = due(LONG, trigger=day), due(LONG, trigger=day, extension=more)
    assert longer.calculation.unrolled - base.calculation.unrolled == more * DAY


@given(CLOCKS, DAYS)
def test_one_may_act_from_the_first_working_day_after_a_period_has_elapsed(clock, day):
    found = due(clock, trigger=day)
    assume(found.clock.convention.elapsed == "next_day")
    assume(found.due_on is not None and found.due_on < date(2026, 12, 25))
    first = earliest_act(found)
    assert first > found.due_on
    assert CALENDAR.is_workday(first)
    between = (first - found.due_on).days
    assert not any(CALENDAR.is_workday(found.due_on + n * DAY) for n in range(1, between))


@given(st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 30)))
def test_hours_run_on_whatever_the_day(moment):
    at = moment.replace(tzinfo=SHANGHAI)
    assert due("criminal_transfer_send_24h", trigger=at).due_at - at == timedelta(hours=24)


@given(DAYS.filter(lambda day: day > date(2023, 3, 1)))
def test_a_notice_day_leaves_exactly_the_clear_working_days(event):
    notice = due("hearing_notice_7wd_before", trigger=event).due_on
    assert CALENDAR.count_workdays(notice, event - DAY) == 7
    assert CALENDAR.count_workdays(notice + DAY, event - DAY) == 6
