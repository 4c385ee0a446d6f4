"""The procedure at a glance: each step with the day of the act it is named for."""

from datetime import date

import pytest

from audit.selectors import trail_of
from cases.dossier.models import Case
from cases.overview.progress import rail
from tests.doors.county import found_county
from tests.doors.drivers import RestDoor
from tests.doors.script import whole_case

pytestmark = pytest.mark.django_db
# As the script says: filed on the 5th, concluded on the 10th, told on the 12th, passed on the 23rd, discussed
# on the 24th, decided on the 25th, paid on 8 April, closed on the 10th.
DAYS = {
    "线索": "03-02",
    "核查": "03-03",
    "立案": "03-05",
    "调查取证": "03-10",
    "调查终结": "03-10",
    "告知": "03-12",
    "听证": "",
    "法制审核": "03-23",
    "集体讨论": "03-24",
    "决定": "03-25",
    "送达执行": "04-08",
    "结案": "04-10",
    "归档": "",
}


@pytest.fixture
def closed(db):
    door = RestDoor(found_county())
    door.walk(whole_case(door.county)[:-1])
    return door.case()


def drawn(case: Case):
    return rail(case, trail_of(case.chain).values("verb", "payload", "occurred_at"))


def test_each_step_tells_the_day_of_its_own_act(closed, freeze):
    freeze("2026-05-04")
    steps = drawn(closed)
    assert {step.label: step.note for step in steps} == DAYS
    assert {step.label for step in steps if step.state == "na"} == {"听证"}


def test_a_day_of_another_year_names_its_year(closed, freeze):
    freeze("2027-01-04")
    decided = next(step for step in drawn(closed) if step.label == "决定")
    assert decided.note == date(2026, 3, 25).isoformat()


def test_a_step_under_way_tells_no_day_and_those_after_it_are_ahead(standing_before, db):
    case = standing_before("decide").case()
    steps = {step.label: (step.state, step.note) for step in drawn(case)}
    assert steps["集体讨论"] == ("now", "")
    assert steps["法制审核"][0] == "done"
    assert steps["决定"] == ("ahead", "")
