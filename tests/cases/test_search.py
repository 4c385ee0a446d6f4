"""The search box finds a case by what people know of it: name, number, address, plate, a part of a word."""

import pytest
from django.utils import timezone

from cases.dossier.models import Case
from cases.intake.services import register_lead
from cases.overview.selectors import search
from tests.cases.test_pages import until


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


def test_a_filed_case_is_still_found_by_what_was_told_at_first(county):
    door = until(county, "conclude")
    filed = Case.objects.get(pk=door.case_id)
    assert filed.number
    assert found(county.first, filed.summary[:6]) == [filed.pk]
