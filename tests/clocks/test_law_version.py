"""After the law's own data changed, open clocks are shown, recomputed once and told in each trail."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.selectors import trail_of
from cases.clocks.models import Clock, ClockChange
from tests.clocks.conftest import clock_of, due_of, moment, start

pytestmark = pytest.mark.django_db
NOTE = "住建程序规定修订"
CLOCK = "penalty_decision_90d_mohurd"


def run(*arguments):
    told = StringIO()
    call_command("recompute_clocks", *arguments, stdout=told)
    return told.getvalue().splitlines()


@pytest.fixture
def former(case):
    """A running and an ended clock whose dates a former version of the law gave."""
    event = trail_of(case.chain)[0]
    [ended] = start(case, ["legal_review"], event=event, at=moment("2026-03-10T10:00"))
    Clock.objects.filter(pk=ended.pk).update(state="stopped", stopped_at=moment("2026-03-12T09:00"))
    Clock.objects.filter(case=case).update(due_on=date(2026, 5, 4))
    return case


def test_it_shows_what_would_move_and_writes_nothing(former):
    events = trail_of(former.chain).count()
    assert run(CLOCK) == [
        f"{former}  {CLOCK}  2026-05-04 -> 2026-06-03",
        "1 open clocks would move; nothing was written",
    ]
    assert (due_of(former), trail_of(former.chain).count()) == (date(2026, 5, 4), events)


def test_it_writes_once_keeps_the_former_date_and_leaves_ended_clocks(former):
    assert run("--write", "--note", NOTE)[-1] == "1 open clocks moved"
    assert due_of(former) == date(2026, 6, 3)
    assert Clock.objects.get(case=former, kind="legal_review").due_on == date(2026, 5, 4)
    change = ClockChange.objects.get()
    assert (change.before_on, change.after_on) == (date(2026, 5, 4), date(2026, 6, 3))
    event = trail_of(former.chain)[0]
    assert (event.verb, event.payload["because"]["note"]) == ("clock_recomputed", NOTE)
    assert run("--write", "--note", NOTE)[-1] == "0 open clocks moved"
    assert clock_of(former).due_on - date(2026, 3, 5) == timedelta(days=90)


def test_an_unknown_clock_and_writing_without_a_reason_are_refused(former):
    with pytest.raises(CommandError, match="clock"):
        run("no_such_clock")
    with pytest.raises(CommandError, match="note"):
        run("--write")
    assert due_of(former) == date(2026, 5, 4)
