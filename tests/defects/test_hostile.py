"""Whatever is typed into whatever act: an answer that says no, never an error, and nothing half written."""

import json
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from cases.dossier import law_book
from cases.flow.acts import Act, registry
from tests.doors.county import found_county
from tests.doors.drivers import BACKEND, RestDoor, at, form_values, photo
from tests.doors.script import Step, whole_case
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
HUGE = "9" * 5000
HOSTILE = [
    "a\x00b",
    "\U0001f600" * 400,
    "1" + "0" * 30,
    HUGE,
    "NaN",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "2026-03-08T02:30+23:59",
    "<script>alert(1)</script>' OR 1=1 --",
    "长" * 30_000,
]
ON_PAGE = [HUGE, "0001-01-01T00:00", "<script>alert(1)</script>"]
ONE_BY_ONE = ["a\x00b", "9999-12-31T23:59"]
SHAPES = [None, True, {"a": {"b": []}}, 10**30, [1, "a", None]]
WATCHED = ("audit_event", "cases_instrument", "papers_paper", "papers_counter", "papers_storedfile")
PARTS = 3


class Attacker:
    """A person with every office, who sends what nobody should; each try is undone."""

    def __init__(self, door: RestDoor) -> None:
        self.person = OfficerFactory(
            username="almighty",
            body=door.county.township,
            roles=[role for role in Role if role != Role.SUPERVISOR],
            is_head=True,
            certified=True,
        )
        self.client = Client(raise_request_exception=False)
        self.door = door
        self.tries = 0

    def attack(self, act: Act, values: dict, turn: int) -> None:
        """Try half of the values on each act, turn about; every value meets every kind of field somewhere."""
        # Days lie between two acts: nobody stays signed in for so long.
        self.client.force_login(self.person, backend=BACKEND)
        names = [
            name for name, field in act.form.base_fields.items() if not isinstance(field, forms.FileField)
        ]
        api, page = (reverse(f"{kind}-{act.move.value}", args=[self.door.case_id]) for kind in ("api", "act"))
        for value in HOSTILE[turn % 2 :: 2]:
            self.send(api, {**values, **dict.fromkeys(names, value), "version": value})
        value = ON_PAGE[turn % len(ON_PAGE)]
        self.send(page, {**values, **dict.fromkeys(names, value), "version": value})
        for number, name in enumerate(names, turn):
            self.send(api, {**values, name: ONE_BY_ONE[number % len(ONE_BY_ONE)]})
        for shape in SHAPES:
            sent = json.dumps(dict.fromkeys([*names, "upload", "version"], shape))
            self.send(api, sent, content_type="application/json")

    def send(self, url: str, sent: dict | str, **how: str) -> None:
        before = counted()
        with transaction.atomic():
            answer = self.client.post(url, sent, **how)
            assert answer.status_code < 500, (url, str(sent)[:600], answer.content[:300])
            assert answer.wsgi_request.user.is_authenticated, "whoever is signed out is let try nothing"
            if answer.status_code >= 400:
                assert counted() == before, (url, str(sent)[:600])
            if answer.headers["Content-Type"].startswith("text/html"):
                assert b"<script>alert(1)" not in answer.content, url
            transaction.set_rollback(True)
        self.tries += 1


def counted() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in WATCHED))
        return sorted(cursor.fetchall())


def usual(steps: list[Step]) -> dict[str, dict]:
    return {
        step.move: form_values(step.values) | {name: photo() for name in step.files}
        for step in steps
        if step.move
    }


def mine(part: int, left: set[str], stage: str) -> Iterator[tuple[int, Act]]:
    """The acts of this part, with their numbers, that are possible now and were not tried before."""
    for number, act in enumerate(sorted(registry.acts.values(), key=lambda act: act.move.value)):
        if number % PARTS == part and act.move.value in left and stage in act.row.sources:
            left.discard(act.move.value)
            yield number, act


@pytest.mark.parametrize("part", range(PARTS))
def test_every_act_answers_hostile_input_with_a_reason_where_it_is_possible(part):
    import_module("cases.urls")  # registers the acts
    law_book.forget()
    door = RestDoor(found_county())
    attacker, steps = Attacker(door), whole_case(door.county)
    values, left = usual(steps), {act.move.value for act in registry.acts.values()}
    for step in steps:
        if door.case_id:
            with at(step.at):
                for number, act in mine(part, left, door.case().stage):
                    attacker.attack(act, values.get(act.move.value, {}), number // PARTS)
        if step.move != "archive":
            door.walk([step])
    assert attacker.tries > 150
    tried = {act.move.value for act in registry.acts.values()} - left
    assert len(tried) > len(registry.acts) / PARTS - 3
    law_book.forget()
