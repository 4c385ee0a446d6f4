"""What an item version is made of: situations, provisions with roles, codes, places; kept by the database."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from catalog.effective import Status
from catalog.models import (
    Action,
    Adjustment,
    Item,
    ItemCode,
    ItemProvision,
    ItemViolation,
    ListMembership,
    Provision,
    ProvisionVersion,
    Reason,
)
from catalog.selectors import items_by_number, memberships_of, version_in_force
from law.errors import RuleViolation
from tests.catalog.test_import import AT, HEAD, JULY, LATER, LAW, SPRING, load
from tests.factories.catalog import ItemFactory, ItemVersionFactory, ListMembershipFactory, PowerListFactory
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [OfficerFactory(name=name, roles=[Role.CATALOG_ADMIN]) for name in ("传达", "复核")]


def refused(action):
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        action()


def test_a_published_item_keeps_its_situations_one_by_one_and_its_provisions_by_role(people):
    head = ["序号", "事项名称", "违法行为", "违反条款", "处罚依据"]
    row = ["1", "对甲等行为的处罚", "（一）未清扫；（二）乱堆放；", "《某某市条例》第三条：不得乱堆放。", LAW]
    load([head, row], people)
    version = items_by_number("TEST", SPRING)["1"]
    assert [one.text.strip("；") for one in version.situations.all()] == ["未清扫", "乱堆放"]
    cited = {(one.role, one.provision.article) for one in version.citations.select_related("provision")}
    assert cited == {("obligation", "第三条"), ("penalty", "第九条")}
    text = ProvisionVersion.objects.get(provision__article="第九条")
    assert (text.text, text.status) == ("处一千元以上五千元以下罚款。", Status.PUBLISHED)


@pytest.mark.parametrize(
    ("name", "role"),
    [("对甲的行政处罚", "penalty"), ("对甲的行政强制", "coercion"), ("对甲的检查", "inspection")],
)
def test_a_basis_is_cited_as_what_the_power_is(people, name, role):
    kinds = {"penalty": "行政处罚", "coercion": "行政强制", "inspection": "行政检查"}
    load(
        [["序号", "事项名称", "权力类型", "实施依据"], ["1", name, kinds[role], "《某某法》第九条：某文。"]],
        people,
    )
    assert role in {one.role for one in ItemProvision.objects.all()}


def test_parts_of_a_published_version_are_frozen_by_the_database(people):
    load([HEAD, ["1", "对甲的处罚", "水务局", LAW]], people)
    version = items_by_number("TEST", SPRING)["1"]
    situation, citation = version.situations.get(), version.citations.first()
    refused(lambda: ItemViolation.objects.create(version=version, order=9, text="添上的"))
    refused(lambda: ItemViolation.objects.update(text="改了的"))
    refused(situation.delete)
    refused(citation.delete)
    assert version.situations.get().text == "甲"
    draft = ItemVersionFactory(item=version.item, draft=True)
    assert ItemViolation.objects.create(version=draft, order=1, text="起草中")


def test_a_place_in_a_list_is_dated_known_and_frozen():
    row = ListMembershipFactory()
    refused(lambda: ListMembershipFactory(item=row.item, power_list=row.power_list))
    refused(lambda: ListMembership.objects.filter(pk=row.pk).update(field="别的领域"))
    refused(row.delete)
    august = datetime(2026, 8, 1, tzinfo=UTC)
    ListMembership.objects.filter(pk=row.pk).update(valid_to=JULY, closed_at=august)
    assert memberships_of(row.item, date(2026, 6, 30)) == [row]
    assert memberships_of(row.item, JULY) == []
    known_in_may = ListMembership.objects.in_force(JULY, datetime(2026, 5, 1, tzinfo=UTC))
    assert known_in_may.get() == row
    assert ListMembershipFactory(item=row.item, power_list=row.power_list, valid_from=JULY)


def test_an_item_carries_many_codes_and_one_code_never_names_two_items_at_once():
    one, two = ItemFactory(), ItemFactory()
    for scheme, code in (("basic", "000616001000"), ("local", "C1900100"), ("implementation", "1" * 31)):
        ItemCode.objects.create(item=one, scheme=scheme, code=code, valid_from=SPRING)
    refused(lambda: ItemCode.objects.create(item=two, code="000616001000", valid_from=JULY))
    ItemCode.objects.filter(code="000616001000").update(valid_to=JULY)
    later = ItemCode.objects.create(item=two, code="000616001000", valid_from=JULY)
    later.refresh_from_db()
    assert later.code == "000616001000"
    assert one.codes.count() == 3


@pytest.mark.parametrize(
    ("word", "standing"), [("暂停", "suspended"), ("取消", "cancelled"), ("在用", "in_use")]
)
def test_an_item_out_of_use_stands_in_its_list_and_founds_no_case(people, word, standing):
    load([[*HEAD, "状态"], ["1", "对甲的处罚", "水务局", LAW, word]], people)
    item = Item.objects.get()
    assert item.versions.get().standing == standing
    assert ListMembership.objects.in_force(SPRING).filter(item=item).exists()
    if standing == "in_use":
        assert version_in_force(item, SPRING)
    else:
        with pytest.raises(RuleViolation) as refusal:
            version_in_force(item, SPRING)
        assert refusal.value.code == "item_not_in_force"


def test_the_limits_of_an_item_are_kept_in_words_and_as_data(people):
    note = "限于水务工程；吊销许可证除外"
    load([[*HEAD, "备注", "实施范围"], ["1", "对甲的处罚", "水务局", LAW, note, "东街道、西街道"]], people)
    version = Item.objects.get().versions.get()
    assert version.scope_note == note
    assert version.scope == {
        "subject": ["水务工程"],
        "excluded_kinds": ["revoke_licence"],
        "area": ["东街道", "西街道"],
    }


def test_the_words_of_a_provision_are_kept_once_and_not_overwritten_by_a_list(people):
    load([HEAD, ["1", "对甲的处罚", "水务局", LAW]], people)
    load([HEAD, ["2", "对乙的处罚", "水务局", LAW.replace("五千", "六千")]], people, on=JULY, at=LATER)
    assert Provision.objects.count() == 1
    assert ProvisionVersion.objects.get().text.endswith("五千元以下罚款。")


def test_a_published_adjustment_needs_its_document_and_is_frozen():
    values = {
        "action": Action.CANCEL,
        "document": "县政发〔2026〕3号",
        "decided_on": SPRING,
        "effective_on": JULY,
        "reason": Reason.LAW,
        "explanation": "上位法修改",
        "drafted_at": AT,
        "drafted_by_id": 1,
        "status": Status.PUBLISHED,
    }
    refused(lambda: Adjustment.objects.create(**{**values, "document": ""}))
    refused(lambda: Adjustment.objects.create(**values, published_by_id=1))
    made = Adjustment.objects.create(**values, published_by_id=2, power_list=PowerListFactory())
    refused(lambda: Adjustment.objects.filter(pk=made.pk).update(explanation="另一个原因"))
    refused(made.delete)
