"""REST of authority and people."""

from datetime import date
from functools import partial

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.urls import reverse
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from desk import clock
from tests.factories.townships import (
    AuthorityGrantFactory,
    BodyFactory,
    OfficerFactory,
    PlaceFactory,
    RoleGrantFactory,
)
from townships.models import AuthorityGrant, BodyAlias, GrantPlace, GrantStatus, Officer
from townships.roles import Role

pytestmark = pytest.mark.django_db

LONG_NAME = "在商场、门店超出门、窗外墙摆卖、经营" * 5


@pytest.fixture(autouse=True)
def today(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def api(county_seat):
    def as_officer(officer):
        client = APIClient()
        client.force_authenticate(officer)
        return client

    return as_officer


@pytest.fixture
def reader(county_seat):
    return OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])


def test_authority_answers_who_in_whose_name_why_and_why_not(new_item, township, department, api, reader):
    item = new_item(code="330277001")
    AuthorityGrantFactory(own=True, holder=department, items=[item])
    grant = AuthorityGrantFactory(principal=department, holder=township, items=[item])
    for wish in ("330277001", str(item.uid), str(item.pk)):
        asked = {"item": wish, "township": township.pk, "date": "2026-03-02"}
        answer = api(reader).get(reverse("api_authority"), asked).json()
        assert answer["outcome"] == "decided"
        assert answer["handler"] == "江口镇人民政府"
        assert answer["name_on_documents"] == "青禾县农业农村局"
        assert answer["grant_id"] == grant.pk
        assert answer["number"] == grant.number
        assert "第二十条" in answer["article"]
        assert [row["code"] for row in answer["rejected"]] == ["delegated_on"]


@pytest.mark.parametrize("key", ["²", "9" * 5000, "-1", "1e3"])
def test_what_can_be_no_key_is_told_and_never_an_error(key, item, township, api, reader):
    client = api(reader)
    assert client.get(reverse("api_officers"), {"after": key}).status_code == 400
    asked = {"item": str(item.uid), "township": key}
    assert client.get(reverse("api_authority"), asked).status_code == 400
    assert client.get(reverse("api_authority"), {**asked, "item": key}).status_code == 400


def test_authority_knows_townships_by_name_and_takes_today_when_no_day_is_given(item, township, api, reader):
    AuthorityGrantFactory(holder=township, items=[item], valid_from=date(2026, 3, 2))
    answer = api(reader).get(reverse("api_authority"), {"item": str(item.uid), "township": "江口镇"})
    assert answer.json()["on"] == "2026-03-02"
    assert answer.json()["handler_id"] == township.pk


def test_a_township_is_meant_by_any_of_its_names_and_an_abolished_one_leads_to_its_successor(
    new_item, township, api, reader
):
    item = new_item(LONG_NAME)
    gone = BodyFactory(
        name="旧口乡人民政府", short_name="旧口乡", active_to=date(2026, 3, 1), successor=township
    )
    BodyAlias.objects.create(body=township, name="江口")
    AuthorityGrantFactory(holder=township, items=[item], valid_from=date(2026, 3, 1))
    ask = partial(api(reader).get, reverse("api_authority"))
    for words in ("江口镇人民政府", "江口", "旧口乡", gone.pk):
        found = ask({"item": LONG_NAME, "township": words, "date": "2026-03-02"}).json()
        assert (found["township"], found["handler_id"]) == (township.pk, township.pk)
    before = ask({"item": item.pk, "township": "旧口乡", "date": "2026-03-01"}).json()
    assert (before["township"], before["outcome"]) == (gone.pk, "gap")
    department = BodyFactory(department=True)
    assert ask({"item": item.pk, "township": department.pk}).status_code == 400


def test_an_agreement_for_some_villages_is_asked_about_by_the_place(item, township, department, api, reader):
    east, west = (
        PlaceFactory(township=township, name="东山村"),
        PlaceFactory(township=township, name="西山村"),
    )
    AuthorityGrantFactory(own=True, holder=department, items=[item])
    grant = AuthorityGrantFactory(
        principal=department, holder=township, items=[item], status=GrantStatus.DRAFT
    )
    GrantPlace.objects.create(grant=grant, place=east)
    AuthorityGrant.objects.filter(pk=grant.pk).update(status=GrantStatus.IN_FORCE)
    ask = partial(api(reader).get, reverse("api_authority"))
    asked = {"item": item.pk, "township": township.pk}
    for place, handler in (
        ("东山村", township),
        (east.pk, township),
        (west.pk, department),
        (None, department),
    ):
        found = ask(asked if place is None else {**asked, "place": place}).json()
        assert found["handler_id"] == handler.pk, place
    elsewhere = ask({**asked, "place": PlaceFactory().pk})
    assert (elsewhere.status_code, list(elsewhere.json()["errors"])) == (400, ["place"])


def test_a_gap_is_an_answer_with_its_reasons(item, township, api, reader):
    answer = api(reader).get(reverse("api_authority"), {"item": str(item.uid), "township": township.pk})
    assert answer.status_code == 200
    assert answer.json()["outcome"] == "gap"
    assert answer.json()["handler_id"] is None
    assert answer.json()["reasons_zh"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"township": "江口镇"}, "item"),
        ({"item": "没有", "township": "江口镇"}, "item"),
        ({"item": "OK", "township": "不存在镇"}, "township"),
        ({"item": "OK", "township": "江口镇", "date": "2026-02-30"}, "date"),
        ({"item": "OK", "township": "江口镇", "date": "0001-01-01"}, "date"),
        ({"item": "OK", "township": "江口镇", "on": "2020-01-01"}, "on"),
    ],
)
def test_a_question_that_makes_no_sense_names_its_field(asked, field, new_item, township, api, reader):
    new_item(code="OK")
    response = api(reader).get(reverse("api_authority"), asked)
    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith("application/problem+json")
    assert field in response.json()["errors"]


def test_grants_are_listed_filtered_and_shown_with_their_items(item, township, api, reader):
    grant = AuthorityGrantFactory(holder=township, items=[item])
    AuthorityGrantFactory(empowered=True)
    client = api(reader)
    listed = client.get(reverse("api_grants"), {"mode": "delegated", "township": township.pk}).json()
    assert [row["id"] for row in listed] == [grant.pk]
    assert listed[0]["principal_name"] == grant.principal.name
    shown = client.get(reverse("api_grant", args=[grant.pk])).json()
    assert shown["items"] == [item.pk]
    assert shown["rows"] == [{"id": grant.items.get().pk, "item": item.pk, "withdrawn_on": None}]
    assert client.get(reverse("api_grant", args=[0])).status_code == 404
    for word, value in {"after": "x", "mode": "委托", "township": "-1", "state": "signed"}.items():
        refused = client.get(reverse("api_grants"), {word: value})
        assert (refused.status_code, list(refused.json()["errors"])) == (400, [word])


def test_officers_are_listed_without_their_phones(api, reader):
    body = BodyFactory()
    certified = OfficerFactory(body=body, certified=True, phone="13900002222")
    OfficerFactory(body=body)
    response = api(reader).get(reverse("api_officers"), {"body": body.pk, "certified": "true"})
    assert [row["id"] for row in response.json()] == [certified.pk]
    assert "13900002222" not in response.content.decode()


def test_accounts_are_the_administrators_alone(api, administrator, reader):
    assert api(reader).get(reverse("api_users")).status_code == 403
    assert api(reader).post(reverse("api_users"), {"username": "u", "name": "n"}).status_code == 403
    names = [row["username"] for row in api(administrator).get(reverse("api_users")).json()]
    assert reader.username in names
    assert not Officer.objects.filter(username="u").exists()


def test_an_account_and_a_role_are_made_over_rest(api, administrator):
    body, client = BodyFactory(), api(administrator)
    made = client.post(
        reverse("api_users"), {"username": "rest1", "name": "接口员", "body": body.pk}, format="json"
    )
    assert made.status_code == 201
    officer = Officer.objects.get(username="rest1")
    assert officer.check_password(made.json()["password"])
    path = reverse("api_user_roles", args=[officer.pk])
    role = {"role": "team_leader", "valid_from": "2026-03-01"}
    assert client.post(path, role, format="json").status_code == 201
    assert "case.reassign" in officer.permissions(date(2026, 3, 2))
    again = client.post(path, role, format="json")
    assert again.status_code == 409
    assert again.json()["code"] == "appointment_clash"
    taken = client.post(reverse("api_users"), {"username": "rest1", "name": "另一人"}, format="json")
    assert (taken.status_code, taken.json()["code"]) == (409, "username_taken")


def test_strangers_get_nothing(county_seat):
    client = APIClient()
    for name in ("api_authority", "api_grants", "api_officers", "api_users"):
        assert client.get(reverse(name)).status_code in {401, 403}


def test_an_account_is_read_with_all_its_roles_and_its_lock(api, administrator, reader):
    RoleGrantFactory(officer=reader, role=Role.TEAM_LEADER, valid_from=date(2027, 1, 1))
    AccessAttempt.objects.create(
        username=reader.username,
        attempt_time=clock.now(),
        failures_since_start=settings.AXES_FAILURE_LIMIT,
    )
    path = reverse("api_user", args=[reader.pk])
    told = api(administrator).get(path).json()
    assert {role["role"] for role in told["roles"]} == {"township_officer", "team_leader"}
    assert told["locked"] is True
    assert api(reader).get(path).status_code == 403
    assert api(administrator).post(reverse("api_user-unlock", args=[reader.pk])).status_code == 200
    assert api(administrator).get(path).json()["locked"] is False


def test_a_role_is_ended_over_rest(api, administrator, reader):
    held, client = reader.role_grants.get(), api(administrator)
    path = reverse("api_user-role-end", args=[reader.pk, held.pk])
    early = client.post(path, {"last_day": "2026-02-01"}, format="json")
    assert (early.status_code, early.json()["code"]) == (409, "role_end_in_past")
    assert client.post(path, {}, format="json").status_code == 400
    assert client.post(reverse("api_user-role-end", args=[administrator.pk, held.pk])).status_code == 404
    held.refresh_from_db()
    assert held.valid_to is None
    assert client.post(path, {"last_day": "2026-03-31"}, format="json").status_code == 200
    held.refresh_from_db()
    assert held.valid_to == date(2026, 3, 31)


def test_an_account_is_closed_opened_and_moved_over_rest(api, administrator, reader):
    client, other = api(administrator), BodyFactory()
    assert client.post(reverse("api_user-deactivate", args=[reader.pk])).status_code == 200
    assert not Officer.objects.get(pk=reader.pk).is_active
    assert client.post(reverse("api_user-reactivate", args=[reader.pk])).status_code == 200
    moved = client.post(reverse("api_user-move", args=[reader.pk]), {"body": other.pk}, format="json")
    assert moved.status_code == 200
    after = Officer.objects.get(pk=reader.pk)
    assert (after.is_active, after.body) == (True, other)
    own = client.post(reverse("api_user-deactivate", args=[administrator.pk]))
    assert (own.status_code, own.json()["code"]) == (409, "own_account")
    assert Officer.objects.get(pk=administrator.pk).is_active


def test_a_password_reset_over_rest_is_told_once_and_ends_tokens(api, administrator, reader):
    Token.objects.create(user=reader)
    answer = api(administrator).post(reverse("api_user_reset", args=[reader.pk]))
    assert answer.headers["Cache-Control"] == "no-store"
    after = Officer.objects.get(pk=reader.pk)
    assert after.check_password(answer.json()["password"])
    assert after.must_change_password
    assert not Token.objects.filter(user=reader).exists()


@pytest.mark.parametrize(
    "act", ["user_reset", "user-unlock", "user-deactivate", "user-reactivate", "user-move"]
)
def test_nobody_else_administers_accounts_over_rest(act, api, administrator, reader):
    before = Officer.objects.values().get(pk=administrator.pk)
    assert api(reader).post(reverse(f"api_{act}", args=[administrator.pk])).status_code == 403
    assert Officer.objects.values().get(pk=administrator.pk) == before
