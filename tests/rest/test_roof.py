"""The REST root: schema, tokens, problems, health."""

from datetime import timedelta

import pytest
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from cases.acts import registry
from desk import clock
from law.gates import HAN
from tests.factories.townships import PASSWORD, BodyFactory, OfficerFactory
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


def test_the_schema_is_told_as_json_to_whoever_asks_for_it(client, login):
    reader = login(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    assert reader.get("/api/v1/schema/?format=json").json()["openapi"].startswith("3.")
    assert reader.get("/api/v1/schema/?format=doc").status_code == 404


def test_a_form_that_nobody_has_is_a_problem_in_json(login):
    reader = login(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    answer = reader.get("/api/v1/cases/", headers={"Accept": "text/csv"})
    assert (answer.status_code, answer["Content-Type"]) == (406, "application/problem+json")
    assert answer.json()["detail"]


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


def test_who_has_left_is_given_no_token(client):
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER], serves_to=clock.today() - timedelta(days=1))
    assert token_for(client, officer).status_code == 401


def test_a_problem_carries_code_detail_and_request_id(client):
    answer = client.get("/api/v1/cases/")
    assert answer.status_code in (401, 403)
    assert answer["Content-Type"].startswith("application/problem+json")
    assert set(answer.json()) >= {"status", "code", "detail", "request_id"}


def test_a_program_reads_what_went_wrong_in_the_language_it_accepts(client, login):
    officer = login(OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER]))
    lead = {"source": "hotline", "summary": "楼顶广告牌", "township": BodyFactory().pk}
    for language in ("en", "zh-CN"):
        headers = {"Accept-Language": language}
        answers = [
            client.get("/api/v1/cases/", headers=headers),
            officer.get("/api/v1/cases/1/", headers=headers),
            officer.post("/api/v1/leads/", lead, content_type="application/json", headers=headers),
        ]
        assert [answer.status_code for answer in answers] == [401, 404, 409]
        for answer in answers:
            assert bool(HAN.search(answer.json()["detail"])) == (language != "en"), answer.content.decode()
            assert "Accept-Language" in answer["Vary"]


def test_a_missing_row_is_told_in_no_words_of_the_framework(login):
    officer = login(OfficerFactory(roles=[Role.LEGAL_DEPARTMENT]))
    answer = officer.post("/api/v1/law/settings/1/approve/")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "没有这一项，或者不归你的单位办理。"


def test_health_tells_the_process_the_database_and_the_broker(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": True, "broker": True, "outbox": True}


def test_figures_for_a_monitor_are_not_for_strangers(client):
    assert "clocks_running 0" in client.get("/metrics").content.decode()
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404


def test_the_key_of_a_monitor_opens_the_figures_and_no_other_text_does(client, settings):
    settings.METRICS_KEY = "tell-me"
    for key, status in (("tell-me", 200), ("tell-mé", 404), ("", 404)):
        headers = {"Authorization": f"Bearer {key}"}
        assert client.get("/metrics", REMOTE_ADDR="203.0.113.9", headers=headers).status_code == status


def test_only_the_word_of_our_own_proxy_says_from_where_somebody_asks(client, settings):
    told = {"X-Forwarded-For": "127.0.0.1, 203.0.113.9"}
    assert client.get("/metrics", headers=told).status_code == 200
    settings.BEHIND_PROXY = True
    assert client.get("/metrics", headers=told).status_code == 404


@pytest.mark.parametrize("body", ['{"summary": "\\ud800"}', '{"summary": NaN}', "[" * 100_000, "{"])
def test_a_body_that_the_database_could_not_keep_is_no_json(login, body):
    officer = login(OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER]))
    answer = officer.post("/api/v1/leads/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] == "parse_error"


def test_a_body_without_end_is_not_read(login, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    officer = login(OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER]))
    answer = officer.post("/api/v1/leads/", {"summary": "x" * 1000}, content_type="application/json")
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def test_the_schema_is_valid_openapi_and_holds_every_act_of_a_case():
    """What the pages do to a case is done over REST as well, and is described by valid OpenAPI."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    for act in registry.acts.values():
        assert "post" in schema["paths"][f"/api/v1/cases/{{id}}/{act.move.value}/"], act.move
