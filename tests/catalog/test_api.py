"""REST of the catalogue."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from tests.factories.catalog import ItemFactory, ListMembershipFactory
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def api():
    CountyFactory()
    client = APIClient()
    client.force_authenticate(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    return client


def test_the_list_pages_by_cursor_and_holds_every_item_once(api, monkeypatch):
    monkeypatch.setattr("catalog.api.MOST", 3)
    made = {ItemFactory().pk for _ in range(7)}
    seen, cursor = [], ""
    while cursor is not None:
        body = api.get("/api/v1/items/", {"cursor": cursor}).json()
        seen += [row["id"] for row in body["results"]]
        cursor = body["next"]
    assert sorted(seen) == sorted(made)


def test_a_search_gives_the_nearest_first_and_facets_narrow(api):
    dog = ItemFactory(version={"name": "对犬只伤人的处罚", "bare": True})
    ListMembershipFactory(item=ItemFactory())
    (row,) = api.get("/api/v1/items/", {"q": "qzsr"}).json()["results"]
    assert (row["id"], row["has_basis"], row["data_origin"]) == (dog.pk, False, "official")
    assert len(api.get("/api/v1/items/", {"list": "TEST"}).json()["results"]) == 1
    assert len(api.get("/api/v1/items/", {"basis": "without"}).json()["results"]) == 1


def test_an_item_tells_its_version_codes_lists_and_history(api):
    item = ItemFactory()
    ListMembershipFactory(item=item)
    body = api.get(f"/api/v1/items/{item.pk}/", {"on": "2026-03-01"}).json()
    assert body["penalty_article"] == "第十七条第二款"
    assert body["fine_max"] == "5000.00"
    assert body["lists"] == ["TEST"]
    assert len(body["versions"]) == 1


def test_an_item_out_of_force_is_a_problem_with_its_article(api):
    item = ItemFactory(version={"valid_to": date(2021, 1, 1)})
    answer = api.get(f"/api/v1/items/{item.pk}/", {"on": "2026-03-01"})
    assert answer.status_code == 409
    assert answer["content-type"].startswith("application/problem+json")
    assert answer.json()["code"] == "item_not_in_force"
    assert "第三十八条" in answer.json()["article"]


def test_bands_come_in_their_order(api):
    item = ItemFactory(bands=True)
    bands = api.get(f"/api/v1/items/{item.pk}/bands/").json()
    assert [band["grade"] for band in bands] == ["情节较轻", "情节较重", "情节严重"]
    assert bands[0]["fine_min"] == "1000.00"


@pytest.mark.parametrize(
    "asked", [{"on": "yesterday"}, {"on": "2026-02-30"}, {"date": "2026-03-02"}, {"basis": "perhaps"}]
)
def test_a_question_that_makes_no_sense_is_refused_by_its_word(api, asked):
    refused = api.get("/api/v1/items/", asked)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, list(asked))


def test_strangers_and_officers_without_the_right_are_refused(api):
    assert APIClient().get("/api/v1/items/").status_code in {401, 403}
    api.force_authenticate(OfficerFactory())
    answer = api.get("/api/v1/items/")
    assert answer.status_code == 403
    assert answer.json()["code"] == "permission_denied"
