"""The remedy paragraph: which organ, which court, how long, and reconsideration first where due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from law.errors import LawError
from law.remedies import remedy_for, remedy_obstacles

FACTS = {
    "mode": "own",
    "procedure": "ordinary",
    "named": "青禾县综合行政执法局",
    "government": "青禾县人民政府",
    "court": "青禾县人民法院",
    "on": date(2026, 3, 2),
}


def codes(stated, expected, **arguments):
    return [refusal.code for refusal in remedy_obstacles(stated, expected, **arguments)]


def test_an_ordinary_penalty_offers_both_remedies():
    found = remedy_for(**FACTS)
    assert (found.mode, found.review_days, found.sue_months) == ("choice", 60, 6)
    assert found.respondent == "青禾县综合行政执法局"
    assert "第四十六条第一款" in found.article


def test_a_penalty_on_the_spot_asks_for_reconsideration_first():
    found = remedy_for(**{**FACTS, "procedure": "summary"})
    assert (found.mode, found.sue_days_after_review) == ("reconsideration_first", 15)
    assert "第二十三条第一款第（一）项" in found.article
    assert codes(remedy_for(**FACTS), found) == ["summary_review_first_notice"]


def test_a_wrong_organ_or_period_is_found():
    right = remedy_for(**FACTS)
    assert codes(right, right) == []
    wrong = replace(right, review_organ="省住房和城乡建设厅", review_days=30)
    assert codes(wrong, right) == ["remedy_notice_correct", "remedy_notice_correct"]
    assert codes(right, right, served_online=True) == ["online_service_online_review"]
    assert codes(replace(right, online="xzfy.example"), right, served_online=True) == []


@pytest.mark.parametrize("change", [{"mode": "whim"}, {"procedure": "fast"}, {"court": " "}])
def test_a_remedy_without_its_facts_is_refused(change):
    with pytest.raises(LawError) as error:
        remedy_for(**{**FACTS, **change})
    assert error.value.field in change
