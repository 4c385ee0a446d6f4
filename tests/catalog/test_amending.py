"""Amendments of articles on their pages and over REST: drafted by one, published by another."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from audit.models import Event
from catalog.models import ItemVersion, Provision, ProvisionVersion, StatuteVersion
from tests.catalog.test_import import HEAD, LAW, load
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
VALUES = {
    "text": "处九千元罚款。",
    "document": "省人大常委会公告第5号",
    "edition": "2026年修正",
    "published_on": "2026-05-20",
    "effective_on": "2026-07-01",
}


@pytest.fixture
def people():
    CountyFactory()
    return [OfficerFactory(roles=[Role.CATALOG_ADMIN, Role.LEGAL_DEPARTMENT]) for _person in range(2)]


@pytest.fixture
def provision(people):
    load([HEAD, *([str(n), f"对第{n}种行为的处罚", "水务局", LAW] for n in range(1, 4))], people)
    return Provision.objects.get(article="第九条")


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_article_is_found_amended_and_published_on_pages_by_two_people(client, people, provision):
    client.force_login(people[0])
    assert reverse("provisions") in page(client, "amendments")
    assert reverse("provision", args=[provision.pk]) in page(client, "provisions", q="第九条")
    assert "没有符合的条款" in page(client, "provisions", q="第九条 无此法")
    assert "处一千元以上五千元以下罚款" in page(client, "amendment_new", provision.pk)
    answer = client.post(reverse("amendment_new", args=[provision.pk]), VALUES)
    draft = ProvisionVersion.objects.get(status="draft")
    assert answer.url == reverse("amendment", args=[draft.pk])
    html = page(client, "amendment", draft.pk)
    assert "起草的人不能自己发布" in html
    assert "修改的影响" in html
    client.post(answer.url, {"act": "publish"})
    draft.refresh_from_db()
    assert draft.status == "draft"

    client.force_login(people[1])
    html = page(client, "amendment", draft.pk)
    assert "处一千元以上五千元以下罚款" in html
    assert "对第1种行为的处罚" in html
    client.post(answer.url, {"act": "publish"})
    assert ItemVersion.objects.filter(fine_max=9000).count() == 3
    assert StatuteVersion.objects.get().edition == "2026年修正"
    assert "省人大常委会公告第5号" in page(client, "provision", provision.pk)
    assert "省人大常委会公告第5号" in page(client, "amendments")
    told = Event.objects.filter(chain=f"catalog:provision:{provision.pk}").order_by("seq")
    assert [(event.verb, event.actor_id) for event in told] == [
        ("catalog.amendment_drafted", people[0].pk),
        ("catalog.amendment_published", people[1].pk),
    ]


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"document": ""}, 422, "公布文件"),
        ({"text": "处一千元以上五千元以下罚款。"}, 409, "新条文与现行条文完全相同"),
        ({"published_on": "2026-08-01"}, 409, "施行日期早于公布日期"),
    ],
)
def test_an_amendment_that_cannot_be_is_told_and_nothing_is_drafted(
    client, people, provision, change, status, words
):
    client.force_login(people[0])
    answer = client.post(reverse("amendment_new", args=[provision.pk]), {**VALUES, **change})
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not ProvisionVersion.objects.filter(status="draft").exists()


def test_who_may_only_look_amends_nothing_and_sees_the_items_alone(client, people, provision):
    client.force_login(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    html = page(client, "provision", provision.pk)
    assert "引用这一条的事项" in html
    assert client.post(reverse("amendment_new", args=[provision.pk]), VALUES).status_code == 403
    assert not ProvisionVersion.objects.filter(status="draft").exists()


def test_over_rest_an_amendment_is_listed_given_up_and_stays_in_the_history(people, provision):
    clients = [APIClient() for _person in people]
    for one, person in zip(clients, people, strict=True):
        one.force_authenticate(person)
    found = clients[0].get("/api/v1/provisions/", {"q": "第九条"}).json()
    assert [row["id"] for row in found] == [provision.pk]
    made = clients[0].post(f"/api/v1/provisions/{provision.pk}/", VALUES, format="json").json()
    assert (made["edition"], made["published_on"]) == ("2026年修正", "2026-05-20")
    answer = clients[1].post(f"/api/v1/amendments/{made['id']}/discard/")
    assert answer.json()["status"] == "discarded"
    again = clients[1].post(f"/api/v1/amendments/{made['id']}/publish/")
    assert (again.status_code, again.json()["code"]) == (409, "version_not_draft")
    assert [row["id"] for row in clients[0].get("/api/v1/amendments/").json()] == [made["id"]]
    assert not ItemVersion.objects.filter(fine_max=9000).exists()
