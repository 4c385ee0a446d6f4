"""Whoever needs two locks takes them in one order: the case, then its clocks and its trail."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from audit.models import Event
from audit.selectors import first_broken_link
from audit.services import record
from cases.clocks import services as clocks
from cases.clocks.models import Clock
from cases.dossier.access import get_case
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE
from cases.flow.services import fire, locked
from cases.oversight.services import sweep
from cases.parties.models import Party
from tests.defects.beside import beside, waiting
from tests.doors.drivers import instant
from tests.platform.processes import eventually
from townships.models import Body

pytestmark = pytest.mark.django_db(transaction=True)


def late(case: Case) -> datetime:
    """An instant at which the case's clock is overdue."""
    clock = Clock.objects.get(case=case, state="running")
    return instant(f"{clock.due_on + timedelta(days=2)}T12:00")


def test_a_sweep_in_the_middle_of_a_move_leaves_the_case_to_the_move(standing_before):
    """The move holds case and trail and wants the clock; a sweep that held the clock would want the trail."""
    door = standing_before("approve-filing")
    case = door.case()
    at = late(case)
    row = TABLE[Move.RETURN_FILING]
    with transaction.atomic():
        locked(case)
        event = record(row.verb, chain=case.chain, target=case, actor=door.county.head, at=at)
        with beside(lambda: sweep(at=at)) as failures:
            clocks.turn(case, stops=None, starts=(), event=event, at=at, since=at)
    assert failures == []
    assert not Event.objects.filter(verb="clock_warned").exists()
    assert first_broken_link() is None


def test_a_move_in_the_middle_of_a_sweep_waits_for_it_and_is_done(standing_before):
    door = standing_before("approve-filing")
    case = door.case()
    at = late(case)

    def move() -> None:
        fire(Case.objects.get(pk=case.pk), Move.RETURN_FILING, actor=door.county.head, at=at)

    done: list[BaseException] = []
    with transaction.atomic():
        assert sweep(at=at) == 1
        with beside(move) as done:
            assert waiting()
    assert eventually(lambda: door.case().stage == "verified"), done
    assert done == []
    assert Event.objects.filter(verb="clock_warned").count() == 1
    assert first_broken_link() is None


def test_a_case_that_was_busy_is_warned_by_the_next_sweep(standing_before):
    door = standing_before("approve-filing")
    case = door.case()
    at = late(case)
    with transaction.atomic():
        locked(case)
        with beside(lambda: sweep(at=at)) as failures:
            assert not waiting()
    assert failures == []
    assert Clock.objects.get(case=case, state="running").warned_level == ""
    assert sweep(at=at) == 1
    assert Clock.objects.get(case=case, state="running").warned_level == "overdue"


def test_an_act_that_had_to_wait_reads_the_case_and_what_it_names_as_they_were_left(standing_before):
    door = standing_before("approve-filing")
    case, found = door.case(), []

    def act() -> None:
        with transaction.atomic():
            found.append(get_case(door.county.head, case.pk, on=date(2026, 3, 4), lock=True))

    with transaction.atomic():
        locked(case)
        with beside(act) as failures:
            assert waiting()
            other = Party.objects.create(kind=Party.Kind.CITIZEN, name="后到")
            Case.objects.filter(pk=case.pk).update(party=other)
            Body.objects.filter(pk=case.handler_id).update(name="改名后的机关")
    assert eventually(lambda: found or failures)
    assert failures == []
    assert (found[0].party, found[0].party.name) == (other, "后到")
    assert found[0].handler.name == "改名后的机关"
