"""An address of REST takes the words it tells of, and refuses every other by its name."""

from typing import Any

import pytest
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator

from desk.endpoints import Endpoint
from tests.access.addresses import KEYS, Address, operations
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db

STRANGE = "nobody_reads_this"
REPORT = "/api/v1/reports/counts/"
FIRST_OF_ALL = dict.fromkeys((thing for _rule, keys in KEYS for thing in keys.values()), 1)


def addresses() -> list[tuple[str, str, Address | None]]:
    """Every operation of the map, its schema's own too, with an address to ask it at."""
    told = [(address.methods[0], address.of(FIRST_OF_ALL), address) for address in operations()]
    return [*told, ("get", "/api/v1/schema/", None)]


def taken() -> dict[tuple[str, str], set[str]]:
    """The words that each operation tells of."""
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    return {
        (method, path[1:]): {word["name"] for word in told.get("parameters", ()) if word["in"] == "query"}
        for path, methods in paths.items()
        for method, told in methods.items()
    }


def asked(client: Any, method: str, address: str) -> dict[str, Any]:
    """What is answered to a word that nobody reads."""
    answer = getattr(client, method)(f"{address}?{STRANGE}=1")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json"), (
        method,
        address,
    )
    problem: dict[str, Any] = answer.json()
    return problem


def named(told: str) -> set[str]:
    """The words that a refusal says are taken."""
    return set(told.partition("：")[2].rstrip("。").split("、")) - {""}


def test_every_endpoint_of_the_map_states_its_question():
    found = {path: resolve(path).func.view_class for _method, path, _address in addresses()}
    assert [path for path, view in found.items() if not issubclass(view, Endpoint)] == []


def test_an_unknown_word_is_refused_by_its_name_with_the_words_that_are_taken(login):
    client = login(OfficerFactory(body=BodyFactory(), roles=list(Role)))
    words = taken()
    for method, path, address in addresses():
        problem = asked(client, method, path)
        assert (problem["code"], list(problem["errors"])) == ("invalid", [STRANGE]), path
        (told,) = problem["errors"][STRANGE]
        known = words[method, address.path] if address else {"format"}
        # One operation of the schema stands for every report: it tells of the words of all.
        assert named(told) == known or (path == REPORT and named(told) < known), path


def test_the_words_told_are_the_words_read():
    words = taken()
    assert words["get", "api/v1/cases/"] >= {"q", "step", "due", "township", "stage", "mine", "cursor"}
    assert words["get", "api/v1/authority/evaluation/"] == {"since", "until", "township"}
    assert words["get", "api/v1/law/thresholds/"] == {"on", "sector", "key", "party_type"}
    assert words["get", "api/v1/cases/{id}/trail/"] == set()
    assert words["post", "api/v1/law/thresholds/"] == set()


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("/api/v1/cases/?stage=nonsense", "stage"),
        ("/api/v1/authority/evaluation/?since=2026-02-30", "since"),
        ("/api/v1/law/thresholds/?on=yesterday", "on"),
        ("/api/v1/items/?on=2026-02-30", "on"),
        ("/api/v1/items/?kind=nonsense", "kind"),
        ("/api/v1/authority/matrix/?date=2026-03-01&date=2026-03-02", "date"),
        ("/api/v1/reports/as-of/?on=2026-02-30", "on"),
    ],
)
def test_a_word_that_cannot_be_read_is_refused_and_not_left_out(login, address, word):
    client = login(OfficerFactory(body=BodyFactory(), roles=list(Role)))
    answer = client.get(address)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [word])


def test_a_problem_is_told_as_one_to_a_browser_too(login):
    client = login(OfficerFactory(body=BodyFactory(), roles=list(Role)))
    answer = client.get(f"/api/v1/items/?{STRANGE}=1", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"].keys() == {STRANGE}
