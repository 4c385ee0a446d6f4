"""Drafts: nothing typed is lost, nobody reads another's, and an expired login is told apart."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from desk import clock, drafts
from desk.models import Draft
from tests.factories.townships import OfficerFactory

pytestmark = pytest.mark.django_db


def post(client, key, content):
    return client.post(
        reverse("desk:draft", args=[key]), json.dumps(content), content_type="application/json"
    )


def test_a_draft_is_kept_and_the_later_one_replaces_it(client):
    officer = OfficerFactory()
    client.force_login(officer)
    assert post(client, "lead:new", {"what": "占道"}).status_code == 200
    answer = post(client, "lead:new", {"what": "占道经营"})
    assert answer.json()["saved_at"]
    assert Draft.objects.get(officer=officer).content == {"what": "占道经营"}


def test_two_officers_keep_their_own_draft_of_the_same_form(client):
    first, second = OfficerFactory(), OfficerFactory()
    for officer, text in ((first, "甲"), (second, "乙")):
        client.force_login(officer)
        post(client, "lead:new", {"what": text})
    assert drafts.get(first, "lead:new").content == {"what": "甲"}
    assert drafts.get(second, "lead:new").content == {"what": "乙"}


def test_an_expired_login_answers_401_and_keeps_nothing(client):
    assert post(client, "lead:new", {"what": "占道"}).status_code == 401
    assert not Draft.objects.exists()


def test_a_forged_request_without_token_is_refused():
    officer = OfficerFactory()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    assert post(strict, "lead:new", {"what": "x"}).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "[1]",
        "{",
        '"text"',
        '{"what": NaN}',
        '{"what": {"deeper": 1}}',
        '{"what": "\\u0000"}',
        '{"what": ["\\ud800"]}',
        "[" * 30_000,
    ],
)
def test_what_is_no_form_content_is_refused(client, body):
    client.force_login(OfficerFactory())
    answer = client.post(reverse("desk:draft", args=["lead:new"]), body, content_type="application/json")
    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_a_draft_past_the_limit_is_refused(client):
    client.force_login(OfficerFactory())
    assert post(client, "lead:new", {"what": "x" * drafts.MAX_BYTES}).status_code == 413
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["a b", "-lead", "线索", "x" * 121])
def test_an_impossible_form_key_is_refused(client, key):
    client.force_login(OfficerFactory())
    assert post(client, key, {"what": "x"}).status_code == 400


def test_discarding_forgets_only_the_own_draft_of_that_form(client):
    officer, other = OfficerFactory(), OfficerFactory()
    now = clock.now()
    for who, key in ((officer, "a"), (officer, "b"), (other, "a")):
        drafts.save(officer=who, form_key=key, content={"n": 1}, at=now)
    client.force_login(officer)
    assert client.delete(reverse("desk:draft", args=["a"])).status_code == 204
    assert set(Draft.objects.values_list("officer", "form_key")) == {(officer.pk, "b"), (other.pk, "a")}
