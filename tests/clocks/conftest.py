"""A filed case whose rules grant grounds and a ladder, and what is done to its clocks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from audit.models import Event
from cases.clocks.models import Clock
from cases.clocks.services import turn
from cases.dossier.models import Case
from tests.doors.county import SmallCounty, found_county
from tests.doors.drivers import RestDoor
from tests.doors.script import before_filing

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(text: str) -> datetime:
    """Return a local instant."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def start(case: Case, kinds: list[str], *, event: Event, at: datetime) -> list[Clock]:
    """Start clocks from an event that stops none."""
    return turn(case, stops=(), starts=kinds, event=event, at=at, since=at)


@pytest.fixture
def filed(standing_before, db) -> RestDoor:
    """Behind it a case filed on 5 March 2026: ninety days, to 3 June."""
    return standing_before("order-correction")


@pytest.fixture
def county(request: pytest.FixtureRequest, db) -> SmallCounty:
    """Its item is one of urban management, whose procedure rules grant grounds and a ladder."""
    if "case" in request.fixturenames:
        return request.getfixturevalue("filed").county
    return found_county()


@pytest.fixture
def waters(db) -> SmallCounty:
    """Its item stands under national law alone, which grants neither."""
    return found_county(domain="水利")


def walked(county: SmallCounty, steps) -> RestDoor:
    door = RestDoor(county)
    door.walk(list(steps))
    return door


@pytest.fixture
def case(filed) -> Case:
    return filed.case()


@pytest.fixture
def national_case(waters) -> Case:
    """A case filed on the same day under national law."""
    return walked(waters, before_filing(waters)).case()


def clock_of(case: Case, kind: str = "case_decision") -> Clock:
    return Clock.objects.get(case=case, kind=kind, state="running")


def due_of(case: Case, kind: str = "case_decision") -> date | None:
    return clock_of(case, kind).due_on
