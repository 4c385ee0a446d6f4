"""Finding an item: code, name of one character or more, pinyin initials, plain words; nearest first."""

from datetime import date

import pytest
from pypinyin.constants import PHRASES_DICT

from catalog import jobs
from catalog.models import ItemCode
from catalog.searching import aliases_for, initials_of
from catalog.selectors import search_items
from tests.factories.catalog import ItemFactory, ListMembershipFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 1)
NAMES = [
    "对犬只伤人的处罚",
    "对未按规定对犬只实行拴养的处罚",
    "对擅自占用城市道路摆摊设点的处罚",
    "对餐厨垃圾收运单位未建立台账的处罚",
    "对随地吐痰、乱扔垃圾的处罚",
]


@pytest.fixture
def items():
    return [ItemFactory(version={"name": name, "aliases": aliases_for(name)}) for name in NAMES]


def found(query):
    return [version.name for version in search_items(query, on=ON)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("犬", {0, 1}),
        ("犬只", {0, 1}),
        ("犬只伤", {0}),
        ("餐厨垃圾收运", {3}),
        ("垃圾", {3, 4}),
        ("垃圾 台账", {3}),
        ("qzsr", {0}),
        ("QZSR", {0}),
        ("狗", {0, 1}),
        ("泔水", {3}),
        ("gs", {3}),
        ("养猪", set()),
        ("，", set()),
    ],
)
def test_an_item_is_found_by_what_people_type(items, query, expected):
    assert set(found(query)) == {NAMES[n] for n in expected}


def test_full_width_letters_and_spaces_do_not_matter(items):
    assert found("　ｑｚｓｒ ") == [NAMES[0]]


def test_an_empty_query_finds_nothing(items):
    assert found("") == found("   ") == []


def test_a_code_comes_first_exact_before_beginning(items):
    for item, code in zip(items, ("330217001000", "330217", "330218000000"), strict=False):
        ItemCode.objects.create(item=item, code=code, valid_from=date(2020, 1, 1))
        version = item.versions.get()
        type(version).objects.filter(pk=version.pk).update(search_text=f"{version.search_text}\n{code}")
    assert found("330217") == [NAMES[1], NAMES[0]]


def test_a_name_that_begins_so_comes_before_one_that_contains_it():
    later = ItemFactory(version={"name": "对未清扫道路的处罚"}).versions.get()
    first = ItemFactory(version={"name": "道路未清扫的处罚（乡镇）"}).versions.get()
    assert [v.pk for v in search_items("道路", on=ON)] == [first.pk, later.pk]


def test_what_is_not_in_force_that_day_is_not_found(items):
    ItemFactory(version={"name": "对旧犬只规定的处罚", "valid_to": date(2021, 1, 1)})
    assert "对旧犬只规定的处罚" not in found("犬只")
    assert "对旧犬只规定的处罚" in [v.name for v in search_items("犬只", on=date(2020, 6, 1))]


def test_a_search_is_one_query(items, django_assert_num_queries):
    with django_assert_num_queries(1):
        versions = search_items("犬只", on=ON)
        assert versions[0].item.may_carry_documents


def test_no_reading_of_a_phrase_is_held_for_the_initials_of_characters():
    assert initials_of("重庆") == "zq"
    assert PHRASES_DICT == {}


def test_initials_leave_punctuation_out():
    assert initials_of("占道经营（A类）、油烟") == "zdjyalyy"


def test_the_number_in_a_list_finds_an_item_until_the_last_day_of_the_list():
    running, ended = (ItemFactory(version={"name": name}) for name in ("占道经营", "流动摆卖"))
    row = ListMembershipFactory(item=running, number="27", valid_to=date(2028, 12, 15))
    assert [version.item for version in search_items("27", on=ON)] == [row.item]
    ListMembershipFactory(item=ended, number="28", valid_to=ON)
    assert search_items("28", on=ON) == []


def test_what_waits_for_the_index_is_found_before_and_after_it_is_sorted_in(items):
    before = found("垃圾")
    assert (jobs.sort_in_pairs() > 0, jobs.sort_in_pairs()) == (True, 0)
    assert found("垃圾") == before == [NAMES[4], NAMES[3]]
