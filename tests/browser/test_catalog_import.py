"""A list on its way from the file to being in force, by two people at two browsers."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from catalog.models import HeadingAlias, ImportBatch, ItemVersion
from tests.browser.test_desk import violations
from tests.catalog.workbooks import workbook
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LAW = "《某某市条例》第九条：处一千元以上五千元以下罚款。"
ROWS = [
    ["某某县综合行政执法事项清单"],
    ["编号", "管什么事", "归口局", "处罚依据", "是否赋权乡镇"],
    ["1", "对甲的处罚", "水务局", LAW, "√"],
    ["2", "对乙的处罚", "林业局", LAW, ""],
    ["合计 2 项"],
]


@pytest.fixture
def people(transactional_db):
    CountyFactory()
    for username in ("clerk", "chief"):
        OfficerFactory(username=username, name=username, roles=[Role.CATALOG_ADMIN])


def test_one_uploads_and_maps_another_publishes_and_the_item_is_found(
    people, person, county_clock, tmp_path: Path
):
    path = tmp_path / "清单.xlsx"
    path.write_bytes(workbook(ROWS, merges=["A1:E1"]))
    clerk = person("clerk")
    clerk.open(reverse("import_new"))
    values = {
        "code": "ZH-2026",
        "name": "综合执法清单",
        "kind": "comprehensive",
        "effective_on": "2026-01-01",
    }
    clerk.fill({**values, "expected_count": "2"}, upload=path)
    clerk.page.get_by_role("button", name="上传并核对列").click()

    expect(clerk.page.get_by_role("heading", name="核对列", level=1)).to_be_visible()
    clerk.page.locator("[name=header-0]").fill("2")
    clerk.page.get_by_role("button", name="按新的表头重新推断").click()
    name = clerk.page.locator("[name=col-0-1]")
    expect(name).to_have_value("")
    assert violations(clerk.page) == []
    name.select_option("name")
    clerk.page.locator("[name=col-0-2]").select_option("department")
    clerk.page.locator("label[for=remember]").click()
    clerk.page.get_by_role("button", name="列已核对，读取清单").click()

    expect(clerk.page.get_by_text("读取 5 行 = 采用 2 + 未采用 3")).to_be_visible()
    expect(clerk.page.get_by_text("上传的人不能自己发布")).to_be_visible()
    assert violations(clerk.page) == []
    batch = ImportBatch.objects.get()
    assert not ItemVersion.objects.exists()
    assert HeadingAlias.objects.filter(heading="管什么事", field="name").exists()

    chief = person("chief")
    chief.open(reverse("import", args=[batch.pk]))
    chief.page.get_by_role("button", name="核对无误，发布").click()
    expect(chief.page.get_by_text("已发布：新增 2")).to_be_visible()
    chief.open(f"{reverse('items')}?q=对甲")
    expect(chief.page.locator("[data-row]")).to_have_count(1)
    assert not clerk.errors
    assert not chief.errors
    assert not chief.outside
