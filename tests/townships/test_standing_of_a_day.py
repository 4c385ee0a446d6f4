"""A grant is told as it stands on the day asked: what is on record for later stands beside it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from audit.models import Event
from law.errors import RuleViolation
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, OfficerFactory
from townships.models import AuthorityGrant, GrantBatch, GrantStatus, Suspension
from townships.roles import Role
from townships.selectors import grants_listed, handed_on
from townships.services import lifecycle
from townships.views.standing import in_a_line

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
LATER = date(2026, 3, 10)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def today(freeze):
    freeze("2026-03-02 12:00")


@pytest.fixture
def reader(county_seat):
    return OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])


def noon(day):
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def suspended(lawyer, item, *, first=LATER, last=None, **terms):
    """A grant suspended on 2 March from a day on; resumed at once where its last day is known."""
    grant = AuthorityGrantFactory(items=[item], **terms)
    lifecycle.suspend_grant(grant=grant, suspended_from=first, reason="评估", actor=lawyer, at=noon(DAY))
    if last:
        lifecycle.resume_grant(grant=grant, last_day=last, actor=lawyer, at=noon(DAY))
    return grant


def told(grant, on):
    return in_a_line(grants_listed(on).get(pk=grant.pk))


@pytest.mark.parametrize(
    ("last", "on", "words", "items"),
    [
        (None, DAY, "有效 · 自 2026-03-10 起中止", 1),
        (None, LATER - ONE_DAY, "有效 · 自 2026-03-10 起中止", 1),
        (None, LATER, "已中止", 0),
        (date(2026, 3, 20), DAY, "有效 · 2026-03-10 至 2026-03-20 中止", 1),
        (date(2026, 3, 20), LATER, "已中止 · 至 2026-03-20", 0),
        (date(2026, 3, 20), date(2026, 3, 20), "已中止 · 至 2026-03-20", 0),
        (date(2026, 3, 20), date(2026, 3, 21), "有效", 1),
    ],
)
def test_a_suspension_is_told_on_its_days_and_announced_before(last, on, words, items, item, lawyer):
    grant = suspended(lawyer, item, last=last)
    assert told(grant, on) == words
    row = grants_listed(on).get(pk=grant.pk)
    assert (row.item_count, row.item_total) == (items, 1)
    assert handed_on(on).filter(grant=grant).count() == items


def test_it_is_announced_in_english(item, lawyer):
    with translation.override("en"):
        assert told(suspended(lawyer, item), DAY) == "Valid · Suspended from 2026-03-10"
        bounded = suspended(lawyer, item, last=date(2026, 3, 20), holder=BodyFactory())
        assert told(bounded, DAY) == "Valid · Suspended from 2026-03-10 to 2026-03-20"
        assert told(bounded, LATER) == "Suspended · Until 2026-03-20"


def test_list_page_batch_and_rest_say_the_same(item, lawyer, reader, sign_in, today):
    batch = GrantBatch.objects.create(name="第一批", document="青政发〔2026〕1号", effective_on=DAY)
    grant = suspended(lawyer, item, batch=batch)
    client = sign_in(reader)
    for address in (
        reverse("agreements"),
        reverse("grant", args=[grant.pk]),
        reverse("grant_batch", args=[batch.pk]),
    ):
        page = client.get(address).content.decode()
        assert "自 2026-03-10 起中止" in page, address
    (row,) = client.get(reverse("api_grants")).json()
    shown = client.get(reverse("api_grant", args=[grant.pk])).json()["grant"]
    for answer in (row, shown):
        assert (answer["status"], answer["suspended_from"], answer["suspended_to"]) == (
            "in_force",
            "2026-03-10",
            None,
        )
    (row,) = client.get(reverse("api_grants"), {"date": "2026-03-10"}).json()
    assert (row["status"], row["item_count"], row["item_total"]) == ("suspended", 0, 1)
    asked_late = client.get(f"{reverse('agreements')}?on=2026-03-10").context["listed"]
    assert [standing for _grant, standing in asked_late] == [[("已中止", "amber")]]


@pytest.mark.parametrize(("on", "state"), [("2026-03-02", "in_force"), ("2026-03-10", "suspended")])
def test_both_filters_find_by_the_state_of_the_day(on, state, item, lawyer, reader, sign_in, today):
    grant = suspended(lawyer, item)
    client = sign_in(reader)
    for asked in ("in_force", "suspended"):
        found = [grant] if asked == state else []
        page = client.get(reverse("agreements"), {"on": on, "status": asked})
        assert page.context["page"].object_list == found
        rows = client.get(reverse("api_grants"), {"date": on, "status": asked}).json()
        assert [row["id"] for row in rows] == [row.pk for row in found]


def test_a_second_suspension_is_refused_by_the_day_of_the_first_and_not_as_one_that_runs(item, lawyer):
    grant = suspended(lawyer, item)
    with pytest.raises(RuleViolation, match="已登记自 2026-03-10 起的中止") as refused:
        lifecycle.suspend_grant(grant=grant, suspended_from=DAY, reason="评估", actor=lawyer, at=noon(DAY))
    assert refused.value.code == "suspension_overlaps"
    assert (Suspension.objects.count(), Event.objects.filter(verb="grant_suspended").count()) == (1, 1)


@pytest.mark.parametrize(
    ("terms", "on", "words"),
    [
        ({"status": GrantStatus.DRAFT}, DAY, "起草中"),
        ({"published_by_holder_on": None, "status": GrantStatus.SIGNED}, DAY, "已签署"),
        ({"valid_from": LATER, "status": GrantStatus.PUBLISHED}, DAY, "已公布 · 自 2026-03-10 生效"),
        ({"valid_from": LATER, "status": GrantStatus.PUBLISHED}, LATER, "有效"),
        ({"valid_to": DAY}, DAY, "有效"),
        ({"valid_to": DAY}, DAY + ONE_DAY, "已届满"),
        ({"valid_to": DAY, "status": GrantStatus.EXPIRED}, DAY, "有效"),
        ({"revoked_on": LATER, "status": GrantStatus.REVOKED}, DAY, "有效 · 自 2026-03-10 撤销"),
        ({"revoked_on": LATER, "status": GrantStatus.REVOKED}, LATER, "已撤销"),
        ({"own": True, "valid_from": LATER}, DAY, "已公布 · 自 2026-03-10 生效"),
        ({"own": True}, DAY, "有效"),
        ({"empowered": True}, DAY, "有效"),
        ({"full_procedure": True, "reviewed_on": date(2025, 1, 1), "status": "published"}, DAY, "已公布"),
    ],
)
def test_a_grant_is_told_by_its_dates_and_not_by_the_last_turn_of_the_day(terms, on, words, item):
    assert told(AuthorityGrantFactory(items=[item], **terms), on) == words


def test_a_suspension_that_a_revocation_forestalls_is_not_announced(item, lawyer):
    grant = suspended(lawyer, item)
    lifecycle.revoke_grant(
        grant=grant, revoked_on=date(2026, 3, 5), reason="调整", actor=lawyer, at=noon(DAY)
    )
    assert told(grant, DAY) == "有效 · 自 2026-03-05 撤销"


@pytest.mark.parametrize(("on", "count"), [("2026-03-02", 2), ("2026-03-04", 2), ("2026-03-05", 1)])
def test_an_item_withdrawn_from_a_later_day_counts_until_then(
    on, count, new_item, lawyer, reader, sign_in, freeze
):
    grant = AuthorityGrantFactory(items=[new_item(), new_item()])
    lifecycle.withdraw_item(
        row=grant.items.first(), withdrawn_on=date(2026, 3, 5), reason="零使用", actor=lawyer, at=noon(DAY)
    )
    freeze(f"{on} 12:00")
    client = sign_in(reader)
    (listed,) = client.get(reverse("agreements")).context["page"].object_list
    assert listed.item_count == count
    asked = client.get(f"{reverse('agreements')}?on=2026-03-04")
    assert [row.item_count for row in asked.context["page"].object_list] == [2]
    assert "2026年3月4日的有效事项和状态" in asked.content.decode()
    assert f"今日有效 {count} 项，共 2 项" in client.get(reverse("grant", args=[grant.pk])).content.decode()
    (row,) = client.get(reverse("api_grants")).json()
    assert (row["item_count"], row["item_total"]) == (count, 2)
    (row,) = client.get(reverse("api_grants"), {"date": "2026-03-04"}).json()
    assert row["item_count"] == 2


def test_counts_add_up_to_the_matrix_of_the_day(new_item, township, department, reader, sign_in, today):
    lost = new_item()
    AuthorityGrantFactory(own=True, holder=department, items=[lost], valid_to=DAY - ONE_DAY)
    AuthorityGrantFactory(principal=department, holder=township, items=[lost, new_item(), new_item()])
    AuthorityGrantFactory(principal=department, holder=township, items=[new_item()], status=GrantStatus.DRAFT)
    AuthorityGrantFactory(
        principal=department, holder=township, items=[new_item()], valid_to=DAY - ONE_DAY, status="expired"
    )
    answer = sign_in(reader).get(
        reverse("agreements"), {"on": str(DAY), "department": department.pk, "township": township.pk}
    )
    rows = answer.context["page"].object_list
    assert sum(row.item_count for row in rows) == answer.context["grand_total"] == 2
    assert AuthorityGrant.objects.count() == 4


def test_the_file_tells_its_day(item, lawyer, reader, sign_in, today):
    suspended(lawyer, item)
    response = sign_in(reader).get(f"{reverse('agreements')}?export=csv")
    head, row = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    told_of = dict(zip(head.split(","), row.split(","), strict=True))
    assert told_of["有效事项数"] == told_of["事项总数"] == "1"
    assert told_of["状态"] == "有效 · 自 2026-03-10 起中止"
    assert told_of["状态日期"] == "2026-03-02"
