"""Bad input, each kind by itself: the field is named, the rule told in both languages, nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from law.__main__ import main
from law.book import LawBook
from law.calendar import DayName, YearCalendar
from law.errors import LawError
from law.time_limits import Extension, Suspension, due

START = date(2026, 3, 2)
SAMR = {"clock_id": "penalty_decision_90d_samr", "trigger": START, "profile": "samr"}


def refused(clock_id="hearing_request_5wd", trigger=START, **more):
    with pytest.raises(LawError) as error:
        due(clock_id, trigger=trigger, **more)
    found = error.value
    assert found.message
    assert found.message_en != found.message
    return found


def test_an_unknown_clock():
    found = refused("hearing_request_50wd")
    assert (found.field, found.code) == ("clock", "clock_unknown")
    assert "hearing_request_50wd" in found.message


def test_an_unknown_profile_alone_or_joined():
    for profile in ("liaoning", "samr+liaoning"):
        found = refused(profile=profile)
        assert (found.field, found.code) == ("profile", "profile_unknown")
        assert "liaoning" in found.message


def test_a_date_before_the_law_was_in_force():
    found = refused(trigger=date(2021, 7, 14))
    assert (found.field, found.code) == ("trigger", "not_in_force")
    assert "2021-07-14" in found.message


def test_a_date_that_cannot_be_counted_from():
    assert refused("sue_6m", trigger=date(9999, 12, 1)).code == "date_out_of_range"
    assert refused("limitation_2y", trigger=date(9998, 12, 1)).field == "trigger"


def test_a_date_outside_the_calendar_is_never_taken_for_a_working_day():
    calendar = LawBook.default().calendar
    for ask in (calendar.is_workday, calendar.roll_forward, calendar.next_workday, calendar.name_of):
        for day, year in ((date(2022, 12, 30), "2022"), (date(2027, 1, 4), "2027")):
            with pytest.raises(LawError) as error:
                ask(day)
            assert (error.value.field, error.value.code) == ("calendar", "calendar_unresolved")
            assert year in error.value.message
    found = due("hearing_request_5wd", trigger=date(2026, 12, 30))
    assert (found.kind, found.due_on, found.provisional) == ("calendar_unresolved", None, True)


def test_a_day_of_another_year_in_a_years_calendar():
    with pytest.raises(LawError) as error:
        YearCalendar(year=2027, notice="n", source="s", days={date(2026, 1, 1): DayName("元旦", "New Year")})
    assert (error.value.field, error.value.code) == ("calendar", "calendar_day")


def test_a_suspension_that_ends_before_it_starts():
    with pytest.raises(LawError) as error:
        Suspension(date(2026, 3, 20), date(2026, 3, 19), "鉴定")
    assert (error.value.field, error.value.code) == ("suspensions", "suspension_reversed")
    assert "2026-03-19" in error.value.message


def test_an_extension_without_its_approver():
    found = refused(**SAMR, extension=[Extension(30, "")])
    assert (found.field, found.code) == ("extension", "extension_approver")
    assert "负责人" in found.message


def test_an_extension_by_the_head_where_the_heads_must_decide_together():
    found = refused(**SAMR, extension=[Extension(30, "head"), Extension(30, "head")])
    assert (found.field, found.code) == ("extension", "extension_approver")
    assert "集体讨论" in found.message


def test_an_extension_beyond_its_ladder_or_where_there_is_none():
    assert refused(**SAMR, extension=[Extension(31, "head")]).code == "extension_beyond_ladder"
    assert refused("seizure_30d", extension=31).code == "extension_beyond_ladder"
    found = refused("penalty_decision_90d", extension=30)
    assert (found.field, found.code) == ("extension", "extension_not_granted")
    assert "第六十条" in found.message


def test_a_negative_extension():
    assert refused(**SAMR, extension=-1).field == "extension"


def test_a_naive_datetime():
    found = refused(trigger=datetime(2026, 3, 2, 9))
    assert (found.field, found.code) == ("trigger", "naive_datetime")


def test_hours_from_a_bare_day():
    assert refused("seizure_urgent_approval_24h").code == "instant_needed"


def test_a_ground_that_the_rule_does_not_grant_is_no_error_but_has_no_effect_and_is_said_to_have_none():
    break_ = Suspension(date(2026, 3, 20), date(2026, 4, 20), "鉴定")
    found = due("penalty_decision_90d", trigger=START, suspensions=[break_])
    assert found.due_on == due("penalty_decision_90d", trigger=START).due_on
    assert any("不影响本期限" in sentence for sentence in found.derivation.sentences("zh"))
    assert any("no effect" in sentence for sentence in found.derivation.sentences("en"))


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["hearing_request_50wd", "--trigger", "2026-03-02"], "clock"),
        (["sue_6m", "--trigger", "2026-03-02", "--profile", "liaoning"], "profile"),
        (["hearing_request_5wd", "--trigger", "2021-07-14"], "trigger"),
        (["sue_6m", "--trigger", "2026-03-02T09:00:00"], "trigger"),
        (["sue_6m", "--trigger", "2026-02-30"], "trigger"),
        (["sue_6m", "--trigger", "2026-03-02", "--suspend", "2026-03-20/2026-03-19"], "suspensions"),
        (["sue_6m", "--trigger", "2026-03-02", "--suspend", "2026-03-20"], "suspend"),
        (["seizure_30d", "--trigger", "2026-03-02", "--extend", "31"], "extension"),
        (["seizure_30d", "--trigger", "2026-03-02", "--extend", "-1"], "extension"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_command_names_the_field_and_ends_with_two(arguments, field, form, capsys):
    assert main(["due", *arguments, *form]) == 2
    output = capsys.readouterr()
    assert output.err.startswith(f"{field}: ")
    assert output.out == ""
