"""Clocks stop, resume and lengthen only as their own rule grants, and keep their former dates."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from audit.selectors import trail_of
from cases.clocks.models import ClockChange, Extension, Suspension
from cases.clocks.services import recompute
from cases.periods.services import extend_clock, resume_clock, suspend_clock
from law.errors import RuleViolation
from tests.clocks.conftest import clock_of, due_of, moment
from tests.doors.drivers import PageDoor, RestDoor, at
from tests.doors.script import Step

pytestmark = pytest.mark.django_db
FIRST_DUE = date(2026, 6, 3)


def suspend(case, county, *, start: str, end: str | None = None, when="2026-04-20T09:00", **more):
    values = {
        "kind": "case_decision",
        "ground": "testing",
        "started_on": date.fromisoformat(start),
        "ended_on": date.fromisoformat(end) if end else None,
        "document": "委托鉴定书〔2026〕1号",
        **more,
    }
    return suspend_clock(case=case, actor=county.head, at=moment(when), **values)


def extend(case, county, length: int, *, minutes: str = "", when="2026-05-20T09:00", actor=None):
    return extend_clock(
        case=case,
        actor=actor or county.head,
        at=moment(when),
        kind="case_decision",
        length=length,
        reason="案情复杂",
        minutes=minutes,
    )


def refused(act, code: str) -> RuleViolation:
    with pytest.raises(RuleViolation) as refusal, transaction.atomic():
        act()
    assert refusal.value.code == code
    assert refusal.value.unblock
    return refusal.value


def test_an_open_suspension_leaves_no_due_day_and_resuming_moves_the_end_by_its_days(case, county):
    assert due_of(case) == FIRST_DUE
    suspend(case, county, start="2026-03-10", when="2026-03-10T09:00")
    clock = clock_of(case)
    assert clock.due_on is None
    assert clock.is_paused
    case.refresh_from_db()
    assert case.next_due_on is None
    resume_clock(
        case=case,
        actor=county.first,
        at=moment("2026-03-19T09:00"),
        kind="case_decision",
        ended_on=date(2026, 3, 19),
    )
    assert due_of(case) == date(2026, 6, 12)
    case.refresh_from_db()
    assert case.next_due_on == date(2026, 6, 12)


def test_the_trail_keeps_the_former_date_and_who_moved_it(case, county):
    suspend(case, county, start="2026-03-10", end="2026-03-19")
    event = trail_of(case.chain)[0]
    assert (event.verb, event.actor_name) == ("clock_suspended", county.head.name)
    assert (event.payload["before"], event.payload["after"]) == ("2026-06-03", "2026-06-12")
    assert event.payload["document"] == "委托鉴定书〔2026〕1号"
    change = ClockChange.objects.get()
    assert (change.before_on, change.after_on, change.event_id) == (FIRST_DUE, date(2026, 6, 12), event.pk)


def test_two_suspensions_add_up_and_the_days_they_share_count_once(case, county):
    suspend(case, county, start="2026-03-10", end="2026-03-19")
    suspend(case, county, start="2026-04-01", end="2026-04-11", ground="hearing")
    assert due_of(case) == date(2026, 6, 22)
    suspend(case, county, start="2026-04-06", end="2026-04-14")
    assert due_of(case) == date(2026, 6, 25)


def test_the_derivation_tells_the_suspension(case, county):
    suspend(case, county, start="2026-03-10", end="2026-03-19")
    steps = [step["kind"] for step in clock_of(case).derivation["steps"]]
    assert "suspended" in steps


def test_a_ground_that_the_rule_does_not_grant_is_refused_and_nothing_changes(case, county):
    events = trail_of(case.chain).count()
    refused(
        lambda: suspend(case, county, start="2026-03-10", end="2026-03-19", ground="announcement"),
        "suspension_ground_allowed",
    )
    assert due_of(case) == FIRST_DUE
    assert not Suspension.objects.exists()
    assert trail_of(case.chain).count() == events


def test_national_law_grants_no_suspension_and_no_extension_of_the_ninety_days(national_case, waters):
    refused(
        lambda: suspend(national_case, waters, start="2026-03-10", end="2026-03-19"),
        "suspension_ground_allowed",
    )
    refused(lambda: extend(national_case, waters, 30), "extension_needs_rule")
    assert due_of(national_case) == FIRST_DUE


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("2026-03-01", "2026-03-10", "started_on"),
        ("2026-04-21", None, "started_on"),
        ("2026-04-10", "2026-04-09", "ended_on"),
        ("2026-04-10", "2026-04-21", "ended_on"),
    ],
)
def test_days_that_do_not_fit_are_refused_at_their_field(case, county, start, end, field):
    assert refused(lambda: suspend(case, county, start=start, end=end), "suspension_days").field == field
    assert due_of(case) == FIRST_DUE


def test_a_suspended_clock_cannot_be_suspended_again_before_it_resumes(case, county):
    suspend(case, county, start="2026-03-10")
    refused(lambda: suspend(case, county, start="2026-03-20"), "suspension_days")
    twin = Suspension.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_only_a_head_of_the_named_body_suspends(case, county):
    with pytest.raises(RuleViolation) as refusal:
        suspend_clock(
            case=case,
            actor=county.first,
            at=moment("2026-04-20T09:00"),
            kind="case_decision",
            ground="testing",
            started_on=date(2026, 4, 1),
            document="x",
        )
    assert refusal.value.code == "head_decides"


def test_resuming_what_does_not_stand_still_is_refused(case, county):
    refused(
        lambda: resume_clock(
            case=case,
            actor=county.first,
            at=moment("2026-03-19T09:00"),
            kind="case_decision",
            ended_on=date(2026, 3, 19),
        ),
        "nothing_suspended",
    )


def test_the_ladder_is_thirty_days_by_the_head_then_sixty_by_the_heads_together(case, county):
    extend(case, county, 30)
    assert due_of(case) == date(2026, 7, 3)
    refusal = refused(lambda: extend(case, county, 60, when="2026-06-25T09:00"), "extension_needs_rule")
    assert refusal.field == "minutes"
    assert due_of(case) == date(2026, 7, 3)
    extend(case, county, 60, minutes="6月25日，王建平、罗莹，同意延长。", when="2026-06-25T09:00")
    assert due_of(case) == date(2026, 9, 1)
    refused(lambda: extend(case, county, 10, minutes="再议", when="2026-07-25T09:00"), "extension_needs_rule")
    assert [row.rung for row in Extension.objects.order_by("rung")] == [1, 2]


def test_an_extension_beyond_its_step_or_after_the_end_is_refused(case, county):
    assert refused(lambda: extend(case, county, 31), "extension_needs_rule").field == "length"
    refused(lambda: extend(case, county, 30, when="2026-06-04T09:00"), "extension_needs_rule")
    assert not Extension.objects.exists()
    assert due_of(case) == FIRST_DUE


def test_what_was_recorded_about_a_clock_can_be_neither_changed_nor_deleted(case, county):
    suspend(case, county, start="2026-03-10", end="2026-03-19")
    extend(case, county, 30)
    attempts = [
        lambda: Suspension.objects.update(started_on=date(2026, 3, 6)),
        lambda: Suspension.objects.update(ended_on=date(2026, 3, 29)),
        lambda: Suspension.objects.all().delete(),
        lambda: Extension.objects.update(length=90),
        lambda: Extension.objects.all().delete(),
        lambda: ClockChange.objects.update(before_on=None),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_deriving_a_clock_twice_changes_nothing(case, county):
    suspend(case, county, start="2026-03-10", end="2026-03-19")
    clock = clock_of(case)
    before = (clock.due_on, clock.derivation)
    assert recompute(clock, event=clock.event) is None
    clock.refresh_from_db()
    assert (clock.due_on, clock.derivation) == before
    assert ClockChange.objects.count() == 1


def test_a_moved_clock_is_warned_of_anew(case, county):
    clock = clock_of(case)
    clock.warned_level = "soon"
    clock.save(update_fields=["warned_level"])
    extend(case, county, 30)
    assert clock_of(case).warned_level == ""


@pytest.mark.parametrize("door_kind", [PageDoor, RestDoor])
def test_both_doors_suspend_resume_and_extend(case, county, door_kind):
    door = door_kind(county)
    door.case_id = case.pk
    door.walk(
        [
            Step(
                "2026-03-10T09:00",
                "head",
                "suspend-clock",
                {
                    "kind": "case_decision",
                    "ground": "testing",
                    "started_on": "2026-03-10",
                    "document": "委托鉴定书",
                },
            ),
            Step(
                "2026-03-19T09:00",
                "first",
                "resume-clock",
                {"kind": "case_decision", "ended_on": "2026-03-19"},
            ),
            Step(
                "2026-05-20T09:00",
                "head",
                "extend-clock",
                {"kind": "case_decision", "length": "30", "reason": "案情复杂", "minutes": ""},
            ),
        ]
    )
    assert due_of(case) == date(2026, 7, 12)


def test_the_refusal_reaches_the_interface_as_a_problem_with_its_gate(national_case, waters):
    door = RestDoor(waters)
    door.case_id = national_case.pk
    with at("2026-03-20T09:00"):
        answer = door.do(
            Step(
                "2026-03-20T09:00",
                "head",
                "extend-clock",
                {"kind": "case_decision", "length": 30, "reason": "案情复杂", "minutes": ""},
            )
        )
    assert answer.status_code == 400, "no running clock can be offered, so the choice itself is wrong"
    assert "kind" in answer.json()["errors"]


def test_no_clock_is_ever_deleted(case):
    with pytest.raises(DatabaseError, match="Cannot delete rows"), transaction.atomic():
        case.clocks.all().delete()
    assert case.clocks.exists()
