"""The report on a file's rows (F002): a remark stands once with all its places, and every row can be had."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from catalog import staging
from catalog.row_report import remarks_of
from tests.catalog.workbooks import workbook
from tests.factories.catalog import PowerListFactory
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db

HEAD = ["序号", "事项编码", "事项名称", "主管部门", "处罚依据"]
LAW = "《某某市条例》第九条：处一千元以上五千元以下罚款。"


def item(number, basis=""):
    return [str(number), f"A{number:03d}", f"对第{number}项行为的处罚", "水务局", basis]


@pytest.fixture
def clerk():
    CountyFactory()
    return OfficerFactory(roles=[Role.CATALOG_ADMIN])


def staged(clerk, rows):
    power_list = PowerListFactory()
    result = staging.read_for(power_list, data=workbook(rows), file_name="清单.xlsx")
    batch, _fresh = staging.stage(
        power_list=power_list,
        result=result,
        actor=clerk,
        at=datetime(2026, 3, 1, 1, tzinfo=UTC),
        effective_on=date(2026, 3, 1),
    )
    return batch


def test_what_is_said_of_many_rows_stands_once_and_what_is_rare_stands_first(clerk):
    missing = [item(n) for n in range(1, 31)]
    batch = staged(clerk, [HEAD, *missing[:10], item(99, LAW), *missing[10:], ["合计", "", "共 40 项"]])
    rare, common = remarks_of(batch)
    assert "合计" in rare.message
    assert rare.count == 1
    assert common.count == 30
    assert common.places == ["2–11", "13–32"]


def test_places_beyond_a_dozen_are_folded_away(clerk):
    rows = [item(n, LAW if n % 2 else "") for n in range(1, 41)]
    (remark,) = remarks_of(staged(clerk, [HEAD, *rows]))
    assert remark.count == 20
    assert remark.first == [str(row) for row in range(3, 27, 2)]
    assert remark.further == [str(row) for row in range(27, 43, 2)]


def test_the_page_says_it_once_and_gives_every_row_as_a_workbook(client, clerk):
    twin = item(1, LAW)
    batch = staged(clerk, [HEAD, item(1, LAW), twin, item(2), item(3)])
    client.force_login(clerk)
    page = client.get(reverse("import", args=[batch.pk])).content.decode()
    assert page.count("没有读出处罚依据") == 1
    assert "4–5" in page

    answer = client.get(reverse("import_rows", args=[batch.pk]))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == ("工作表", "行", "结果", "未采用的原因", "请核对", "内容")
    assert len(rows) == batch.rows_read
    assert [(row[1], row[2], row[3]) for row in rows][1:3] == [
        (2, "事项", None),
        (3, "未采用", "与前面的行重复"),
    ]
    assert "没有读出处罚依据" in rows[3][4]
    assert "对第2项行为的处罚" in rows[3][5]


def test_a_page_does_not_grow_with_the_faults_of_a_file(client, clerk):
    twins = [item(1, LAW) for _copy in range(250)]
    batch = staged(clerk, [HEAD, item(1, LAW), *twins])
    client.force_login(clerk)
    page = client.get(reverse("import", args=[batch.pk])).content.decode()
    assert page.count("与前面的行重复") == 199, "the heading is the first line that is not used"
    assert "每张表只显示前 200 行" in page


def test_who_may_not_see_the_lists_gets_no_rows(client, clerk):
    batch = staged(clerk, [HEAD, item(1)])
    client.force_login(OfficerFactory(roles=[]))
    assert client.get(reverse("import_rows", args=[batch.pk])).status_code in {403, 404}
