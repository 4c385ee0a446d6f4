"""Fines within statute and grade, hearings, major decisions, summary limits."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from law.book import LawBook
from law.discretion import Range, check_sanction
from law.errors import LawError
from law.parameters import awaiting_confirmation, parameter
from law.procedure import (
    age_on,
    execution_obstacles,
    minor_obstacles,
    onsite_collection_obstacles,
    summary_obstacles,
)
from law.sanctions import PenaltyKind, read_kind
from law.thresholds import hearing_eligible, hearing_threshold
from law.time_limits import SHANGHAI
from law.values import Value

ON = date(2026, 3, 2)
STATUTE = Range(Decimal(1000), Decimal(10000))
BAND = Range(Decimal(1000), Decimal(3000))


def codes(fine, **changes):
    arguments = {
        "statutory": STATUTE,
        "band": BAND,
        "mitigation_basis": "",
        "deviation_reasons": "",
        **changes,
    }
    return [refusal.code for refusal in check_sanction(fine=Decimal(fine), **arguments)]


def test_both_ends_of_a_range_belong_to_it():
    assert codes(1000) == codes(3000) == []
    assert codes(10000, band=None) == []


def test_a_fixed_sum_is_told_as_one_sum():
    fixed = Range(Decimal(30000), Decimal(30000))
    assert (fixed.zh, fixed.en) == ("30000元", "30000 yuan")
    assert (BAND.zh, BAND.en) == ("1000元以上3000元以下", "1000 to 3000 yuan")


def test_a_fine_outside_the_statute_is_refused_and_only_mitigation_goes_below():
    assert codes(10001, band=None) == ["fine_within_statute"]
    assert codes(10001, band=None, mitigation_basis="第三十二条") == ["fine_within_statute"]
    assert codes(999, band=None) == ["fine_within_statute"]
    assert codes(999, band=None, mitigation_basis="第三十二条") == []
    assert codes(500, band=None, statutory=Range(None, Decimal(10000))) == []


def test_a_fine_outside_the_grade_needs_reasons():
    assert codes(3001) == ["discretion_band"]
    assert codes(3001, deviation_reasons="  ") == ["discretion_band"]
    assert codes(3001, deviation_reasons="主动消除危害后果") == []
    assert codes(20000) == ["fine_within_statute", "discretion_band"]


def test_an_impossible_range_or_fine_is_bad_input():
    for build in (lambda: Range(Decimal(2), Decimal(1)), lambda: Range(Decimal(-1)), lambda: codes(-1)):
        with pytest.raises(LawError):
            build()


def hearing(fine, **changes):
    arguments = {"party_type": "citizen", "penalty_kinds": ["fine"], "on": ON, "place": "410122", **changes}
    return hearing_eligible(fine=Decimal(fine) if fine is not None else None, **arguments)


def test_the_hearing_amount_depends_on_place_party_and_sector():
    """F105: the amounts of each kind of party, by place and sector."""
    assert not hearing("4999.99").eligible
    assert hearing(5000).eligible
    assert not hearing(49999, party_type="organisation").eligible
    assert hearing(5000, party_type="sole_trader").eligible
    assert not hearing(9999, sector="samr").eligible  # the ministry's figure prevails over the province's
    assert hearing(10000, sector="samr").threshold == 10000
    assert hearing(3000, place="360100").eligible


def test_no_amount_is_guessed_where_none_is_known():
    with pytest.raises(LawError) as error:
        hearing(5000, place="331199")
    assert error.value.code == "threshold_unknown"
    assert hearing(None, place="331199").eligible is False
    with pytest.raises(LawError):
        hearing(5000, on=date(2021, 11, 30))


def test_a_county_enters_its_own_amount_with_approval():
    own = [
        Value(
            key="hearing.fine",
            value=Decimal(amount),
            unit="yuan",
            valid_from=date(2026, 1, 1),
            keys={"place": "331199", "party_type": party},
            article_note="青禾县较大数额罚款标准",
            approved_by="法制机构",
        )
        for party, amount in (("citizen", 5000), ("organisation", 50000))
    ]
    book = LawBook.default().with_overrides(values=own)
    assert hearing(5000, place="331199", book=book).eligible
    assert hearing(5000, place="331199101", book=book).eligible
    assert not hearing(4999, place="331199", book=book).eligible
    with pytest.raises(LawError):
        hearing(5000, place="331102", book=book)


def test_severe_kinds_call_for_a_hearing_whatever_the_amount():
    """F105"""
    found = hearing(10, penalty_kinds=["fine", "吊销许可证件"], place="331199")
    assert found.eligible
    assert found.reasons == ("拟给予吊销许可证件",)
    assert hearing(None, penalty_kinds=["suspend_licence"]).eligible
    assert not hearing(None, penalty_kinds=["警告"]).eligible
    assert hearing(None, penalty_kinds=["confiscate_gains"], confiscation=Decimal(5000)).eligible
    with pytest.raises(LawError):
        hearing(None, penalty_kinds=["flogging"])
    with pytest.raises(LawError):
        hearing(10, party_type="ghost")


def summary(fine, **changes):
    arguments = {"party_type": "citizen", "penalty_kinds": ["fine"], "on": ON, **changes}
    return [r.code for r in summary_obstacles(fine=Decimal(fine), **arguments)]


def test_the_summary_procedure_has_its_limits():
    assert summary(200) == []
    assert summary(201) == ["summary_eligibility"]
    assert summary(3000, party_type="organisation") == []
    assert summary(3001, party_type="organisation") == ["summary_eligibility"]
    assert summary(201, party_type="sole_trader") == ["summary_eligibility"]
    assert summary(100, penalty_kinds=["fine", "没收违法所得"]) == ["summary_other_penalties_barred"]
    assert summary(100, facts_clear=False) == ["summary_eligibility"]
    assert summary(100, has_basis=False) == ["summary_eligibility"]
    with pytest.raises(LawError):
        summary(100, on=date(2021, 7, 14))


def test_money_is_taken_on_the_spot_only_in_the_named_cases():
    def refused(fine, **changes):
        return bool(
            list(onsite_collection_obstacles(fine=Decimal(fine), on=ON, **{"summary": True, **changes}))
        )

    assert not refused(100)
    assert refused(101)
    assert not refused(200, hard_to_collect_later=True)
    assert refused(100, summary=False)
    assert not refused(5000, summary=False, remote_and_asked=True)


def test_nothing_is_enforced_at_night_or_on_a_day_off():
    calendar = LawBook.default().calendar

    def refused(*moment, **changes):
        at = datetime(*moment, tzinfo=SHANGHAI)
        return [r.code for r in execution_obstacles(at, calendar=calendar, **changes)]

    assert refused(2026, 3, 2, 10) == []
    assert refused(2026, 2, 14, 10) == []  # make-up Saturday
    assert refused(2026, 3, 2, 22) == refused(2026, 3, 2, 5, 59) == ["no_night_holiday_execution"]
    assert refused(2026, 2, 17, 10) == ["no_night_holiday_execution"]
    assert refused(2026, 2, 17, 23, urgent=True) == []


def test_a_minors_age_is_that_on_the_day_of_the_act():
    born = date(2012, 3, 2)
    assert age_on(born, date(2026, 3, 1)) == 13
    assert age_on(born, date(2026, 3, 2)) == 14

    def refused(day, *, mitigated=False):
        return [r.code for r in minor_obstacles(born=born, acted_on=day, mitigated=mitigated)]

    assert refused(date(2026, 3, 1)) == ["minor_under_14"]
    assert refused(date(2026, 3, 2)) == ["minor_14_18_mitigate"]
    assert refused(date(2026, 3, 2), mitigated=True) == []
    assert refused(date(2030, 3, 2)) == []


def test_a_parameter_outside_its_time_is_an_error_not_the_newest_value():
    assert parameter("surcharge.daily_rate", on=ON).value == Decimal("0.03")
    for key, day in (("surcharge.daily_rate", date(2020, 1, 1)), ("no.such.key", ON)):
        with pytest.raises(LawError) as error:
            parameter(key, on=day)
        assert error.value.field == key
    found = hearing_threshold(on=ON, party_type="citizen", sector="samr")
    assert (found.unit, found.valid_from, bool(found.article), bool(found.source)) == (
        "yuan",
        date(2021, 7, 15),
        True,
        True,
    )


def test_what_a_county_has_still_to_confirm_is_listed():
    assert "party.sole_trader_counts_as" in {row.key for row in awaiting_confirmation()}


def test_kinds_are_read_by_identifier_or_chinese_name():
    assert read_kind("罚款") is read_kind("fine") is PenaltyKind.FINE
