"""Due dates: bad input is refused by field, suspensions and extensions by their rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from law.book import ClockOverride, LawBook
from law.calendar import year_calendar
from law.errors import LawError
from law.fast import due_on
from law.profiles import Profile
from law.time_limits import (
    SHANGHAI,
    Extension,
    Suspension,
    due,
    earliest_act,
    kind_to_clock,
    latest_notice_date,
)

SAMR_90 = "penalty_decision_90d_samr"
START = date(2026, 3, 2)


def refused(**arguments):
    with pytest.raises(LawError) as error:
        due(arguments.pop("clock", SAMR_90), **{"trigger": START, **arguments})
    return error.value.field, error.value.code


def test_bad_input_names_the_field():
    assert refused(clock="no_such_clock") == ("clock", "clock_unknown")
    assert refused(profile="moon") == ("profile", "profile_unknown")
    assert refused(trigger=datetime(2026, 3, 2, 9)) == ("trigger", "naive_datetime")
    assert refused(trigger="2026-03-02") == ("trigger", "not_a_date")
    assert refused(clock="hearing_request_5wd", trigger=date(2019, 1, 1)) == ("trigger", "not_in_force")
    assert refused(clock="complaint_accept_7wd_samr", trigger=date(2026, 5, 6)) == ("trigger", "not_in_force")
    assert refused(clock="seizure_urgent_approval_24h") == ("trigger", "instant_needed")
    assert refused(clock="surcharge_3pct_daily") == ("clock", "not_a_deadline")
    assert refused(clock="delegation_term") == ("agreed_until", "term_needed")
    assert refused(clock="sue_6m", trigger=date(9999, 12, 1)) == ("trigger", "date_out_of_range")
    assert refused(clock="seizure_30d", trigger=date(9999, 12, 31)) == ("trigger", "date_out_of_range")


def test_extensions_climb_the_ladder_or_are_refused():
    assert refused(extension=-1) == ("extension", "extension_negative")
    assert refused(clock="penalty_decision_90d", extension=30) == ("extension", "extension_not_granted")
    assert refused(clock="seizure_30d", extension=31) == ("extension", "extension_beyond_ladder")
    first = Extension(30, "head", date(2026, 5, 20), "负责人甲")
    further = Extension(45, "collective_discussion", date(2026, 6, 20))
    assert due(SAMR_90, trigger=START, extension=[first, further]).due_on == date(2026, 8, 14)
    assert refused(extension=[Extension(31, "head")]) == ("extension", "extension_beyond_ladder")
    assert refused(extension=[Extension(30, "collective_discussion")]) == ("extension", "extension_approver")
    assert refused(extension=[first, Extension(30, "head")]) == ("extension", "extension_approver")
    assert refused(extension=[first, further, further]) == ("extension", "extension_beyond_ladder")
    assert refused(extension=[Extension(0, "head")]) == ("extension", "extension_negative")


def test_an_instant_is_counted_on_its_local_date():
    late_in_utc = datetime(2026, 3, 1, 17, tzinfo=UTC)  # already 2 March in Shanghai
    assert due("fine_payment_15d", trigger=late_in_utc).due_on == date(2026, 3, 17)


def test_a_ground_that_is_not_granted_has_no_effect_and_the_derivation_says_so():
    plain = due("penalty_decision_90d", trigger=START)
    tested = due(
        "penalty_decision_90d", trigger=START, suspensions=[Suspension(START, date(2026, 4, 1), "鉴定")]
    )
    assert tested.due_on == plain.due_on
    assert any("没有可以扣除的事由" in sentence for sentence in tested.derivation.sentences("zh"))
    trip = Suspension(date(2026, 3, 9), date(2026, 3, 12), "出差")
    assert due(SAMR_90, trigger=START, suspensions=[trip]).due_on == due(SAMR_90, trigger=START).due_on


def test_testing_time_of_a_seizure_counts_out_only_when_the_party_was_told():
    days = {"start": date(2026, 3, 9), "end": date(2026, 3, 19), "ground": "检测"}
    told = due("seizure_30d", trigger=START, suspensions=[Suspension(**days, notified=True)])
    untold = due("seizure_30d", trigger=START, suspensions=[Suspension(**days, notified=False)])
    assert told.due_on == date(2026, 4, 11)
    assert untold.due_on == date(2026, 4, 1)
    assert any("未书面告知" in sentence for sentence in untold.derivation.sentences())


def test_an_open_suspension_has_no_due_date_and_tells_used_and_left():
    found = due(SAMR_90, trigger=START, suspensions=[Suspension(date(2026, 3, 20), None, "中止")])
    assert (found.kind, found.due_on, found.consumed, found.remaining) == ("suspended", None, 17, 73)
    days = due("filing_check_samr", trigger=START, suspensions=[Suspension(date(2026, 3, 9), None, "鉴定")])
    assert (days.kind, days.consumed, days.remaining) == ("suspended", 4, 11)
    months = due("sue_6m", trigger=START, suspensions=[Suspension(date(2026, 3, 12), None, "不可抗力")])
    assert (months.consumed, months.remaining) == (9, 175)


def test_an_open_suspension_counts_even_where_the_calendar_ends():
    found = due(
        "filing_check_samr",
        trigger=date(2026, 12, 21),
        suspensions=[Suspension(date(2026, 12, 24), None, "鉴定")],
    )
    assert found.kind == "suspended"


def test_a_year_without_calendar_gives_a_provisional_result():
    working = due("decision_service_7wd", trigger=date(2026, 12, 28))
    assert (working.due_on, working.provisional, working.kind) == (None, True, "calendar_unresolved")
    natural = due("review_apply_60d", trigger=date(2026, 11, 10))
    assert (natural.due_on, natural.provisional) == (date(2027, 1, 9), True)
    unrolled = due("penalty_decision_90d", trigger=date(2026, 11, 10))
    assert (unrolled.due_on, unrolled.provisional) == (date(2027, 2, 8), False)
    backward = due("hearing_notice_7wd_before", trigger=date(2027, 3, 1))
    assert backward.provisional


def test_importing_the_new_year_settles_a_provisional_date():
    year = year_calendar(2027, notice="n", source="s", off={date(2027, 1, 1): ("元旦", "New Year")}, work={})
    book = LawBook.default().with_overrides(years=[year])
    found = due("review_apply_60d", trigger=date(2026, 11, 10), book=book)
    assert (found.due_on, found.provisional) == (date(2027, 1, 11), False)


def test_the_law_of_the_trigger_day_applies():
    assert due("service_announcement_30d", trigger=date(2021, 12, 31)).length == 60
    assert due("service_announcement_30d", trigger=date(2023, 3, 1)).length == 30


def test_a_limitation_is_measured_by_the_law_of_its_last_day():
    assert due("limitation_5y", trigger=date(2020, 2, 29)).due_on == date(2025, 2, 28)
    with pytest.raises(LawError):
        due("limitation_5y", trigger=date(2010, 1, 1))


def test_one_may_act_only_after_the_period_has_fully_elapsed():
    found = due("hearing_request_5wd", trigger=START)
    assert found.due_on == date(2026, 3, 9)
    assert earliest_act(found) == date(2026, 3, 10)
    with pytest.raises(LawError):
        earliest_act(due("decision_service_7wd", trigger=date(2026, 12, 28)))


def test_the_last_day_ends_at_midnight_for_a_party_and_with_office_hours_for_an_agency():
    party = due("fine_payment_15d", trigger=START)
    assert party.expires_at() == datetime(2026, 3, 18, tzinfo=SHANGHAI)
    agency = due("decision_service_7wd", trigger=START)
    assert agency.expires_at(business_close=time(17)) == datetime(2026, 3, 11, 17, tzinfo=SHANGHAI)
    hours = due("criminal_transfer_send_24h", trigger=datetime(2026, 12, 31, 15, tzinfo=SHANGHAI))
    assert hours.expires_at() == hours.due_at == datetime(2027, 1, 1, 15, tzinfo=SHANGHAI)


def test_a_notice_before_a_hearing_leaves_seven_clear_working_days():
    assert latest_notice_date("hearing_notice_7wd_before", event=date(2026, 3, 13)).due_on == date(2026, 3, 3)
    with pytest.raises(LawError):
        latest_notice_date("hearing_request_5wd", event=START)


def test_demolition_waits_for_the_later_of_both_remedies():
    found = due("illegal_building_wait", trigger=START)
    assert found.due_on == date(2026, 9, 2)
    assert len([step for step in found.derivation.steps if step.kind == "part"]) == 2
    assert due("illegal_building_wait", trigger=date(2026, 7, 6)).provisional


def test_a_term_ends_when_the_agreement_says():
    assert due("delegation_term", trigger=START, agreed_until=date(2027, 3, 1)).due_on == date(2027, 3, 1)
    assert refused(clock="delegation_term", agreed_until=date(2026, 3, 1)) == (
        "agreed_until",
        "term_reversed",
    )


@pytest.mark.parametrize(
    ("kind", "profile", "clock"),
    [
        ("filing_check", "national", "filing_check_default"),
        ("filing_check", "samr", "filing_check_samr"),
        ("case_decision", "mohurd", "penalty_decision_90d_mohurd"),
        ("hearing_request", "samr", "hearing_request_5wd"),
        ("limitation", "mohurd", "limitation_2y"),
        ("transfer_case", "shanghai", "transfer_lead_3wd_shanghai"),
    ],
)
def test_the_most_specific_profile_names_the_clock(kind, profile, clock):
    assert kind_to_clock(kind, profile) == clock


def test_every_kind_of_every_profile_points_to_a_clock():
    book = LawBook.default()
    for profile in book.profiles.values():
        for clock in profile.kinds.values():
            assert book.versions(clock)
    with pytest.raises(LawError) as error:
        kind_to_clock("lunch", "national")
    assert error.value.field == "kind"


def test_a_county_sets_a_default_and_may_name_its_own_clocks():
    county = Profile(
        "331199", "青禾县", "Qinghe", parent="zhejiang", kinds={"filing_check": "filing_check_samr"}
    )
    shorter = ClockOverride("filing_check_default", {"length": 7}, profile="331199", approved_by="法制机构")
    book = LawBook.default().with_overrides(clocks=[shorter], profiles=[county])
    assert kind_to_clock("filing_check", "331199", book=book) == "filing_check_samr"
    assert due("filing_check_default", trigger=START, book=book, profile="331199").due_on == date(2026, 3, 11)
    assert due("filing_check_default", trigger=START, book=book).due_on == date(2026, 3, 23)
    waiting = {clock.id for clock in book.awaiting_confirmation(profile="331199")}
    assert "filing_check_default" not in waiting
    assert "filing_check_default" in {clock.id for clock in book.awaiting_confirmation()}


def test_a_setting_approved_later_leaves_clocks_that_started_before():
    later = ClockOverride("filing_check_default", {"length": 7}, valid_from=date(2026, 3, 3))
    book = LawBook.default().with_overrides(clocks=[later])
    for day, length in ((START, 15), (date(2026, 3, 3), 7)):
        assert due("filing_check_default", trigger=day, book=book).length == length
        assert (
            due_on("filing_check_default", day, book=book)
            == due("filing_check_default", trigger=day, book=book).due_on
        )


@pytest.mark.parametrize(
    "override",
    [
        ClockOverride("no_such_clock", {"length": 7}),
        ClockOverride("seizure_30d", {"roll": "sideways"}),
        ClockOverride("seizure_30d", {"unit": "fortnight"}),
        ClockOverride("seizure_30d", {"length": -1}),
        ClockOverride("seizure_30d", {"colour": "red"}),
        ClockOverride("seizure_30d", {"length": 7}, profile="moon"),
    ],
)
def test_an_invalid_override_is_refused(override):
    with pytest.raises(LawError) as error:
        LawBook.default().with_overrides(clocks=[override])
    assert error.value.field
