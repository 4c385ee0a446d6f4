"""What the pages of the catalogue ask of the database: no more for many items than for one."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from catalog import uploading
from tests.cases.test_pages import browser, questions
from tests.catalog.workbooks import workbook
from tests.factories.catalog import ItemFactory, ListMembershipFactory, PowerListFactory
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
HEAD = ["序号", "事项名称", "主管部门", "处罚依据"]
LAW = "《某某市条例》第九条：处一千元以上五千元以下罚款。"
MOST = {
    "items": 7,
    "items?q=占道": 7,
    "items_suggest?q=占道": 1,
    "item": 16,
    "imports": 4,
    "import": 3,
    "import_columns": 4,
    "catalog_report as-of": 5,
    "catalog_report counts": 3,
    "catalog_report difference": 5,
    "provisions": 3,
    "public_items": 7,
    "public_item": 12,
}


def more_items(number: int):
    """Make items in one list, with benchmarks; return the last."""
    power_list = PowerListFactory(code="MANY")
    for n in range(number):
        item = ItemFactory(bands=True, version={"name": f"对占道经营的处罚{n}"})
        ListMembershipFactory(item=item, power_list=power_list)
    return item


def staged(rows: int):
    """Stage a file of so many rows, with a row left out and a notice for each."""
    lines = [[str(n), f"对甲{n}的处罚", "水务局", LAW if n % 2 else "同上"] for n in range(1, rows + 1)]
    power_list, clerk = PowerListFactory(code=f"FILE{rows}"), OfficerFactory(roles=[Role.CATALOG_ADMIN])
    batch, _fresh = uploading.upload(
        power_list=power_list,
        data=workbook([HEAD, *lines, ["合计 1 项"]]),
        file_name="清单.xlsx",
        actor=clerk,
        at=AT,
    )
    return uploading.map_columns(batch=batch, mapping=batch.mapping, actor=clerk, at=AT)


def counts(client: Client, item, batch) -> dict[str, int]:
    """Count what each page asks when it is seen a second time."""
    args = {"item": [item.pk], "import": [batch.pk], "import_columns": [batch.pk], "public_item": [item.uid]}
    found = {}
    for key in MOST:
        name, _mark, query = key.partition("?")
        name, _space, report = name.partition(" ")
        url = reverse(name, args=[report] if report else args.get(name)) + f"?{query}"
        client.get(url)
        found[key] = questions(client, url)
    return found


def test_pages_ask_the_same_for_twelve_items_as_for_one():
    CountyFactory()
    client = browser(OfficerFactory(roles=[Role.CATALOG_ADMIN]))
    one = counts(client, more_items(1), staged(1))
    twelve = counts(client, more_items(11), staged(12))
    assert twelve == one
    assert not {key: n for key, n in one.items() if n > MOST[key]}
