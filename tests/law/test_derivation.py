"""The derivation reproduces its date, can be stored, and tells itself in Chinese and English."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from law.derivation import Derivation
from law.errors import LawError
from law.time_limits import SHANGHAI, Extension, Suspension, due

SPRING = datetime(2026, 2, 12, 15, tzinfo=SHANGHAI)


def test_spring_festival_with_its_make_up_saturday_is_told_day_by_day_in_chinese():
    assert due("hearing_request_5wd", trigger=SPRING).derivation.sentences("zh") == [
        "2026年2月12日（星期四）告知书送达当事人，当日不计入，自次日起算（民法典第二百零一条第一款）。",
        "第1日：2026年2月13日（星期五）。",
        "第2日：2026年2月14日（星期六，春节调休上班）。",
        "2026年2月15日至23日春节放假，9日不计。",
        "第3日至第5日：2026年2月24日至26日，共3日。",
        "期限届满：2026年2月26日（星期四）24时。",
        "依据：5个工作日，《中华人民共和国行政处罚法》第六十四条第（一）项、第八十五条："
        "“当事人要求听证的，应当在行政机关告知后五日内提出”（不可抗力参照民事诉讼法第八十六条）。",
    ]


def test_the_same_in_english():
    assert due("hearing_request_5wd", trigger=SPRING).derivation.sentences("en") == [
        "Thu 12 Feb 2026: the notice was served on the party; this day is not counted (Civil Code art. 201).",
        "Day 1: Fri 13 Feb 2026.",
        "Day 2: Sat 14 Feb 2026 (make-up working day for Spring Festival).",
        "Sun 15 Feb to Mon 23 Feb 2026: Spring Festival, not counted (9 days).",
        "Days 3 to 5: Tue 24 Feb to Thu 26 Feb 2026.",
        "The period ends on Thu 26 Feb 2026 at 24:00.",
        "Basis: 5 working days: Administrative Penalty Law, art. 64 item (1); art. 85.",
    ]


def test_the_strip_shows_each_day_with_its_number():
    strip = due("hearing_request_5wd", trigger=SPRING).derivation.day_strip()
    assert [day.day for day in strip] == [f"2026-02-{number}" for number in range(12, 27)]
    assert [(day.role, day.number) for day in strip if day.role != "skipped"] == [
        ("start", None),
        ("counted", 1),
        ("counted", 2),
        ("counted", 3),
        ("counted", 4),
        ("due", 5),
    ]
    assert {day.name_zh for day in strip if day.role == "skipped"} == {"春节"}


def test_a_roll_a_suspension_and_an_extension_are_told():
    found = due(
        "penalty_decision_90d_samr",
        trigger=date(2026, 3, 2),
        suspensions=[Suspension(date(2026, 3, 20), date(2026, 3, 30), "鉴定")],
        extension=[Extension(31 - 1, "head", date(2026, 5, 20), "李某")],
    )
    told = "".join(found.derivation.sentences("zh"))
    assert "2026年5月20日经行政机关负责人（李某）批准，延长30日" in told
    assert "2026年3月20日至29日因检测、检验、检疫、鉴定中止计算，扣除10日" in told
    assert "第18日至第120日" in told
    rolled = due("review_apply_60d", trigger=date(2026, 8, 3)).derivation
    assert "顺延至2026年10月8日（星期四）" in "".join(rolled.sentences("zh"))
    assert [day.role for day in rolled.day_strip()][-7:] == ["rolled"] * 6 + ["due"]


def test_the_parts_of_a_wait_tell_their_breaks_and_what_moves_none_of_them():
    told = due(
        "illegal_building_wait",
        trigger=date(2026, 3, 31),
        suspensions=[
            Suspension(date(2026, 4, 1), date(2026, 4, 5), "正当理由"),
            Suspension(date(2026, 5, 1), date(2026, 5, 5), "检测"),
            Suspension(date(2026, 3, 1), date(2026, 3, 5), "不可抗力"),
        ],
    ).derivation.sentences("zh")
    assert told[1].endswith("2026年6月3日（星期三）。")
    assert told[2] == "2026年4月1日至4日因其他正当理由中止计算，扣除4日。"
    assert told[3].endswith("2026年9月30日（星期三）。")
    assert "2026年5月1日至2026年5月5日的中止（检测）不影响本期限：该事由不在本规则允许扣除的范围内。" in told
    assert "2026年3月1日至2026年3月5日的中止（不可抗力）不影响本期限：起算前已经恢复。" in told


def test_a_period_that_does_not_roll_says_so():
    told = due("seizure_30d", trigger=date(2026, 5, 1)).derivation.sentences("zh")
    assert "末日2026年5月31日（星期日）为周末休息日，本期限不顺延。" in told


def test_a_month_without_the_day_is_explained():
    told = due("sue_6m", trigger=date(2025, 8, 31)).derivation.sentences("zh")
    assert any("当月没有对应日，以月末日为期限届满日" in sentence for sentence in told)


def test_a_provisional_result_counts_as_far_as_it_knows():
    found = due("decision_service_7wd", trigger=date(2026, 12, 28)).derivation
    assert "第1日至第3日：2026年12月29日至31日，共3日。" in found.sentences("zh")
    assert "2027年节假日安排尚未公布或导入，结果为暂定，不作推定。" in found.sentences("zh")


CASES = [
    ("hearing_request_5wd", {"trigger": SPRING}),
    ("hearing_notice_7wd_before", {"trigger": date(2026, 10, 14)}),
    ("seizure_urgent_approval_24h", {"trigger": SPRING}),
    ("illegal_building_wait", {"trigger": date(2026, 3, 2)}),
    ("sue_6m", {"trigger": date(2026, 4, 1)}),
    ("decision_service_7wd", {"trigger": date(2026, 12, 28)}),
    ("delegation_term", {"trigger": date(2026, 1, 1), "agreed_until": date(2026, 12, 31)}),
    (
        "penalty_decision_90d_samr",
        {"trigger": date(2026, 3, 2), "suspensions": [Suspension(date(2026, 3, 20), None, "中止")]},
    ),
    (
        "filing_check_samr",
        {"trigger": date(2026, 3, 2), "suspensions": [Suspension(date(2026, 3, 5), date(2026, 3, 7))]},
    ),
]


@pytest.mark.parametrize(("clock", "arguments"), CASES, ids=[clock for clock, _ in CASES])
def test_a_derivation_is_stored_and_told_again_alike(clock, arguments):
    derivation = due(clock, **arguments).derivation
    stored = json.loads(json.dumps(derivation.as_dict(), ensure_ascii=False))
    again = Derivation.from_dict(stored)
    for language in ("zh", "en"):
        sentences = derivation.sentences(language)
        assert len(sentences) >= 3
        assert again.sentences(language) == sentences
        assert all(sentence.endswith(("。", ".")) for sentence in sentences)
    assert again.day_strip() == derivation.day_strip()


def test_the_counted_days_reproduce_the_length():
    for trigger in (date(2026, 2, 12), date(2025, 9, 26), date(2024, 4, 3), date(2026, 9, 18)):
        found = due("demand_10wd", trigger=trigger)
        numbers = [day.number for day in found.derivation.day_strip() if day.role in ("counted", "due")]
        assert numbers == list(range(1, 11))
        assert found.derivation.day_strip()[-1].day == found.due_on.isoformat()


def test_an_unknown_language_is_refused():
    with pytest.raises(LawError):
        due("sue_6m", trigger=date(2026, 3, 2)).derivation.sentences("fr")
