"""Reports of the catalogue: sums that add up, what stands in no list, two states side by side, two dates."""

import io
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from catalog.guides import draft_guide
from catalog.models import ItemVersion, ListMembership
from catalog.reports.history import as_of, difference
from catalog.reports.lists import counts, fields, parts_on, sum_holds, unlisted
from catalog.reports.waiting import waiting
from tests.factories.catalog import ItemFactory, ItemVersionFactory, ListMembershipFactory, PowerListFactory
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def county():
    CountyFactory()


@pytest.fixture
def reader(client):
    client.force_login(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    return client


def listed(item, kind, **more):
    power_list = PowerListFactory(code=kind, kind=kind)
    return ListMembershipFactory(item=item, power_list=power_list, kind=kind, **more)


@pytest.fixture
def county_lists():
    """Ten in the total list: three comprehensive, five professional in two fields, two in neither."""
    items = [ItemFactory() for _number in range(10)]
    for item in items:
        listed(item, "total")
    for item in items[:3]:
        listed(item, "comprehensive", field="城市管理")
    for number, item in enumerate(items[3:8]):
        listed(item, "professional", field="市场监管" if number < 4 else "交通运输")
    for item in items[2:5]:
        listed(item, "township")
    return items


def test_f001_the_parts_make_the_whole(county_lists):
    parts = {key: len(found) for key, found in parts_on(ON).items()}
    assert parts == {
        "total": 10,
        "comprehensive": 3,
        "professional": 5,
        "both": 0,
        "neither": 2,
        "outside": 0,
        "township": 3,
        "township_outside": 0,
    }
    assert sum_holds(parts_on(ON))
    answer = counts(on=ON)
    assert answer.figures[0].good
    assert {row["label"]: row["share"] for row in answer.rows}["综合执法清单"] == "30.00%"


def test_an_item_in_both_lists_and_one_outside_the_total_are_told(county_lists):
    listed(county_lists[0], "professional", field="市场监管")
    listed(ItemFactory(), "comprehensive")
    parts = parts_on(ON)
    assert (len(parts["both"]), len(parts["outside"])) == (1, 1)
    assert sum_holds(parts)
    assert [one.good for one in counts(on=ON).figures].count(False) == 2


def test_a_county_without_a_total_list_is_told_what_stands_outside_it(reader):
    listed(ItemFactory(), "comprehensive")
    parts = parts_on(ON)
    assert (len(parts["total"]), len(parts["outside"])) == (0, 1)
    assert sum_holds(parts)


def test_f004_items_in_neither_list_are_shown_with_their_rows(county_lists, reader):
    found = unlisted(on=ON)
    assert [row.item_id for row in found.rows] == [item.pk for item in county_lists[8:]]
    html = reader.get(reverse("catalog_report", args=["unlisted"]), {"on": "2026-03-02"}).content.decode()
    assert reverse("item", args=[county_lists[9].pk]) in html
    assert reverse("item", args=[county_lists[0].pk]) not in html


def test_f014_the_dictionary_of_fields_counts_its_rows(county_lists):
    counted = {(row["kind"], row["field"]): row["n"] for row in fields(on=ON).rows}
    assert counted[("专业执法清单", "市场监管")] == 4
    assert counted[("专业执法清单", "交通运输")] == 1
    assert sum(n for (kind, _field), n in counted.items() if kind == "专业执法清单") == 5


@pytest.fixture
def changed():
    """One item stays, one leaves on 1 June, one comes, one is reworded on 1 June, recorded on 20 May."""
    stays, leaves, comes = ItemFactory(), ItemFactory(version=False), ItemFactory(version=False)
    reworded = ItemFactory(version=False)
    day, told = date(2026, 6, 1), datetime(2026, 5, 20, 4, tzinfo=UTC)
    ItemVersionFactory(item=leaves, name="移出的", valid_to=day, closed_at=told)
    ItemVersionFactory(item=comes, name="新增的", valid_from=day, recorded_from=told)
    ItemVersionFactory(item=reworded, name="旧名", valid_to=day, closed_at=told)
    ItemVersionFactory(item=reworded, name="新名", valid_from=day, recorded_from=told)
    return stays, leaves, comes, reworded


def test_f001_two_versions_are_compared_field_by_field(changed):
    answer = difference(power_list=None, before=date(2026, 5, 31), after=date(2026, 6, 1), known=None)
    assert [(row["kind"], row["name"]) for row in answer.rows] == [
        ("新增", "新增的"),
        ("移出", "移出的"),
        ("变更", "新名"),
    ]
    assert "事项名称：旧名 → 新名" in answer.rows[2]["told"]
    assert [one.value for one in answer.figures] == [3, 1, 1, 1, 1, 3]
    assert difference(power_list=None, before=ON, after=ON, known=None).rows == []


def test_f001_what_was_in_force_on_a_day_as_known_on_a_day(changed):
    def names(known):
        return {row.name for row in as_of(on=date(2026, 6, 2), known=known, power_list=None).rows}

    assert {"移出的", "旧名"} <= names(date(2026, 5, 19))
    assert {"新增的", "新名"} <= names(date(2026, 5, 20))
    assert names(date(2026, 5, 20)) == names(None)


def test_a_difference_reads_only_what_differs(django_assert_num_queries, changed):
    with django_assert_num_queries(3):
        difference(power_list=None, before=date(2026, 5, 31), after=date(2026, 6, 1), known=None)


def test_every_report_has_a_page_an_answer_and_a_workbook(county_lists, reader):
    for key in ("counts", "unlisted", "fields", "as-of", "difference"):
        page = reader.get(reverse("catalog_report", args=[key]))
        assert page.status_code == 200, key
        data = reader.get(reverse("api-catalog-report", args=[key])).json()
        assert data["columns"]
        book = reader.get(reverse("catalog_report", args=[key]), {"export": "xlsx"})
        sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
        assert sheet.max_row == len(data["rows"]) + 1
    assert reader.get(reverse("catalog_report", args=["none"])).status_code == 404
    assert reader.get(reverse("catalog_report", args=["as-of"]), {"on": "32"}).status_code == 422
    assert reader.get(reverse("api-catalog-report", args=["as-of"]), {"on": "32"}).status_code == 400


def test_a_report_that_asks_first_says_so_and_offers_no_workbook_of_nothing(county_lists, reader):
    address = reverse("catalog_report", args=["benchmarks"])
    shown = reader.get(address).content.decode()
    assert "选好上面的条件" in shown
    assert "没有符合的行" not in shown
    assert "export=xlsx" not in shown


def test_reports_are_not_for_strangers(client):
    assert client.get(reverse("catalog_reports")).status_code == 302
    assert client.get(reverse("api-catalog-report", args=["counts"])).status_code in {401, 403}
    assert ItemVersion.objects.count() == ListMembership.objects.count() == 0


def test_drafts_that_wait_for_a_second_person_are_listed(client):
    item = ItemFactory(version={"name": "有草稿的事项"})
    admin = OfficerFactory(name="录入", roles=[Role.CATALOG_ADMIN])
    draft_guide(
        item=item, parts={}, effective_on=ON, source="", actor=admin, at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert [(row.kind, row.name, row.drafted_by) for row in waiting().rows] == [
        ("办案指引", "有草稿的事项", "录入")
    ]
    client.force_login(admin)
    assert "有草稿的事项" in client.get(reverse("catalog_report", args=["waiting"])).content.decode()
