"""The search box finds a case by what people know of it: name, number, address, plate, a part of a word."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.dossier.models import PLATE_DOT, Case
from cases.intake.services import register_lead
from cases.overview import words as wording
from cases.overview.selectors import search
from tests.factories.townships import BodyFactory, CountyFactory, OfficerFactory
from townships.roles import Role


@pytest.fixture
def case(county) -> Case:
    return register_lead(
        actor=county.clerk,
        at=timezone.now(),
        source="camera",
        summary="渣土车浙K·A1234沿路滴漏，驾驶人称受雇运土。",
        township=county.township,
        address="人民路128号",
        party_name="丁一鸣",
    )


def found(officer, words: str) -> list[int]:
    cases, ways = search(officer, on=timezone.localdate(), values={"q": words})
    assert not ways
    return [one.pk for one in cases]


@pytest.mark.parametrize(
    "words",
    [
        "丁一鸣",
        "丁一",
        "一鸣",
        "鸣",
        "人民路128",
        "128",
        "浙K·A1234",
        "浙KA1234",
        "浙ka1234",
        "A1234",
        "渣土",
        "丁一 128",
        "丁",
        "丁 渣",
    ],
)
def test_a_case_is_found_by_name_address_plate_and_parts_of_them(county, case, words):
    assert found(county.clerk, words) == [case.pk]


@pytest.mark.parametrize("words", ["丁鸣", "人民路129", "浙KA1235", "丁一 129", "丙", "%"])
def test_what_a_case_does_not_hold_does_not_find_it(county, case, words):
    assert found(county.clerk, words) == []


def test_a_case_is_found_by_its_number_whole_or_in_part(county, case):
    assert found(county.clerk, case.lead_number) == [case.pk]
    assert found(county.clerk, case.lead_number[-4:]) == [case.pk]


def test_a_filed_case_is_still_found_by_what_was_told_at_first(until):
    door = until("conclude")
    filed = Case.objects.get(pk=door.case_id)
    assert filed.number
    assert found(door.county.first, filed.summary[:6]) == [filed.pk]


# Few, so that words repeat; one beyond the basic plane, full-width ones, and what LIKE takes for a wildcard.
LETTERS = "丁一浙K·12Ａ号𠮷a%_\\"
told = st.text(LETTERS, min_size=1, max_size=8)
ELSEWHERE = 330199


class WordsFindWhatHoldsThem(TestCase):
    def setUp(self):
        CountyFactory()
        self.township = BodyFactory()
        self.supervisor = OfficerFactory(body=self.township, roles=[Role.SUPERVISOR])

    def fill(self, texts, county_id):
        return Case.objects.bulk_create(
            Case(
                county_id=county_id,
                lead_number=f"{county_id}第{number}件·{len(texts)}",
                source="patrol",
                summary=text,
                found_on=date(2026, 3, 2),
                registered_at=datetime(2026, 3, 2, 4, tzinfo=UTC),
                registered_by=self.supervisor,
                township=self.township,
            )
            for number, text in enumerate(texts, start=1)
        )

    @settings(max_examples=40)
    @given(
        texts=st.lists(told, min_size=1, max_size=20),
        other=st.lists(told, max_size=5),
        sought=st.lists(told, min_size=1, max_size=3).map(" ".join),
    )
    @example(texts=["浙K·A12 丁一"] * 9 + ["丁一"], other=["丁一 浙KA1"], sought="丁一 浙ka1")
    @example(texts=["Ａ𠮷号"], other=["Ａ𠮷号"], sought="Ａ𠮷 𠮷号 号")
    def test_the_cases_of_the_county_that_hold_every_word(self, texts, other, sought):
        self.fill(texts, self.supervisor.county_id)
        self.fill(other, ELSEWHERE)
        wording.samples.forget()
        parts = [word.upper().replace(PLATE_DOT, "") for word in sought.split()]
        held = [
            case.pk
            for case in Case.objects.filter(county_id=self.supervisor.county_id)
            if all(part in case.search_text for part in parts)
        ]
        assert sorted(found(self.supervisor, sought)) == sorted(held)

    def test_a_rare_word_is_sought_by_its_pairs_and_one_of_many_cases_by_walking(self):
        self.fill(["丁一占道"], self.supervisor.county_id)
        assert "case_county_pairs" in self.plan("丁一")
        self.fill([f"丁一占道{number}" for number in range(9)], ELSEWHERE)
        assert "case_county_pairs" in self.plan("丁一")
        Case.objects.filter(county_id=ELSEWHERE).update(county_id=self.supervisor.county_id)
        assert "case_county_pairs" not in self.plan("丁一")

    def plan(self, words):
        wording.samples.forget()
        cases, _ways = search(self.supervisor, on=date(2026, 3, 2), values={"q": words})
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        return cases.explain()
