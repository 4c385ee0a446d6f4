"""The rules of access as the table states them: by route, what each role is told."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from townships.roles import Role

TABLE = Path(__file__).parent.parent / "data" / "access.toml"
PEOPLE = ("nobody", *Role.values)
# Who asks for the neighbour's things: every role of a township at once, so that fewer would get no further.
NEIGHBOUR = "township"


def rules() -> dict[str, dict[str, str]]:
    """The expected answer by route and person."""
    found: dict[str, dict[str, str]] = {}
    for rule in tomllib.loads(TABLE.read_text(encoding="utf-8"))["rule"]:
        *told, neighbour = rule["told"].replace("|", "").split()
        assert len(told) == len(PEOPLE), f"a rule without a word for each of {PEOPLE}: {rule}"
        expected = dict(zip(PEOPLE, told, strict=True)) | {NEIGHBOUR: neighbour}
        for route in _routes(rule):
            assert route not in found, f"two rules for {route}"
            found[route] = expected
    return found


def _routes(rule: dict[str, Any]) -> Iterator[str]:
    for act in rule.get("acts", ()):
        yield from (f"get act-{act}", f"post act-{act}", f"POST /cases/{{id}}/{act}/")
    for page in rule.get("pages", ()):
        yield from (f"get {page}", f"post {page}")
    yield from (f"get {page}" for page in rule.get("get", ()))
    yield from (f"post {page}" for page in rule.get("post", ()))
    yield from rule.get("rest", ())
