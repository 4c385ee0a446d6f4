"""The right to an act is asked by the act: who calls the service without it is refused, by no door's help."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

import catalog
import townships.services
from audit.models import Event
from cases.dossier import law_settings
from cases.periods import calendars
from cases.routing import evaluating
from desk import feedback
from law.errors import RuleViolation
from tests.factories.townships import OfficerFactory

# What writes for another act, takes the right on to one, or asks it of the rows (tested beside their rules).
ASKED_ELSEWHERE = {
    "townships.services.telling.tell",
    "townships.services.telling.tell_of_grant",
    "townships.services.staff_changes.propose_as",
    "townships.services.absences.set_absence",
    "townships.services.absences.end_absence",
    "townships.services.item_notices.read_notice",
    "catalog.drafts.keep",
    "catalog.drafts.act_of",
    "catalog.services.require_publishable",
    "catalog.services.require_second_person",
    "catalog.staging.staged",
    "catalog.uploading.may_check",
    "catalog.uploading.require_uploader",
}
BESIDE = (law_settings, calendars, evaluating, feedback)


def modules() -> Iterator[ModuleType]:
    for package in (townships.services, catalog):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name:
                yield import_module(found.name)
    yield from BESIDE


def acts() -> dict[str, Callable[..., Any]]:
    return {
        name: act
        for module in modules()
        for act in vars(module).values()
        if inspect.isfunction(act)
        and act.__module__ == module.__name__
        and not act.__name__.startswith("_")
        and "actor" in inspect.signature(act).parameters
        and (name := f"{module.__name__}.{act.__name__}") not in ASKED_ELSEWHERE
    }


ACTS = acts()
AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def test_all_acts_are_found():
    assert len(ACTS) > 80
    assert {
        "townships.services.orders.answer_order",
        "townships.services.transfers.draft_transfer",
        "catalog.services.publish",
        "desk.feedback.answer_feedback",
    } <= set(ACTS)


@pytest.mark.django_db
def test_whoever_does_not_hold_the_right_is_refused_before_anything_is_read():
    stranger = OfficerFactory()
    answers = {name: answer(act, stranger) for name, act in ACTS.items()}
    assert {name: told for name, told in answers.items() if told != "no_permission"} == {}
    assert not Event.objects.exists()


def answer(act: Callable[..., Any], actor: object) -> str:
    nothing = dict.fromkeys(inspect.signature(act).parameters)
    try:
        act(**nothing | {"actor": actor, "at": AT})
    except RuleViolation as refused:
        return refused.code
    except Exception as error:
        return repr(error)
    return "done"
