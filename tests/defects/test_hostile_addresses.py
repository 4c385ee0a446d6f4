"""Every address that names no case, asked and sent what nobody should: an answer, never an error."""

import json
from collections.abc import Iterator
from itertools import cycle

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cases.standing import standing_at
from tests.doors.drivers import BACKEND, at
from tests.factories.townships import OfficerFactory
from townships.roles import Role

laid = standing_at("record-payment")
NOW = "2026-04-08T10:00"
HUGE = "9" * 5000
SENT = [HUGE, "a\x00b", "<script>alert(1)</script>"]
ASKED = ["a\x00b", HUGE, "0001-01-01", "9999-12-31", "<script>alert(1)</script>"]
# What lists, cards and calculators of the site read from an address, and some that none reads.
NAMES = [
    "q",
    "page",
    "size",
    "sort",
    "order",
    "stage",
    "state",
    "status",
    "kind",
    "group",
    "body",
    "township",
    "item",
    "place",
    "party",
    "from",
    "to",
    "on",
    "day",
    "date",
    "year",
    "month",
    "since",
    "until",
    "trigger",
    "clock",
    "profile",
    "export",
    "tab",
    "level",
    "mine",
    "due",
    "next",
    "view",
    "mode",
    "domain",
    "sector",
    "field",
    "person",
    "source",
    "lang",
    "version",
    "suspensions",
    "extension",
    "amount",
    "quantity",
    "band",
    "circumstance",
    "key",
    "address",
    "party_name",
    "township_text",
]
SHAPES = [None, [], "text", 7, {"": []}, {"a": {"b": None}}]


def walked(resolver, prefix: str = "/") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walked(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern)


def addresses() -> list[str]:
    """All of them, with keys that exist seldom or never."""
    found = []
    for route in walked(get_resolver()):
        if route.startswith(("/admin", "/static", "/logout")) or "cases/<int:pk>" in route:
            continue
        filled = route
        for kind, key in (("int", "1"), ("slug", "x-y"), ("str", "z")):
            while f"<{kind}:" in filled:
                head, _, rest = filled.partition(f"<{kind}:")
                filled = head + key + rest.partition(">")[2]
        found.append(filled)
    return found


@pytest.fixture
def client(standing) -> Iterator[Client]:
    """A browser signed in to the end: whoever is signed out is let try nothing."""
    roles = [role for role in Role if role != Role.SUPERVISOR]
    person = OfficerFactory(body=standing.county.township, roles=roles, is_head=True, certified=True)
    client = Client(raise_request_exception=False)
    client.force_login(person, backend=BACKEND)
    yield client
    with at(NOW):
        assert client.get("/").status_code == 200


def wrong_with(answer) -> str:
    if answer.status_code >= 500 and answer.status_code != 503:
        return str(answer.status_code)
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return "unescaped" if is_page and b"<script>alert(1)" in b"".join(answer) else ""


def test_every_address_is_known():
    assert len(addresses()) > 120


@pytest.mark.parametrize("turn", range(2))
def test_every_address_may_be_asked_anything(client, turn):
    """Each address meets two of the values; the next address the next two."""
    wrong = {}
    with at(NOW):
        for number, url in enumerate(addresses(), turn * 2):
            value = ASKED[number % len(ASKED)]
            with transaction.atomic():
                wrong[url] = wrong_with(client.get(url, dict.fromkeys(NAMES, value)))
                transaction.set_rollback(True)
    assert {url: what for url, what in wrong.items() if what} == {}


def test_every_address_may_be_sent_anything(client):
    """Each address meets one of the values; the next address the next."""
    names = [
        *NAMES,
        "name",
        "title",
        "text",
        "reason",
        "content",
        "username",
        "password",
        "role",
        "valid_from",
    ]
    wrong = {}
    with at(NOW):
        for value, url in zip(cycle(SENT), addresses(), strict=False):
            with transaction.atomic():
                wrong[url] = wrong_with(client.post(url, dict.fromkeys(names, value)))
                transaction.set_rollback(True)
    assert {url: what for url, what in wrong.items() if what} == {}


def test_every_endpoint_may_be_sent_any_shape(client):
    wrong = {}
    with at(NOW):
        for url in [one for one in addresses() if one.startswith("/api/")]:
            for shape in SHAPES:
                with transaction.atomic():
                    sent = json.dumps(shape)
                    wrong[url, sent] = wrong_with(client.post(url, sent, content_type="application/json"))
                    transaction.set_rollback(True)
    assert {what: how for what, how in wrong.items() if how} == {}
