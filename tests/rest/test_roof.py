"""The REST root: schema, tokens, problems, health."""

import pytest
from django.conf import settings

from tests.factories.townships import PASSWORD, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db


def token_for(client, officer):
    return client.post(
        "/api/v1/token/",
        {"username": officer.username, "password": PASSWORD},
        content_type="application/json",
    )


def test_the_schema_describes_every_act(client, login):
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    text = login(officer).get("/api/v1/schema/").content.decode()
    for path in ("/api/v1/cases/{id}/decide/", "/api/v1/leads/", "/api/v1/authority/", "/api/v1/items/"):
        assert path in text


def test_a_token_opens_what_its_owner_may_see(client):
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    key = token_for(client, officer).json()["token"]
    assert client.get("/api/v1/cases/", headers={"Authorization": f"Token {key}"}).status_code == 200
    assert client.delete("/api/v1/token/", headers={"Authorization": f"Token {key}"}).status_code == 204
    assert client.get("/api/v1/cases/", headers={"Authorization": f"Token {key}"}).status_code == 401


def test_a_wrong_password_gives_a_problem_and_locks_out_at_last(client):
    officer = OfficerFactory()
    for _try in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(
            "/api/v1/token/",
            {"username": officer.username, "password": "wrong"},
            content_type="application/json",
        )
        assert answer.status_code in (401, 403, 429)
    assert token_for(client, officer).status_code in (401, 403, 429)


def test_a_token_rests_while_a_new_password_is_due(client):
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    key = token_for(client, officer).json()["token"]
    officer.must_change_password = True
    officer.save()
    assert client.get("/api/v1/cases/", headers={"Authorization": f"Token {key}"}).status_code == 401


def test_a_problem_carries_code_detail_and_request_id(client):
    answer = client.get("/api/v1/cases/")
    assert answer.status_code in (401, 403)
    assert answer["Content-Type"].startswith("application/problem+json")
    assert set(answer.json()) >= {"status", "code", "detail", "request_id"}


def test_health_tells_the_process_the_database_and_the_broker(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": True, "broker": True, "outbox": True}


def test_figures_for_a_monitor_are_not_for_strangers(client):
    assert "clocks_running 0" in client.get("/metrics").content.decode()
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
