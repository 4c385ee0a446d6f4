"""Pages of adjustments: drafted on one, published on another by a second person."""

import pytest
from django.urls import reverse

from catalog.models import Adjustment, ItemVersion
from tests.factories.catalog import ItemFactory, ListMembershipFactory
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
VALUES = {
    "action": "suspend",
    "document": "县政发〔2026〕8号",
    "decided_on": "2026-02-01",
    "effective_on": "2026-07-01",
    "reason": "capacity",
    "explanation": "暂无承接能力",
    "numbers": "1、2",
}


@pytest.fixture
def people():
    CountyFactory()
    return [OfficerFactory(roles=[Role.CATALOG_ADMIN]) for _person in range(2)]


@pytest.fixture
def listed(people):
    first, _second = (ListMembershipFactory(item=ItemFactory(), number=str(n)) for n in (1, 2))
    return first.power_list


def test_an_adjustment_is_drafted_and_published_by_two_people(client, people, listed):
    client.force_login(people[0])
    assert client.get(reverse("adjustment_new")).status_code == 200
    answer = client.post(reverse("adjustment_new"), {**VALUES, "source_list": listed.pk})
    made = Adjustment.objects.get()
    assert answer.url == reverse("adjustment", args=[made.pk])
    assert "起草的人不能自己发布" in client.get(answer.url).content.decode()
    client.post(answer.url, {"act": "publish"})
    assert not ItemVersion.objects.filter(standing="suspended").exists()
    client.force_login(people[1])
    assert "核对无误，发布" in client.get(answer.url).content.decode()
    client.post(answer.url, {"act": "publish"})
    assert ItemVersion.objects.filter(standing="suspended").count() == 2
    assert "县政发〔2026〕8号" in client.get(reverse("adjustments")).content.decode()


def test_an_item_that_is_not_found_or_a_plan_that_says_too_little_is_told_at_its_place(
    client, people, listed
):
    client.force_login(people[0])
    answer = client.post(reverse("adjustment_new"), {**VALUES, "source_list": listed.pk, "numbers": "1,77"})
    assert answer.status_code == 422
    assert "没有找到：77" in answer.content.decode()
    values = {**VALUES, "source_list": listed.pk, "action": "transfer"}
    answer = client.post(reverse("adjustment_new"), values)
    assert answer.status_code == 409
    assert "划入的部门" in answer.content.decode()
    assert not Adjustment.objects.exists()


def test_who_may_only_look_drafts_nothing(client, people):
    client.force_login(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    assert client.get(reverse("adjustments")).status_code == 200
    assert client.post(reverse("adjustment_new"), VALUES).status_code == 403
