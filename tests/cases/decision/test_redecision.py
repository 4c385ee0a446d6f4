"""After a decision was revoked: no identical one on the same facts and reasons (行政复议法第六十四条)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from cases.decision import services
from cases.decision.models import Decision
from cases.decision.rules import decision_obstacles
from cases.dossier import law_book
from cases.dossier.models import Case
from tests.cases.execution.test_outcomes import outcome
from tests.cases.standing import again, denied, done, person, refused, steps_before
from tests.doors.drivers import RestDoor, at, instant

MOVE = "decide"
NEW = "原决定因未载明裁量理由被撤销；本决定补充查明当事人第二次违法的事实并说明裁量理由。"


# Nobody makes two records at once: those of the second case are made an hour later.
LATER = {
    "record-inspection": ("2026-03-06T16:00", "2026-03-06T15:00", "2026-03-06T15:40"),
    "record-interview": ("2026-03-10T11:00", "2026-03-10T10:00", "2026-03-10T10:40"),
}


def elsewhere(step):
    if step.move not in LATER:
        return step
    moment, began, ended = LATER[step.move]
    return replace(step, at=moment, values={**step.values, "started_at": began, "ended_at": ended})


@pytest.fixture(scope="module")
def laid(standing_before: Callable[[str], RestDoor], django_db_blocker: Any) -> Iterator[RestDoor]:
    """A second case on the same act, up to its decision; the first one was decided and revoked."""
    law_book.forget()
    with django_db_blocker.unblock(), transaction.atomic():
        first = standing_before("record-payment")
        revoked = {"decided_on": "2026-03-26", "effective_on": "2026-03-26"}
        done(first, outcome("revoked", moment="2026-03-27T10:00", **revoked))
        second = RestDoor(first.county)
        second.walk([elsewhere(step) for step in steps_before(first.county, MOVE)])
        yield second
        transaction.set_rollback(True)
    law_book.forget()


def decide(standing, **changes):
    return again(standing, MOVE, at="2026-03-30T09:00", **changes)


def test_a_decision_after_one_that_was_revoked_says_what_is_new_or_is_not_made(standing):
    found = denied(standing, "no_identical_redecision", "复议法》第六十四条", decide(standing))
    assert found["field"] == "unlike_revoked"
    assert str(Decision.objects.get()) in found["message"]
    with refused(standing.case(), "no_identical_redecision", "第七十一条"):
        services.decide(
            case=standing.case(),
            actor=person(standing.county.head),
            at=instant("2026-03-30T09:00"),
            fine=60000,
            kinds=["fine"],
            reasons="事实清楚。",
            unlike_revoked="　",
        )
    case = done(standing, decide(standing, unlike_revoked=NEW))
    assert NEW in case.decision.instrument.paper.content["reasons"]


def test_the_head_is_told_of_the_revoked_decision_and_asked_for_the_difference(standing):
    (told,) = decision_obstacles(standing.case(), date(2026, 3, 30))
    assert (told.code, told.blocks) == ("no_identical_redecision", False)
    with at("2026-03-30T09:00"):
        page = standing.client(decide(standing)).get(reverse("act-decide", args=[standing.case_id]))
    assert 'name="unlike_revoked"' in page.content.decode()


def test_a_revocation_that_was_entered_by_mistake_asks_for_nothing_but_bars_a_second_fine(standing):
    first = Case.objects.exclude(pk=standing.case_id).get()
    first.outcomes.update(
        voided_at=instant("2026-03-27T11:00"), voided_by=standing.county.first, void_reason="误登"
    )
    denied(standing, "one_act_one_fine", "第二十九条", decide(standing, unlike_revoked=NEW))
