"""Pages of the catalogue: list with facets, item, type-ahead, upload to publication by two people."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Delivery, Event
from catalog import jobs, tasks
from catalog.fields import name_of
from catalog.loaders.headings import standard
from catalog.loaders.ticks import ASKED
from catalog.models import DataOrigin, HeadingAlias, ImportBatch, ItemVersion
from catalog.selectors import UNNAMED
from desk.models import Job
from tests.catalog.workbooks import workbook
from tests.factories.catalog import ItemFactory, ItemVersionFactory, ListMembershipFactory
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
HEAD = ["序号", "事项名称", "主管部门", "处罚依据"]
LAW = "《某某市条例》第九条：处一千元以上五千元以下罚款。"


@pytest.fixture(autouse=True)
def county():
    CountyFactory()


@pytest.fixture
def officer(client):
    person = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    client.force_login(person)
    return person


@pytest.fixture
def admins():
    return OfficerFactory(name="录入", roles=[Role.CATALOG_ADMIN]), OfficerFactory(
        name="复核", roles=[Role.CATALOG_ADMIN]
    )


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    return answer, answer.content.decode()


def test_the_list_shows_items_in_force_with_counts_that_add_up(client, officer):
    for number in range(3):
        ListMembershipFactory(item=ItemFactory(version={"domain": "城市管理"}), number=str(number))
    ItemFactory(version={"bare": True, "name": "对犬只伤人的处罚", "domain": "养犬"})
    ItemFactory(version={"name": "已失效的事项", "valid_to": date(2021, 1, 1)})
    answer, html = page(client, "items")
    assert answer.status_code == 200
    assert "对犬只伤人的处罚" in html
    assert "已失效的事项" not in html
    assert "待补充依据" in html
    groups = {group["key"]: group["options"] for group in answer.context["groups"]}
    assert answer.context["total"] == 4
    for key in ("domain", "department", "basis"):
        assert sum(option["n"] for option in groups[key]) == 4
    assert [option["n"] for option in groups["list"]] == [3]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"domain": "养犬"}, {"对犬只伤人的处罚"}),
        ({"domain": UNNAMED}, {"对无名领域的处罚"}),
        ({"basis": "with"}, {"对占道经营的处罚", "对无名领域的处罚"}),
        ({"basis": "without"}, {"对犬只伤人的处罚"}),
        ({"list": "TEST"}, {"对占道经营的处罚"}),
        ({"q": "qzsr"}, {"对犬只伤人的处罚"}),
        ({"q": "犬", "basis": "with"}, set()),
        ({"on": "2019-01-01"}, set()),
    ],
)
def test_facets_words_and_day_stand_in_the_address_and_narrow_the_list(client, officer, query, shown):
    ListMembershipFactory(item=ItemFactory(version={"name": "对占道经营的处罚"}))
    ItemFactory(version={"bare": True, "name": "对犬只伤人的处罚", "domain": "养犬"})
    ItemFactory(version={"name": "对无名领域的处罚", "domain": ""})
    answer, _html = page(client, "items", **query)
    assert {version.name for version in answer.context["page"]} == shown
    for group in answer.context["groups"]:
        for option in group["options"]:
            assert option["on"] == (query.get(group["key"]) == option["value"])
            assert (f"{group['key']}=" in option["url"]) != option["on"]


def test_the_list_costs_few_queries_however_many_rows(client, officer, django_assert_max_num_queries):
    ItemFactory.create_batch(12)
    with django_assert_max_num_queries(14):
        client.get(reverse("items"))


def test_the_list_is_exported_without_a_live_formula(client, officer):
    ItemFactory(version={"name": "=HYPERLINK(1)的处罚"})
    answer = client.get(reverse("items"), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert "'=HYPERLINK(1)的处罚" in text


def test_the_item_page_shows_basis_bands_and_source(client, officer):
    item = ItemFactory(bands=True, version={"name": "对占道经营的处罚"})
    ListMembershipFactory(item=item)
    answer, html = page(client, "item", item.pk)
    assert answer.status_code == 200
    for text in ("第十七条第二款", "情节较重", "3,000 元", "测试数据", "青禾县综合行政执法事项清单"):
        assert text in html
    assert "补充依据" not in html


def test_the_item_page_sets_versions_side_by_side(client, officer):
    item = ItemFactory(version={"valid_to": date(2026, 1, 1), "fine_max": 5000})
    ItemVersionFactory(item=item, valid_from=date(2026, 1, 1), fine_max=8000)
    answer, _html = page(client, "item", item.pk, on="2026-03-01")
    differing = {str(row["label"]) for row in answer.context["comparison"] if row["differs"]}
    assert "罚款" in differing
    assert answer.context["version"].fine_max == 8000


def test_synthetic_and_unofficial_data_say_so(client, officer):
    _answer, html = page(client, "item", ItemFactory(data_origin="synthetic").pk)
    assert "合成样例数据" in html
    _answer, html = page(client, "item", ItemFactory(data_origin="draft").pk)
    assert "不是正式公布的目录事项" in html


@pytest.mark.parametrize(("origin", "words"), [(kind, str(kind.label)) for kind in list(DataOrigin)[1:]])
def test_wherever_an_item_is_named_it_says_that_it_is_no_official_one(client, officer, origin, words):
    item = ItemFactory(data_origin=origin, version={"name": "对随意倾倒的处罚"})
    assert words in page(client, "items")[1]
    assert words in page(client, "items_suggest", q="倾倒")[1]
    assert words in page(client, "item_calculator", item.pk, on="2026-03-01")[1]
    assert words in name_of(item.pk)
    for name, args, query in (
        ("items", (), {}),
        ("catalog_report", ("as-of",), {"on": "2026-03-01"}),
        ("catalog_report", ("difference",), {"before": "2019-01-01", "after": "2026-03-01"}),
    ):
        answer = client.get(reverse(name, args=args), {**query, "export": "xlsx"})
        rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
        assert words in rows[1]
        assert words in page(client, name, *args, **query)[1]
    (row,) = client.get("/api/v1/items/", {"q": "倾倒"}).json()["results"]
    assert row["caution"] == words
    body = client.get("/api/v1/reports/as-of/", {"on": "2026-03-01"}).json()
    assert words in body["rows"][0]


def test_the_type_ahead_offers_matches_with_their_own_key(client, officer):
    item = ItemFactory(version={"name": "对犬只伤人的处罚", "bare": True})
    _answer, html = page(client, "items_suggest", q="qzsr")
    assert f'data-value="{item.pk}"' in html
    assert "待补充依据" in html
    _answer, html = page(client, "items_suggest", item_text="犬只")
    assert f'data-value="{item.pk}"' in html


def test_strangers_go_to_the_login_page_and_officers_without_the_right_are_refused(client):
    assert client.get(reverse("items")).status_code == 302
    client.force_login(OfficerFactory())
    assert client.get(reverse("items")).status_code == 403
    client.force_login(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    assert client.get(reverse("import_new")).status_code == 403
    item = ItemFactory()
    assert client.get(reverse("item_basis", args=[item.pk])).status_code == 403
    assert client.post(reverse("draft_act", args=[item.pk, "version", 1])).status_code == 403


def upload(client, rows=None, **values):
    data = workbook(rows or [HEAD, ["1", "对甲的处罚", "水务局", LAW], ["合计 1 项"]])
    fields = {"code": "NEW", "name": "新的清单", "kind": "township", "effective_on": "2026-01-01", **values}
    return client.post(reverse("import_new"), {"file": SimpleUploadedFile("清单.xlsx", data), **fields})


def columns_of(client, batch, **changed):
    """Send the columns as the page proposes them, with some changed."""
    answer, _html = page(client, "import_columns", batch.pk)
    values = {}
    for sheet in answer.context["sheets"]:
        values[f"use-{sheet.index}"] = "1" if sheet.used else ""
        values[f"header-{sheet.index}"] = "" if sheet.header_row is None else sheet.header_row + 1
        values |= {f"col-{sheet.index}-{column.index}": column.field for column in sheet.columns}
    return client.post(reverse("import_columns", args=[batch.pk]), {**values, "act": "read", **changed})


def test_one_uploads_checks_columns_reads_the_report_and_another_publishes(client, admins):
    client.force_login(admins[0])
    answer = upload(client)
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("import_columns", args=[batch.pk])
    assert client.get(reverse("import", args=[batch.pk])).url == answer.url
    answer = columns_of(client, batch)
    assert answer.url == reverse("import", args=[batch.pk])
    shown, html = page(client, "import", batch.pk)
    assert [text for text, _field in shown.context["sheets"][0][1]] == HEAD
    assert "读取 3 行 = 采用 1 + 未采用 2" in html
    assert "合计行" in html
    assert "不能自己发布" in html
    refused = client.post(answer.url, {"act": "publish", "effective_on": "2026-01-01"})
    assert refused.status_code == 409
    assert not ItemVersion.objects.exists()

    client.force_login(admins[1])
    _answer, html = page(client, "import", batch.pk)
    assert "核对无误，发布" in html
    client.post(answer.url, {"act": "publish", "effective_on": "2026-01-01"})
    assert ItemVersion.objects.get().published_by_name == "复核"
    _answer, html = page(client, "items")
    assert "对甲的处罚" in html


def test_a_column_that_was_taken_wrongly_is_corrected_and_remembered(client, admins):
    client.force_login(admins[0])
    upload(client, [["编号", "干了什么", "归口"], ["1", "对甲的处罚", "水务局"]])
    batch = ImportBatch.objects.get()
    refused = client.post(reverse("import_columns", args=[batch.pk]), {"act": "read"})
    assert refused.status_code == 409
    assert "事项名称" in refused.content.decode()
    columns_of(client, batch)
    batch.refresh_from_db()
    assert batch.state == "mapping"

    client.post(reverse("import_columns", args=[batch.pk]), {"act": "reread", "header-0": "1"})
    told = {"use-0": "1", "col-0-1": "name", "col-0-2": "department", "remember": "1"}
    assert columns_of(client, batch, **told).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.item_count) == ("staged", 1)
    assert dict(HeadingAlias.objects.values_list("heading", "field")) == {
        "干了什么": "name",
        "归口": "department",
    }

    upload(client, [["干了什么", "归口"], ["对乙的处罚", "水务局"]], code="NEXT")
    following = ImportBatch.objects.latest("pk")
    assert following.mapping["sheets"][0]["columns"] == {"0": "name", "1": "department"}


def test_a_sheet_that_is_not_chosen_is_left_out_and_told(client, admins):
    def more(book):
        other = book.create_sheet("附表")
        other.append(HEAD)
        other.append(["1", "对附表的处罚", "水务局", LAW])

    client.force_login(admins[0])
    data = workbook([HEAD, ["1", "对甲的处罚", "水务局", LAW]], change=more)
    client.post(
        reverse("import_new"),
        {
            "file": SimpleUploadedFile("a.xlsx", data),
            "code": "NEW",
            "name": "新",
            "kind": "township",
            "effective_on": "2026-01-01",
        },
    )
    batch = ImportBatch.objects.get()
    columns_of(client, batch, **{"use-1": ""})
    batch.refresh_from_db()
    assert (batch.item_count, batch.rows_skipped) == (1, 3)
    _answer, html = page(client, "import", batch.pk)
    assert "未选用这张工作表" in html


@pytest.mark.parametrize("kind", ["items", "discretion"])
def test_a_template_is_offered_and_every_heading_of_it_is_known(client, admins, kind):
    client.force_login(admins[0])
    answer = client.get(reverse("import_template", args=[kind]))
    heads = next(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert heads
    assert all(standard().knows(head) or ASKED.search(head) for head in heads)


def test_a_long_list_is_read_and_published_by_a_worker_that_tells_how_far_it_is(client, admins, monkeypatch):
    monkeypatch.setattr(jobs, "LONG_FILE", 0)
    client.force_login(admins[0])
    upload(client)
    batch = ImportBatch.objects.get()
    assert columns_of(client, batch).url == reverse("desk:job", args=[Job.objects.get().pk])
    job, asked = Job.objects.get(), Event.objects.get(verb="catalog.staging_asked")
    assert (job.state, Delivery.objects.filter(event=asked).count()) == ("waiting", 1)
    tasks.stage(batch.pk, job.pk, admins[0].pk)
    job.refresh_from_db()
    batch.refresh_from_db()
    assert (job.state, job.result_url) == ("done", reverse("import", args=[batch.pk]))
    assert batch.state == "staged"

    mine = client.post(job.result_url, {"act": "publish", "effective_on": "2026-01-01"})
    assert mine.status_code == 409
    client.force_login(admins[1])
    client.post(job.result_url, {"act": "publish", "effective_on": "2026-01-01"})
    second = Job.objects.latest("pk")
    for _again in range(2):
        tasks.publish(batch.pk, second.pk, admins[1].pk, "2026-01-01")
    second.refresh_from_db()
    assert second.state == "done"
    assert "新增 1" in second.message
    assert ItemVersion.objects.count() == 1
    owed = Delivery.objects.filter(event__verb="catalog.list_published")
    assert [one.subscriber for one in owed] == ["catalog.tasks.tidy_search"]


def test_a_refusal_ends_the_job_with_its_reason(client, admins, monkeypatch):
    monkeypatch.setattr(jobs, "LONG_FILE", 0)
    client.force_login(admins[0])
    upload(client, expected_count="9")
    batch = ImportBatch.objects.get()
    columns_of(client, batch)
    job = Job.objects.get()
    tasks.stage(batch.pk, job.pk, admins[0].pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "公布的项数为 9" in job.message
    batch.refresh_from_db()
    assert batch.state == "mapping"


def test_an_upload_that_is_refused_keeps_what_was_typed(client, admins):
    client.force_login(admins[0])
    answer = upload(client, name="")
    assert answer.status_code == 422
    assert 'value="NEW"' in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_another_count_than_announced_is_refused_and_nothing_is_staged(client, admins):
    client.force_login(admins[0])
    upload(client, expected_count="9")
    batch = ImportBatch.objects.get()
    answer = columns_of(client, batch)
    assert answer.status_code == 409
    assert "公布的项数为 9" in answer.content.decode()
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == ("mapping", 0)


def test_a_file_over_the_limit_is_refused_at_its_field(client, admins, settings):
    settings.UPLOAD_LIMIT_BYTES = 10
    client.force_login(admins[0])
    answer = upload(client)
    assert answer.status_code == 422
    assert "文件超过" in answer.content.decode()


def test_a_staged_list_can_be_given_up(client, admins):
    client.force_login(admins[0])
    upload(client)
    batch = ImportBatch.objects.get()
    client.post(reverse("import", args=[batch.pk]), {"act": "discard"})
    batch.refresh_from_db()
    assert batch.state == "discarded"
    _answer, html = page(client, "imports")
    assert "已放弃" in html


BASIS = {
    "statute_name": "《某某市养犬管理条例》",
    "obligation_article": "第八条",
    "penalty_article": "第二十条",
    "penalty_text": "处二百元以上一千元以下罚款。",
    "limitation_years": "2",
    "effective_on": "2026-01-01",
    "source": "市人大公报2025年第6号",
}


def test_a_basis_is_supplied_on_one_page_and_published_on_another(client, admins):
    item = ItemFactory(version={"bare": True})
    client.force_login(admins[0])
    _answer, html = page(client, "item", item.pk)
    assert reverse("item_basis", args=[item.pk]) in html
    assert client.get(reverse("item_basis", args=[item.pk])).status_code == 200
    assert (
        client.post(reverse("item_basis", args=[item.pk]), {**BASIS, "penalty_text": ""}).status_code == 422
    )
    client.post(reverse("item_basis", args=[item.pk]), BASIS)
    draft = ItemVersion.objects.get(item=item, status="draft")
    client.post(reverse("draft_act", args=[item.pk, "version", draft.pk]), {"act": "publish"})
    draft.refresh_from_db()
    assert (draft.status, draft.fine_max) == ("draft", 1000)

    client.force_login(admins[1])
    _answer, html = page(client, "item", item.pk)
    assert "核对无误，发布" in html
    client.post(reverse("draft_act", args=[item.pk, "version", draft.pk]), {"act": "publish"})
    assert ItemVersion.objects.get(item=item, status="published", valid_from=date(2026, 1, 1)).has_basis


def test_plain_words_are_changed_on_the_item_page(client, admins):
    item = ItemFactory()
    client.force_login(admins[0])
    client.post(reverse("item_aliases", args=[item.pk]), {"aliases": "店外经营，占道、占道"})
    assert item.versions.get().aliases == ["店外经营", "占道"]
