"""Overlap and gap, transfers of whole areas, and notices that follow an item to its holder."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from audit.models import Event
from catalog.models import ItemNotice, NoticeReceipt
from desk.models import Notice
from law.errors import RuleViolation
from tests.factories.catalog import ItemFactory, ListMembershipFactory, PowerListFactory
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, CountyFactory, OfficerFactory
from townships.coverage import coverage
from townships.models import AuthorityGrant, Mode
from townships.roles import Role
from townships.selectors import authority_for
from townships.selectors.item_notices import owed_by
from townships.services.item_notices import issue_notice, read_notice, tell_holders
from townships.services.transfers import Transfer, confirm_transfer, draft_transfer

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
LATER = date(2026, 7, 1)
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def county():
    return CountyFactory()


@pytest.fixture
def legal():
    return OfficerFactory(body=None, roles=[Role.LEGAL_DEPARTMENT])


@pytest.fixture
def second():
    return OfficerFactory(body=None, roles=[Role.LEGAL_DEPARTMENT])


def power(holder, items, **more):
    return AuthorityGrantFactory(own=True, holder=holder, items=items, **more)


def test_f005_overlap_and_gap_are_empty_where_each_item_has_one_body():
    item, other = ItemFactory(), ItemFactory()
    BodyFactory(), BodyFactory()
    power(BodyFactory(department=True), [item, other])
    answer = coverage(on=ON, township=None, power_list=None)
    assert answer.rows == []
    assert [one.value for one in answer.figures] == [4, 4, 0, 0]


def test_f005_two_bodies_that_hold_one_item_are_listed_with_the_place():
    item, orphan = ItemFactory(), ItemFactory()
    place = BodyFactory()
    one, two = BodyFactory(department=True), BodyFactory(department=True)
    power(one, [item])
    power(two, [item])
    rows = coverage(on=ON, township=place, power_list=None).rows
    assert [(row.item_id, row.outcome, row.townships) for row in rows] == [
        (item.pk, "重叠", place.short_name),
        (orphan.pk, "空档", place.short_name),
    ]
    assert set(rows[0].bodies.split("、")) == {one.name, two.name}


def test_a_gap_stands_once_with_all_its_townships_and_an_overlap_before_it():
    orphan, held = ItemFactory(), ItemFactory()
    first, second, third = BodyFactory(), BodyFactory(), BodyFactory()
    for body in (BodyFactory(department=True), BodyFactory(department=True)):
        power(body, [held])
    AuthorityGrantFactory(empowered=True, holder=first, items=[orphan])
    rows = coverage(on=ON, township=None, power_list=None).rows
    assert [(row.item_id, row.outcome, row.townships) for row in rows] == [
        (held.pk, "重叠", "全部 3 个"),
        (orphan.pk, "空档", f"{second.short_name}、{third.short_name}"),
    ]


def test_an_empowered_township_is_the_one_body_of_its_place():
    item = ItemFactory()
    home, away = BodyFactory(), BodyFactory()
    power(BodyFactory(department=True), [item])
    AuthorityGrantFactory(empowered=True, holder=home, items=[item])
    assert coverage(on=ON, township=None, power_list=None).figures[1].value == 2
    listed = PowerListFactory(code="X", kind="township")
    assert coverage(on=ON, township=away, power_list=listed).figures[0].value == 0


@pytest.fixture
def areas():
    """Six items in three areas of one list, held by two departments."""
    power_list = PowerListFactory(code="ZH", kind="comprehensive")
    items = [
        ItemFactory(version={"domain": name}) for name in ("市容", "市容", "绿化", "绿化", "供水", "供水")
    ]
    for item in items:
        ListMembershipFactory(item=item, power_list=power_list, kind="comprehensive")
    power(BodyFactory(department=True), items)
    return power_list, items


def transfer(power_list, receiver, **more):
    values = {
        "power_list": power_list,
        "areas": ["市容", "绿化"],
        "receiver": receiver,
        "effective_on": LATER,
        "document": "县府〔2026〕9号",
        "legal_basis": "行政处罚法第十八条",
        "expected_count": 4,
        **more,
    }
    return Transfer(**values)


def test_f003_a_transfer_moves_whole_areas_from_its_day_on(areas, legal, second):
    power_list, items = areas
    bureau, place = BodyFactory(bureau=True), BodyFactory()
    before = authority_for(item=items[0], township=place, on=LATER).handler_id
    grant = draft_transfer(transfer=transfer(power_list, bureau), actor=legal, at=AT)
    assert authority_for(item=items[0], township=place, on=LATER).handler_id == before
    with pytest.raises(RuleViolation) as refusal:
        confirm_transfer(grant=grant, actor=legal, at=AT)
    assert refusal.value.code == "second_person_required"
    confirm_transfer(grant=grant, actor=second, at=AT)
    assert authority_for(item=items[0], township=place, on=date(2026, 6, 30)).handler_id == before
    assert authority_for(item=items[3], township=place, on=LATER).handler_id == bureau.pk
    assert authority_for(item=items[4], township=place, on=LATER).handler_id == before
    with pytest.raises(RuleViolation):
        confirm_transfer(grant=grant, actor=second, at=AT)
    verbs = Event.objects.filter(chain=grant.chain).order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["grant_drafted", "grant_entered_into_force"]


def test_a_transfer_with_another_count_than_announced_is_refused(areas, legal):
    power_list, _items = areas
    before = AuthorityGrant.objects.count()
    with pytest.raises(RuleViolation) as refusal:
        draft_transfer(
            transfer=transfer(power_list, BodyFactory(bureau=True), expected_count=382), actor=legal, at=AT
        )
    assert "382" in refusal.value.message
    assert AuthorityGrant.objects.count() == before


def test_the_page_and_the_endpoint_of_transfers(areas, legal, second, client):
    power_list, _items = areas
    bureau = BodyFactory(bureau=True)
    values = {
        "power_list": power_list.pk,
        "areas": ["市容", "绿化"],
        "expected_count": 4,
        "receiver": bureau.pk,
        "effective_on": "2026-07-01",
        "document": "县府〔2026〕9号",
        "legal_basis": "行政处罚法第十八条",
    }
    client.force_login(legal)
    offered = client.get(reverse("transfers")).content.decode()
    assert all(f'value="{area}"' in offered for area in ("市容", "绿化", "供水"))
    assert client.post(reverse("transfers"), {**values, "areas": ["没有的领域"]}).status_code == 422
    assert client.post(reverse("transfers"), {**values, "expected_count": 5}).status_code == 409
    assert client.post(reverse("transfers"), values).status_code == 302
    grant = AuthorityGrant.objects.get(mode=Mode.CONCENTRATED)
    own = client.post(reverse("api-transfer-confirm", args=[grant.pk]))
    assert (own.status_code, own.json()["code"]) == (409, "second_person_required")
    client.force_login(second)
    assert "核对无误，确认" in client.get(reverse("transfers")).content.decode()
    assert client.post(reverse("transfer_confirm", args=[grant.pk])).status_code == 302
    sent = {**values, "areas": ["供水"], "expected_count": 2, "document": "县府〔2026〕10号"}
    answer = client.post(reverse("api-transfers"), sent, content_type="application/json")
    assert (answer.status_code, answer.json()["items"]) == (201, 2)
    client.force_login(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    assert client.get(reverse("transfers")).status_code == 403


def issue(items, actor, **more):
    return issue_notice(
        kind="requirement",
        title="核对台账",
        body="月底前报送。",
        items=items,
        valid_from=ON,
        actor=actor,
        at=AT,
        **more,
    )


def test_f008_a_notice_follows_the_item_to_its_new_holder(areas, legal, second, login, freeze):
    """F008: when an item goes to another body, what is attached to it stands there, not yet read."""
    power_list, items = areas
    bureau = BodyFactory(bureau=True)
    old = AuthorityGrant.objects.get(mode=Mode.OWN).holder
    reader = OfficerFactory(body=old, roles=[Role.HEAD])
    notice = issue([items[0]], legal)
    assert Notice.objects.filter(recipient=reader, key=f"item-notice:{notice.pk}").exists()
    read_notice(notice=notice, body=old, actor=reader, at=AT)
    assert [row.is_read for row in owed_by(old, ON)] == [True]
    assert not owed_by(bureau, ON)
    confirm_transfer(
        grant=draft_transfer(transfer=transfer(power_list, bureau), actor=legal, at=AT), actor=second, at=AT
    )
    assert [(row.pk, row.is_read) for row in owed_by(bureau, LATER)] == [(notice.pk, False)]
    assert not owed_by(old, LATER)
    assert [row.pk for row in owed_by(old, date(2026, 6, 30))] == [notice.pk]
    taking = OfficerFactory(body=bureau, roles=[Role.HEAD], is_head=True)
    for _time in range(2):
        tell_holders(at=AT)
        assert not Notice.objects.filter(recipient=taking).exists()
    for _time in range(2):
        tell_holders(at=datetime(2026, 7, 1, 1, tzinfo=UTC))
        assert Notice.objects.filter(recipient=taking, key=f"item-notice:{notice.pk}").count() == 1
    assert Notice.objects.filter(recipient=reader).count() == 1
    freeze("2026-07-01 10:00")
    assert "未签收" in login(taking).get(reverse("item_notices")).content.decode()
    assert notice.title not in login(reader).get(reverse("item_notices")).content.decode()


def test_a_receipt_is_given_once_by_a_body_that_holds_the_item_and_stays(areas, legal):
    _list, items = areas
    old = AuthorityGrant.objects.get(mode=Mode.OWN).holder
    reader, stranger = OfficerFactory(body=old), OfficerFactory()
    notice = issue([items[0]], legal)
    with pytest.raises(RuleViolation):
        read_notice(notice=notice, body=stranger.body, actor=stranger, at=AT)
    first = read_notice(notice=notice, body=old, actor=reader, at=AT)
    assert read_notice(notice=notice, body=old, actor=reader, at=AT).pk == first.pk
    assert Event.objects.filter(verb="item_notice_read").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        NoticeReceipt.objects.update(officer_name="别人")


def test_a_notice_without_item_is_refused(legal):
    with pytest.raises(RuleViolation):
        issue([], legal)


def test_pages_and_endpoints_of_notices(areas, legal, client):
    _list, items = areas
    old = AuthorityGrant.objects.get(mode=Mode.OWN).holder
    client.force_login(legal)
    url = reverse("item_notice_new")
    assert client.get(url, {"items": items[0].pk}).status_code == 200
    values = {"kind": "notice", "title": "通知", "body": "内容", "valid_from": "2026-03-02"}
    assert "请至少选择一个事项" in client.post(url, values).content.decode()
    assert not ItemNotice.objects.exists()
    part = reverse("item_holders", args=[items[0].pk])
    assert f"{url}?items={items[0].pk}" in client.get(part).content.decode()
    answer = client.post(url, {**values, "items": [items[0].pk], "item": items[1].pk})
    assert set(ItemNotice.objects.get().items.values_list("pk", flat=True)) == {items[0].pk, items[1].pk}
    assert answer.status_code == 302
    page = answer["Location"]
    assert page in client.get(part).content.decode()
    told = {**values, "items": [items[5].pk]}
    listed = reverse("api-item-notices")
    assert client.post(listed, {**told, "items": []}, content_type="application/json").status_code == 400
    assert client.post(listed, told, content_type="application/json").status_code == 201
    client.force_login(OfficerFactory(body=old, roles=[Role.TOWNSHIP_OFFICER]))
    assert client.get(url).status_code == 403
    assert client.post(reverse("api-item-notices"), told, content_type="application/json").status_code == 403
    _posted, row = client.get(reverse("api-item-notices")).json()
    assert not row["is_read"]
    assert "签收" in client.get(page).content.decode()
    assert client.post(reverse("api-item-notice-read", args=[row["id"]])).status_code == 200
    assert client.post(reverse("item_notice_read", args=[row["id"]])).status_code == 302
    assert "已签收" in client.get(reverse("item_notices")).content.decode()
    client.force_login(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    assert client.post(reverse("api-item-notice-read", args=[row["id"]])).status_code == 409
