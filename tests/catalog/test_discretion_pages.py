"""Benchmarks, exemptions and guides: drafted from the published sheet, published by a second person."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from catalog import drafts
from catalog.discretion import services
from catalog.discretion.schemes import calculate, grades_of, warnings_of
from catalog.guides import draft_guide, guide_in_force
from catalog.models import DiscretionTable, ExemptionRule, ItemGuide
from catalog.selectors import tables_of, version_in_force
from law.errors import RuleViolation
from tests.catalog.workbooks import workbook
from tests.factories.catalog import DiscretionTableFactory, ItemFactory
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
AT = datetime(2026, 3, 1, 1, tzinfo=UTC)
GRADES = "\n".join(
    [
        "裁量阶次\t适用条件\t处罚标准",
        "情节轻微\t违法行为轻微并及时改正的。\t不予处罚。",
        "情节较轻\t第一次被处罚的。\t处一千元罚款。",
        "情节严重\t具有下列情形之一：（1）第三次及以上被处罚的；（2）威胁工作人员；（3）扰乱秩序。\t处五千元罚款。",
    ]
)
WEIGHTS = "\n".join(
    [
        "裁量要素|情形|权重",
        "裁量起点||20%",
        "建设项目地点|一般区域|0%",
        "建设项目地点|限批区或环境敏感区|6%",
        "建设情况|基础建设阶段|0%",
        "建设情况|设备安装阶段|5%",
    ]
)
CELLS = "\n".join(
    [
        "违法程度|区域|罚款|处罚对象",
        "未投入生产|一般区域|50万元以上57万元以下|",
        "未投入生产|一般区域|5万元以上12万元以下|直接负责的主管人员",
        "已投入生产|一般区域|120万元以上128万元以下|",
    ]
)


@pytest.fixture(autouse=True)
def county():
    CountyFactory()


@pytest.fixture
def item():
    return ItemFactory()


@pytest.fixture
def admins():
    return OfficerFactory(name="录入", roles=[Role.CATALOG_ADMIN]), OfficerFactory(
        name="复核", roles=[Role.CATALOG_ADMIN]
    )


def drafted(client, admins, item, name, **values):
    client.force_login(admins[0])
    sent = {"effective_on": "2026-03-01", "source": "县府办〔2026〕3号", **values}
    return client.post(reverse(name, args=[item.pk]), sent)


def published(client, admins, item, kind, row):
    client.force_login(admins[1])
    return client.post(reverse("draft_act", args=[item.pk, kind, row.pk]), {"act": "publish"})


def benchmark(client, admins, item, shape, rows, **values):
    answer = drafted(
        client, admins, item, "benchmark_new", title=f"裁量基准{shape}", shape=shape, rows=rows, **values
    )
    assert answer.status_code == 302, answer.content.decode()
    table = DiscretionTable.objects.get(item=item, shape=shape)
    assert published(client, admins, item, "benchmark", table).status_code == 302
    (found,) = [one for one in tables_of(item, ON) if one.pk == table.pk]
    return found


def test_f009_a_benchmark_pasted_from_its_sheet_is_published_by_a_second_person(client, admins, item):
    table = benchmark(client, admins, item, "grades", GRADES)
    assert [(b.grade, b.fine_min, b.no_penalty) for b in table.bands.all()] == [
        ("情节轻微", None, True),
        ("情节较轻", Decimal(1000), False),
        ("情节严重", Decimal(5000), False),
    ]
    version = version_in_force(item, ON)
    found = calculate(table, version, chosen=frozenset({"g3.2"}), quantity=Decimal(1))
    assert found.main.range.low == Decimal(5000)
    verbs = Event.objects.filter(chain=f"catalog:item:{item.pk}").order_by("seq")
    assert list(verbs.values_list("verb", "actor_id")) == [
        ("catalog.benchmark_drafted", admins[0].pk),
        ("catalog.attachment_published", admins[1].pk),
    ]


def test_f015_whoever_drafted_may_not_publish(client, admins, item):
    drafted(client, admins, item, "benchmark_new", title="甲", shape="grades", rows=GRADES)
    table = DiscretionTable.objects.get(item=item)
    with pytest.raises(RuleViolation) as refusal:
        drafts.publish(row=table, actor=admins[0], at=AT)
    assert refusal.value.code == "second_person_required"
    client.post(reverse("draft_act", args=[item.pk, "benchmark", table.pk]), {"act": "publish"})
    assert tables_of(item, ON) == []


def test_weights_with_their_base_and_rate(client, admins, item):
    table = benchmark(
        client, admins, item, "weights", WEIGHTS, base_name="建设项目总投资额", rate="5", floor="22"
    )
    version = version_in_force(item, ON)
    found = calculate(table, version, chosen=frozenset({"f1.2", "f2.2"}), quantity=Decimal(10_000_000))
    # 20+6+5 = 31 %; of 10,000,000 × 5 % = 155,000.
    assert found.main.range.low == Decimal(155000)
    least = calculate(table, version, chosen=frozenset({"f1.1", "f2.1"}), quantity=Decimal(10_000_000))
    assert least.main.range.low == Decimal(110000)


def test_a_table_of_several_axes_with_a_fine_for_the_person(client, admins, item):
    table = benchmark(client, admins, item, "cells", CELLS)
    found = calculate(
        table, version_in_force(item, ON), chosen=frozenset({"a1.1", "a2.1"}), quantity=Decimal(1)
    )
    assert [(one.target, one.range.high) for one in found.found] == [
        ("", Decimal(570000)),
        ("直接负责的主管人员", Decimal(120000)),
    ]


def test_a_sheet_may_be_uploaded_and_a_template_downloaded(client, admins, item):
    client.force_login(admins[0])
    template = client.get(reverse("benchmark_template", args=["weights"]))
    assert template.status_code == 200
    assert b"".join(template.streaming_content)[:2] == b"PK"
    data = workbook([line.split("|") for line in WEIGHTS.splitlines()])
    upload = SimpleUploadedFile("权重.xlsx", data)
    table = benchmark(client, admins, item, "weights", "", base="1000000", file=upload)
    found = calculate(
        table, version_in_force(item, ON), chosen=frozenset({"f1.2", "f2.1"}), quantity=Decimal(1)
    )
    assert found.main.range.low == Decimal(260000)


@pytest.mark.parametrize(
    ("shape", "rows"),
    [
        ("grades", "裁量阶次\t适用条件\n情节较轻\t第一次"),
        ("grades", "裁量阶次\t适用条件\t处罚标准\n情节较轻\t第一次\t从轻"),
        ("weights", "裁量要素|情形|权重\n地点|一般区域|"),
        ("weights", WEIGHTS),
        ("cells", "罚款\n1万元"),
        ("default", "下限|上限\n十|二十"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_refused_with_its_row(client, admins, item, shape, rows):
    answer = drafted(client, admins, item, "benchmark_new", title="甲", shape=shape, rows=rows)
    assert answer.status_code == 409
    assert not DiscretionTable.objects.exists()
    assert not Event.objects.filter(verb="catalog.benchmark_drafted").exists()


def test_a_new_version_ends_the_one_before_and_alters_nothing_decided_on_it(client, admins, item):
    first = benchmark(client, admins, item, "grades", GRADES)
    bands = list(first.bands.values_list("grade", "fine_min"))
    answer = drafted(
        client,
        admins,
        item,
        "benchmark_new",
        title=first.title,
        shape="grades",
        rows=GRADES.replace("五千", "四千"),
        effective_on="2026-06-01",
    )
    assert answer.status_code == 302
    second = DiscretionTable.objects.get(item=item, status="draft")
    published(client, admins, item, "benchmark", second)
    assert [table.pk for table in tables_of(item, ON)] == [first.pk]
    assert [table.pk for table in tables_of(item, date(2026, 6, 1))] == [second.pk]
    assert list(first.bands.values_list("grade", "fine_min")) == bands


def test_a_band_below_its_statute_is_warned_about_on_the_page(client, admins):
    item = ItemFactory(version={"fine_min": Decimal(2000), "fine_max": Decimal(5000)})
    table = DiscretionTableFactory(item=item)
    (warning,) = warnings_of(table, version_in_force(item, ON))
    assert "1000元超出法定幅度2000元以上5000元以下" in warning.zh
    client.force_login(admins[0])
    assert "超出法定幅度" in client.get(reverse("item", args=[item.pk])).content.decode()


def test_bands_that_share_a_grade_are_read_as_alternatives():
    table = DiscretionTableFactory(
        item=ItemFactory(), bands=(("1", "甲", 1, 2), ("2", "乙", 2, 3), ("2", "丙", 2, 3), ("3", "丁", 3, 4))
    )
    grades = grades_of(list(table.bands.all()))
    assert [(row["name"], [one["text"] for one in row["options"]]) for row in grades] == [
        ("1", ["甲"]),
        ("2", ["乙", "丙"]),
        ("3", ["丁"]),
    ]


def test_f110_the_calculator_page_shows_range_derivation_and_exemption(client, admins, item):
    table = benchmark(client, admins, item, "grades", GRADES)
    drafted(
        client,
        admins,
        item,
        "exemption_new",
        kind="first",
        conditions="初次违法\n及时改正",
        needs_all="on",
        document="县首违清单",
    )
    rule = ExemptionRule.objects.get(item=item)
    published(client, admins, item, "exemption", rule)
    url = reverse("item_calculator", args=[item.pk])
    ticked = {"c": [f"{table.pk}:g3.1", f"x{rule.pk}:0"], "on": "2026-03-02"}
    html = client.get(url, ticked).content.decode()
    assert "罚款5000元" in html
    assert "法定幅度1000元以上5000元以下" in html
    assert "可以不予处罚" not in html
    ticked["c"].append(f"x{rule.pk}:1")
    assert "可以不予处罚" in client.get(url, ticked).content.decode()
    assert client.get(url, {"quantity": "NaN", "c": "x:y"}).status_code == 200


def test_f110_the_calculator_over_rest(client, admins, item):
    table = benchmark(client, admins, item, "grades", GRADES)
    url = reverse("api-item-calculate", args=[item.pk])
    answer = client.post(url, {"circumstances": [f"{table.pk}:g2.1"]}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    (found,) = answer.json()["tables"]
    assert found["calculation"]["found"][0]["low"] == "1000.00"
    asked = client.get(reverse("api-item-benchmarks", args=[item.pk])).json()
    assert asked[0]["groups"][1]["options"] == [{"value": f"{table.pk}:g2.1", "text": "第一次被处罚的。"}]


def test_f012_a_guide_is_versioned(client, admins, item):
    parts = {"elements": "占用道路\n未经批准", "evidence": "现场照片", "questions": "是否经过批准？"}
    assert drafted(client, admins, item, "guide_new", **parts).status_code == 302
    guide = ItemGuide.objects.get(item=item)
    assert guide_in_force(item, ON) is None
    published(client, admins, item, "guide", guide)
    assert guide_in_force(item, ON).elements == ["占用道路", "未经批准"]
    later = draft_guide(
        item=item,
        parts={"elements": ["新"]},
        effective_on=date(2026, 5, 1),
        source="修订",
        actor=admins[0],
        at=AT,
    )
    drafts.publish(row=later, actor=admins[1], at=AT)
    assert guide_in_force(item, ON).pk == guide.pk
    assert guide_in_force(item, date(2026, 5, 1)).pk == later.pk
    assert "占用道路" in client.get(reverse("item", args=[item.pk]), {"on": "2026-03-02"}).content.decode()


def test_two_drafts_of_one_kind_do_not_wait_beside_each_other(item, admins):
    form = {"item": item, "kind": "minor", "conditions": ["甲"], "needs_all": True, "document": "清单"}
    more = {"effective_on": ON, "source": "", "actor": admins[0], "at": AT}
    first = services.draft_exemption(**form, **more)
    with pytest.raises(RuleViolation):
        services.draft_exemption(**form, **more)
    drafts.discard(row=first, actor=admins[1], at=AT)
    assert services.draft_exemption(**form, **more).pk


@pytest.mark.parametrize("name", ["benchmark_new", "exemption_new", "guide_new"])
def test_drafting_is_the_administrators(client, item, name):
    client.force_login(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    assert client.get(reverse(name, args=[item.pk])).status_code == 403
    client.force_login(OfficerFactory(roles=[Role.CATALOG_ADMIN]))
    assert client.get(reverse(name, args=[item.pk])).status_code == 200
