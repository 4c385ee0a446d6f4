"""How long a lead may be checked (F034): by the rules of its item's field, from the day it came in.

2026-03-02 is a Monday. Urban management has 15 days, to 17 March, and one extension of at most 10; market
regulation has 15 working days, to 23 March, and one of 15; elsewhere the county's default is 15 working days.
"""

from datetime import date

import pytest

from cases.clocks.models import ClockChange
from cases.periods.services import extend_clock
from law.errors import RuleViolation
from tests.clocks.conftest import moment
from tests.doors.county import found_county
from tests.doors.drivers import RestDoor
from tests.doors.script import Step, before_filing
from tests.factories.catalog import ItemFactory

pytestmark = pytest.mark.django_db


def lead_of(domain, acts=3):
    """Register, route and accept a lead on an item of a field."""
    county = found_county(domain=domain)
    door = RestDoor(county)
    door.walk(list(before_filing(county))[:acts])
    return door


def check_of(door):
    return door.case().clocks.get(kind="filing_check")


@pytest.mark.parametrize(
    ("domain", "clock_id", "due_on"),
    [
        ("城市管理", "filing_check_mohurd", date(2026, 3, 17)),
        ("市场监管", "filing_check_samr", date(2026, 3, 23)),
        ("水利", "filing_check_default", date(2026, 3, 23)),
    ],
)
def test_a_lead_is_checked_by_the_rules_of_its_field(domain, clock_id, due_on):
    clock = check_of(lead_of(domain, acts=1))
    assert (clock.clock_id, clock.due_on) == (clock_id, due_on)


def extend(door, length, when):
    return extend_clock(
        case=door.case(),
        actor=door.county.head,
        at=moment(when),
        kind="filing_check",
        length=length,
        reason="需要鉴定。",
    )


def test_the_check_is_lengthened_once_where_the_field_grants_it():
    door = lead_of("市场监管")
    extend(door, 15, "2026-03-20T09:00")
    # Fifteen working days after 23 March; 6 April is a day off.
    assert check_of(door).due_on == date(2026, 4, 14)
    with pytest.raises(RuleViolation) as refusal:
        extend(door, 1, "2026-04-10T09:00")
    assert refusal.value.code == "extension_needs_rule"
    assert check_of(door).due_on == date(2026, 4, 14)


def test_where_no_rule_grants_it_the_check_is_not_lengthened():
    door = lead_of("水利")
    with pytest.raises(RuleViolation) as refusal:
        extend(door, 1, "2026-03-20T09:00")
    assert refusal.value.code == "extension_needs_rule"
    assert check_of(door).due_on == date(2026, 3, 23)


def test_a_check_that_finds_an_item_of_another_field_goes_on_under_its_rules():
    door = lead_of("水利")
    found = ItemFactory(version={"domain": "城市管理"})
    verify = list(before_filing(door.county))[3]
    assert verify.move == "verify"
    door.walk([Step(verify.at, verify.who, verify.move, {**verify.values, "item": found.pk}, verify.files)])
    clock = check_of(door)
    assert (clock.clock_id, clock.due_on) == ("filing_check_mohurd", date(2026, 3, 17))
    assert clock.started_at == moment("2026-03-02T09:00")
    change = ClockChange.objects.get(clock=clock)
    assert (change.before_on, change.after_on) == (date(2026, 3, 23), date(2026, 3, 17))
