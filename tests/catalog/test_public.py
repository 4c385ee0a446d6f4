"""The catalogue for everybody: no login, always current, drafts say so, invented items absent."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from catalog.selectors import UNNAMED
from tests.factories.catalog import DiscretionTableFactory, ItemFactory, ItemVersionFactory
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, CountyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county():
    CountyFactory()


def test_f013_an_item_shows_duty_basis_standard_process_and_channel(client):
    """F013: without signing in, what one must do, the basis, the standard, the process, who answers."""
    item = ItemFactory()
    DiscretionTableFactory(item=item)
    township = BodyFactory(name="青禾镇人民政府", phone="0578-5550101")
    bureau = BodyFactory(bureau=True, phone="0578-5550100")
    AuthorityGrantFactory(empowered=True, holder=township, items=[item])
    html = client.get(reverse("public_item", args=[item.uid])).content.decode()
    for text in (
        "商场、门店不得超出门、窗外墙摆卖、经营。",
        "第十七条第一款",
        "第十七条第二款",
        "拒不改正的，处一千元以上五千元以下罚款。",
        "1,000–5,000 元",
        "第二次被处罚的。",
        "处3000元以上3000元以下罚款。",
        "听取陈述申辩",
        "青禾镇人民政府",
        "0578-5550101",
    ):
        assert text in html
    channels = " ".join(html[html.index('id="channels"') :].split())
    assert f'{bureau.name}<div class="fine">投诉举报' in channels
    assert "0578-5550100" in channels


def test_f013_a_version_published_now_is_shown_at_once(client):
    item = ItemFactory()
    url = reverse("public_items")
    assert client.get(url)["Cache-Control"] == "no-cache"
    ItemVersionFactory(item=ItemFactory(version=False), name="刚刚发布的事项")
    html = client.get(url).content.decode()
    assert "刚刚发布的事项" in html
    assert reverse("public_item", args=[item.uid]) in html


def test_only_today_can_be_asked_for(client):
    ItemVersionFactory(item=ItemFactory(version=False), name="早已失效", valid_to="2021-01-01")
    assert "早已失效" not in client.get(reverse("public_items"), {"on": "2020-06-01"}).content.decode()


def test_statute_derived_items_say_that_they_are_drafts_and_invented_ones_are_absent(client):
    draft = ItemFactory(data_origin="draft", version={"name": "草稿事项"})
    made_up = ItemFactory(data_origin="synthetic", version={"name": "合成事项"})
    answer = client.get(reverse("public_items"))
    html = answer.content.decode()
    assert answer.context["total"] == 1
    assert all(option["n"] == 1 for group in answer.context["groups"] for option in group["options"])
    assert "据法条整理，非正式目录" in html
    assert "合成事项" not in html
    assert "不是正式公布的目录事项" in client.get(reverse("public_item", args=[draft.uid])).content.decode()
    assert client.get(reverse("public_item", args=[made_up.uid])).status_code == 404


def test_versions_stand_side_by_side_for_the_public(client):
    item = ItemFactory(version=False)
    ItemVersionFactory(item=item, name="旧名", valid_to="2024-01-01")
    ItemVersionFactory(item=item, name="新名", valid_from="2024-01-01")
    html = client.get(reverse("public_item", args=[item.uid])).content.decode()
    assert "旧名" in html
    assert "各版本对照" in html


def test_the_public_list_is_searched_and_downloaded(client):
    ItemFactory(version={"name": "对犬只伤人的处罚"})
    ItemFactory(version={"name": "=对占道的处罚"})
    assert "占道" not in client.get(reverse("public_items"), {"q": "犬只"}).content.decode()
    book = client.get(reverse("public_items"), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    names = {row[1].value for row in sheet.iter_rows(min_row=2)}
    assert names == {"对犬只伤人的处罚", "'=对占道的处罚"}


def test_nothing_inner_stands_on_the_public_pages(client):
    item = ItemFactory()
    html = client.get(reverse("public_item", args=[item.uid])).content.decode()
    assert reverse("item", args=[item.pk]) not in html
    assert client.get(reverse("item", args=[item.pk])).status_code == 302


def test_a_department_written_as_a_code_is_nobody_to_choose_but_found_among_the_unnamed(client):
    ItemFactory(version={"department_name": "城市管理局"})
    coded = ItemFactory(version={"department_name": "73"})
    answer = client.get(reverse("public_items"), {"department": UNNAMED})
    assert [version.item for version in answer.context["page"]] == [coded]
    choices = next(group["options"] for group in answer.context["groups"] if group["key"] == "department")
    assert {option["label"] for option in choices} == {"城市管理局", "未写明"}
