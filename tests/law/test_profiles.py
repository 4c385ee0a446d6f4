"""F086: sets of rules by sector and place can be switched; worked dates for each that has a source."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from law.book import ClockOverride, LawBook
from law.errors import LawError
from law.profiles import joined, of_place, packaged_profiles
from law.time_limits import due

GOLDEN = Path(__file__).parent.parent / "data" / "golden_profiles.csv"
BOOK = LawBook.default()
PROFILES = packaged_profiles()


def rows():
    with GOLDEN.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['kind']}-{row['profile']}")
def test_the_worked_dates_of_each_set_of_rules_are_met(row):
    clock_id = BOOK.clock_for(row["kind"], row["profile"])
    assert clock_id == row["clock_id"]
    found = due(clock_id, trigger=date.fromisoformat(row["trigger"]), profile=row["profile"])
    assert found.due_on == date.fromisoformat(row["expected_due"])


def test_every_set_of_rules_has_a_worked_date_except_the_police_which_no_county_follows():
    named = {part for row in rows() for part in row["profile"].split("+")}
    assert named == set(PROFILES) - {"police"}


def test_the_most_specific_rule_answers_and_national_law_comes_last():
    def chain(profile):
        return [item.id for item in BOOK.chain(profile)]

    assert chain("samr+zhejiang") == chain("zhejiang+samr") == ["samr", "zhejiang", "national"]
    assert chain("mohurd+shanghai") == ["shanghai", "mohurd", "national"]
    assert chain("national") == ["national"]
    assert BOOK.named_by("jurisdiction_negotiation", "mohurd+zhejiang").id == "mohurd"
    assert BOOK.named_by("nothing", "mohurd+zhejiang") is None


def test_a_rule_of_a_place_for_one_sector_is_left_out_in_the_others():
    shanghai, zhejiang = PROFILES["shanghai"], PROFILES["zhejiang"]
    assert joined("mohurd", shanghai) == "mohurd+shanghai"
    assert joined("samr", shanghai) == "samr"
    assert joined("national", shanghai) == "national"
    assert joined("samr", zhejiang) == "samr+zhejiang"
    assert joined("national", zhejiang) == "zhejiang"
    assert joined("samr", None) == "samr"


@pytest.mark.parametrize(
    ("place", "choosable"),
    [
        ("331199", ["zhejiang"]),
        ("310115", ["shanghai"]),
        ("410581", ["anyang"]),
        ("140881", ["shanxi"]),
        ("210181", []),
        ("", []),
    ],
)
def test_a_county_may_choose_the_rules_of_its_own_area_only(place, choosable):
    assert [item.id for item in of_place(place, PROFILES.values())] == choosable


def test_a_joined_profile_has_a_name_and_an_unknown_part_is_refused():
    both = BOOK.profile("samr+zhejiang")
    assert both.name_zh == "市场监管＋浙江省综合行政执法"
    assert both.name_en == "Market regulation + Zhejiang comprehensive enforcement"
    for profile in ("samr+moon", "+", "samr+"):
        with pytest.raises(LawError) as error:
            due("sue_6m", trigger=date(2026, 3, 2), profile=profile)
        assert (error.value.field, error.value.code) == ("profile", "profile_unknown")


def test_a_countys_own_setting_stands_above_every_rule_of_its_profile():
    own = ClockOverride("dispute_coordination_zhejiang", {"length": 3}, profile="zhejiang")
    book = BOOK.with_overrides(clocks=[own])
    day = date(2026, 9, 18)
    assert due("dispute_coordination_zhejiang", trigger=day, profile="zhejiang", book=book).due_on == date(
        2026, 9, 22
    )
    assert due("dispute_coordination_zhejiang", trigger=day, book=book).due_on == date(2026, 10, 9)


def test_a_figure_entered_after_the_law_of_a_row_had_ended_holds_from_its_day_on():
    day = date(2026, 4, 15)
    new = ClockOverride("complaint_accept_7wd_samr", {"length": 6}, approved_by="x", valid_from=day)
    book = BOOK.with_overrides(clocks=[new])
    ask = {"clock_id": "complaint_accept_7wd_samr", "profile": "samr"}
    with pytest.raises(LawError) as error:
        due(trigger=date(2026, 5, 11), **ask)
    assert error.value.code == "not_in_force"
    assert due(trigger=date(2026, 5, 11), book=book, **ask).due_on == date(2026, 5, 19)
    assert due(trigger=date(2026, 4, 1), book=book, **ask).due_on == date(2026, 4, 13)


def test_a_reading_of_how_to_count_does_not_confirm_a_default_length():
    reading = ClockOverride("legal_review_national", {"day_end": "midnight"}, approved_by="x")
    length = ClockOverride("legal_review_national", {"length": 4}, approved_by="x")
    awaited = {clock.id for clock in BOOK.with_overrides(clocks=[reading]).awaiting_confirmation()}
    assert "legal_review_national" in awaited
    awaited = {clock.id for clock in BOOK.with_overrides(clocks=[length]).awaiting_confirmation()}
    assert "legal_review_national" not in awaited
