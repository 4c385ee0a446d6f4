"""REST of imports, adjustments and amendments: the same acts, the same refusals as the pages."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from catalog.models import HeadingAlias, ImportBatch, Item, ItemVersion, PowerList, Provision
from tests.catalog.test_import import EDITION
from tests.catalog.workbooks import workbook
from tests.factories.catalog import ItemFactory
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
IMPORTS = "/api/v1/items/imports/"


@pytest.fixture
def clerk():
    CountyFactory()
    return as_client(OfficerFactory(roles=[Role.CATALOG_ADMIN]))


@pytest.fixture
def chief():
    return as_client(OfficerFactory(roles=[Role.CATALOG_ADMIN]))


def as_client(officer):
    client = APIClient()
    client.force_authenticate(officer)
    return client


def upload(client, rows=EDITION, *, data=None, **more):
    values = {"list": "NEW", "name": "新清单", "kind": "total", "effective_on": "2026-01-01", **more}
    return client.post(IMPORTS, {"file": SimpleUploadedFile("a.xlsx", data or workbook(rows)), **values})


def published(clerk, chief):
    batch = upload(clerk).json()
    clerk.put(f"{IMPORTS}{batch['id']}/columns/", batch["mapping"], format="json")
    return chief.post(f"{IMPORTS}{batch['id']}/publish/", {}, format="json")


def test_a_list_is_uploaded_mapped_read_and_published_by_two_people(clerk, chief):
    answer = upload(clerk)
    assert answer.status_code == 201
    batch = answer.json()
    assert (batch["state"], batch["mapping"]["sheets"][0]["columns"]["1"]) == ("mapping", "name")
    address = f"{IMPORTS}{batch['id']}/"
    told = clerk.put(f"{address}columns/", batch["mapping"], format="json").json()
    assert (told["state"], told["rows_read"], told["diff"]["counts"]["new"]) == ("staged", 4, 3)
    rows = clerk.get(f"{address}rows/", {"outcome": "skipped"}).json()["results"]
    assert [(row["row"], row["reason"]) for row in rows] == [(1, "表头行")]

    refused = clerk.post(f"{address}publish/", {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "second_person_required")
    assert not ItemVersion.objects.exists()
    done = chief.post(f"{address}publish/", {}, format="json")
    assert (done.status_code, done.json()["state"]) == (200, "published")
    assert ItemVersion.objects.count() == 3
    assert chief.post(f"{address}discard/").status_code == 409
    (made,) = clerk.get("/api/v1/items/lists/").json()
    assert (made["code"], made["id"]) == ("NEW", PowerList.objects.get().pk)


def test_what_an_edition_puts_in_force_names_its_own_document(clerk, chief):
    published(clerk, chief)
    changed = [*EDITION[:3], ["3", "对丙的处罚", "水务局", "《某某市条例》第九条：处一万元以下罚款。"]]
    batch = upload(clerk, changed, document="县政发〔2026〕9号", effective_on="2026-07-01").json()
    clerk.put(f"{IMPORTS}{batch['id']}/columns/", batch["mapping"], format="json")
    assert (
        chief.post(f"{IMPORTS}{batch['id']}/publish/", {}, format="json").json()["source"] == batch["source"]
    )
    sources = dict(ItemVersion.objects.in_force(date(2026, 7, 1)).values_list("name", "source"))
    assert sources.pop("对丙的处罚") == "县政发〔2026〕9号"
    assert set(sources.values()) == {"新清单"}


def test_the_same_file_again_answers_200_and_changes_nothing(clerk):
    # The same rows saved a second later are another file: a workbook keeps when it was saved.
    data = workbook(EDITION)
    first = upload(clerk, data=data).json()["id"]
    answer = upload(clerk, data=data)
    assert (answer.status_code, answer.json()["id"]) == (200, first)
    assert ImportBatch.objects.count() == 1


def test_columns_that_are_none_are_refused(clerk):
    batch = upload(clerk).json()
    sheet = batch["mapping"]["sheets"][0]
    for columns in ({"1": "salary"}, {"x": "name"}):
        sent = {"sheets": [{**sheet, "columns": columns}]}
        answer = clerk.put(f"{IMPORTS}{batch['id']}/columns/", sent, format="json")
        assert answer.status_code == 400
    assert ImportBatch.objects.get().state == "mapping"


def test_who_may_only_look_brings_nothing_in(clerk):
    reader = as_client(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    assert upload(reader).status_code == 403
    assert reader.put("/api/v1/items/headings/", {"heading": "名", "field": "name"}).status_code == 403
    assert not ImportBatch.objects.exists()


def test_a_heading_is_taught_and_listed(clerk):
    for name in ("note", "name"):
        answer = clerk.put("/api/v1/items/headings/", {"heading": "管什么事", "field": name}, format="json")
    assert answer.json() == [{"heading": "管什么事", "field": "name"}]
    assert HeadingAlias.objects.count() == 1


def test_items_are_adjusted_by_two_people(clerk, chief):
    published(clerk, chief)
    values = {
        "action": "transfer",
        "document": "县政发〔2026〕8号",
        "decided_on": "2026-02-01",
        "effective_on": "2026-07-01",
        "reason": "reform",
        "explanation": "机构改革",
        "items": list(Item.objects.values_list("pk", flat=True)),
    }
    refused = clerk.post("/api/v1/items/adjustments/", values, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "adjustment_without_department")
    for day in ("0001-01-01", "9999-12-31", "2026-02-30"):
        sent = {**values, "department_name": "执法局", "effective_on": day}
        assert clerk.post("/api/v1/items/adjustments/", sent, format="json").status_code == 400
    for code, status in (("a\0b", 400), ("nowhere", 400), (PowerList.objects.get().code, 201)):
        sent = {**values, "department_name": "执法局", "power_list": code}
        made = clerk.post("/api/v1/items/adjustments/", sent, format="json")
        assert made.status_code == status, code
    assert made.json()["list"] == code
    address = f"/api/v1/items/adjustments/{made.json()['id']}/"
    assert clerk.post(f"{address}publish/").status_code == 409
    assert chief.post(f"{address}publish/").json()["status"] == "published"
    assert ItemVersion.objects.filter(department_name="执法局").count() == 3
    assert clerk.get("/api/v1/items/adjustments/").json()[0]["action"] == "transfer"


def test_an_article_is_amended_by_two_people(clerk, chief):
    published(clerk, chief)
    provision = Provision.objects.get()
    address = f"/api/v1/provisions/{provision.pk}/"
    assert len(clerk.get(f"{address}items/", {"on": "2026-03-01"}).json()) == 3
    words = {"text": "处九千元罚款。", "document": "公报", "effective_on": "2026-07-01"}
    made = clerk.post(address, words, format="json")
    assert made.status_code == 201
    publish = f"/api/v1/amendments/{made.json()['id']}/publish/"
    assert clerk.post(publish).status_code == 409
    assert chief.post(publish).json()["status"] == "published"
    assert ItemVersion.objects.filter(fine_max=9000).count() == 3
    assert len(clerk.get(address).json()["versions"]) == 2


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (
            "version",
            {
                "statute_name": "《某某市养犬管理条例》",
                "obligation_article": "第八条",
                "penalty_article": "第二十条",
                "penalty_text": "处二百元以上一千元以下罚款。",
                "limitation_years": 2,
            },
        ),
        ("benchmark", {"title": "基准", "shape": "default", "rows": "下限|上限\n200|1000"}),
        ("exemption", {"kind": "minor", "conditions": "首次\n改正", "document": "免罚清单"}),
        ("guide", {"elements": "主体", "evidence": "照片", "questions": "何时"}),
    ],
)
def test_what_is_drafted_to_an_item_is_published_by_a_second_person(clerk, chief, kind, values):
    item = ItemFactory()
    address = f"/api/v1/items/{item.pk}/drafts/"
    sent = {**values, "effective_on": "2026-07-01", "source": "公报"}
    assert clerk.post(f"{address}{kind}/", {"source": ""}, format="json").status_code == 400
    made = clerk.post(f"{address}{kind}/", sent, format="json")
    assert (made.status_code, made.json()["status"]) == (201, "draft")
    assert [row["kind"] for row in clerk.get(address).json()] == [kind]
    own = f"{address}{kind}/{made.json()['id']}/publish/"
    assert clerk.post(own).json()["code"] == "second_person_required"
    assert chief.post(own).json()["status"] == "published"
    assert chief.post(own).json()["code"] == "version_not_draft"
    assert clerk.get(address).json() == []
    assert clerk.post(f"{address}nothing/", sent, format="json").status_code == 404


def test_columns_of_degrees_are_proposed_chosen_and_taught_by_their_headings(clerk):
    law = "《某条例》第五条：处一千元以上五千元以下罚款。"
    rows = [["违法行为", "处罚依据", "轻微", "第二等"], ["乱堆", law, "处1000元罚款", "处5000元罚款"]]
    batch = upload(clerk, rows).json()
    assert batch["mapping"]["sheets"][0]["columns"] == {"0": "violation", "1": "penalty"}
    columns = {"0": "violation", "1": "penalty", "2": "degree:", "3": "degree:"}
    batch["mapping"]["sheets"][0]["columns"] = columns
    told = clerk.put(f"{IMPORTS}{batch['id']}/columns/", batch["mapping"], format="json").json()
    assert (told["band_count"], told["report"]["sheets"][0]["columns"]["第二等"]) == (2, "degree:第二等")

    clerk.put("/api/v1/items/headings/", {"heading": "第二等", "field": "degree:"}, format="json")
    again = upload(clerk, [*rows, ["乱倒", law, "处1000元罚款", "处5000元罚款"]]).json()
    assert again["mapping"]["sheets"][0]["columns"]["3"] == "degree:第二等"
