"""A case brought to one act once for all tests of a module, and what a refusal must leave untouched."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from cases.dossier import law_book
from cases.dossier.models import Case
from law.errors import RuleViolation
from tests.doors.county import found_county
from tests.doors.drivers import RestDoor, at
from tests.doors.script import Step, whole_case
from townships.models import Officer

COUNTED = ("cases", "papers", "audit", "desk")


def steps_before(county: Any, move: str) -> list[Step]:
    """The script up to the act, which is left out."""
    steps = whole_case(county)
    return steps[: next(n for n, step in enumerate(steps) if step.move == move)]


def step_of(county: Any, move: str) -> Step:
    """The act as the script does it."""
    return next(step for step in whole_case(county) if step.move == move)


def standing_at(move: str, change: Callable[[Any, Step], Step] | None = None) -> Any:
    """Make a module's fixture: a door behind which the case waits for this act.

    change: what to alter in the script on the way.
    """

    @pytest.fixture(scope="module")
    def laid(standing_before: Callable[[str], RestDoor], django_db_blocker: Any) -> Iterator[RestDoor]:
        law_book.forget()
        with django_db_blocker.unblock(), transaction.atomic():
            yield _altered(move, change) if change else standing_before(move)
            transaction.set_rollback(True)
        law_book.forget()

    return laid


def _altered(move: str, change: Callable[[Any, Step], Step]) -> RestDoor:
    door = RestDoor(found_county())
    door.walk([change(door.county, step) for step in steps_before(door.county, move)])
    return door


@functools.cache
def counting() -> str:
    """One statement that counts every row of every table a case may touch."""
    tables = [model._meta.db_table for app in COUNTED for model in apps.get_app_config(app).get_models()]
    return " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables)


def everything(pk: int) -> dict[str, Any]:
    """Count every row of every table a case may touch, and read the case's own row."""
    with connection.cursor() as cursor:
        cursor.execute(counting())
        counts = dict(cursor.fetchall())
    return {**counts, "case": Case.objects.filter(pk=pk).values().first()}


@contextmanager
def untouched(pk: int) -> Iterator[None]:
    """Assert that nothing at all changed."""
    before = everything(pk)
    yield
    assert everything(pk) == before


@contextmanager
def refused(case: Case, code: str, article: str = "") -> Iterator[None]:
    """Assert that a service refuses with code, article and way out, and changes nothing."""
    with untouched(case.pk), pytest.raises(RuleViolation) as caught, transaction.atomic():
        yield
    check(caught.value.as_dict(), code, article)


def check(found: dict[str, str], code: str, article: str) -> None:
    """Assert what every refusal owes its reader."""
    assert found["code"] == code, found
    assert article in found["article"], found
    assert found["unblock"], found


def again(door: RestDoor, move: str, *, at: str = "", who: str = "", **changes: Any) -> Step:
    """Take an act of the script at another instant, by another person or with other values."""
    step = step_of(door.county, move)
    return replace(step, at=at or step.at, who=who or step.who, values={**step.values, **changes})


def do(door: RestDoor, step: Step) -> Any:
    """Do one act over REST at its instant."""
    with at(step.at):
        return door.do(step)


def done(door: RestDoor, step: Step) -> Case:
    """Do one act over REST that must succeed."""
    answer = do(door, step)
    assert answer.status_code == 200, (answer.status_code, answer.content.decode()[:2000])
    return door.case()


def denied(door: RestDoor, code: str, article: str, step: Step) -> dict[str, str]:
    """Assert that an act is refused over REST with code, article and way out, and changes nothing."""
    with untouched(door.case_id):
        answer = do(door, step)
    assert answer.status_code == 409, (answer.status_code, answer.content.decode()[:2000])
    found: dict[str, str] = answer.json()
    check(found, code, article)
    return found


def force(sql: str, *values: Any) -> None:
    """Write past the triggers that keep a row, as no way through the site can."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def person(officer: Officer) -> Officer:
    """Read an officer anew, with the roles of now."""
    return Officer.objects.get(pk=officer.pk)
