"""The deadline sweep and the reminders: each once, also side by side, in a killed worker, after an outage."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from audit.models import Event
from cases.clocks.levels import levels
from cases.clocks.models import Clock
from cases.oversight.services import sweep
from cases.routing import delivery
from desk.models import Notice
from enforcement.celery import app
from tests.doors.drivers import instant
from tests.faults import leads
from tests.faults.site import Site
from tests.platform.processes import eventually

pytestmark = pytest.mark.workers
LEADS = 40
AT = instant("2026-03-02T09:00")
WARNED_TWICE = """
    SELECT count(*) FROM (
        SELECT 1 FROM audit_event WHERE verb = 'clock_warned'
        GROUP BY target_id, payload->>'clock', payload->>'level' HAVING count(*) > 1
    ) twice
"""


def at_once(*jobs: Callable[[], object]) -> None:
    """Run jobs side by side, each on a connection of its own, begun at the same moment."""
    gate, failures = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], object]) -> None:
        try:
            gate.wait(180)
            job()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


@pytest.fixture
def place(site: Site, django_db_blocker) -> leads.Place:
    place = leads.township()
    for number in range(1, LEADS + 1):
        leads.registered(place, at=AT, number=number)
    return place


def noon(on) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=timezone.get_default_timezone())


def reached() -> list[str]:
    return list(
        Event.objects.filter(verb="clock_warned").order_by("id").values_list("payload__level", flat=True)
    )


def test_sweeps_that_run_at_once_warn_once_for_each_clock_and_level(site: Site, place: leads.Place) -> None:
    clock = Clock.objects.first()
    due = clock.due_on
    assert Clock.objects.filter(due_on=due).count() == LEADS
    first = next(
        day for back in range(1, 15) if levels(day := due - timedelta(days=back)).of(due) == "yellow"
    )
    steps = {"yellow": noon(first), "red": noon(due), "overdue": noon(due + timedelta(days=1))}
    for done, (level, at) in enumerate(steps.items(), 1):
        at_once(*[lambda at=at: sweep(at=at)] * 4)
        assert reached().count(level) == LEADS
        assert len(reached()) == done * LEADS
    assert site.count(WARNED_TWICE) == 0
    # No officer has the lead yet: the leaders are told at every level, the head once it is overdue.
    assert Notice.objects.count() == LEADS * (3 * len(place.leaders) + 1)
    assert Notice.objects.filter(recipient=place.head).count() == LEADS


def test_after_days_of_outage_each_clock_escalates_once_and_skips_what_is_past(
    site: Site, place: leads.Place
) -> None:
    late = noon(Clock.objects.first().due_on + timedelta(days=9))
    at_once(*[lambda: sweep(at=late)] * 2)
    assert reached() == ["overdue"] * LEADS
    assert Notice.objects.count() == LEADS * (len(place.leaders) + 1)
    assert sweep(at=late + timedelta(days=1)) == 0
    assert reached() == ["overdue"] * LEADS


def test_a_worker_killed_in_the_middle_of_a_sweep_warns_nobody_twice(site: Site, place: leads.Place) -> None:
    Clock.objects.update(due_on=timezone.localdate() - timedelta(days=2))
    worker = site.start_worker()
    for _ in range(4):
        app.send_task("cases.oversight.sweep")
    eventually(
        lambda: site.count("SELECT count(*) FROM pg_locks WHERE NOT granted OR mode = 'RowShareLock'"), 3
    )
    site.kill_worker(worker)
    site.start_worker()
    app.send_task("cases.oversight.sweep")
    warned = "SELECT count(*) FROM audit_event WHERE verb = 'clock_warned'"
    assert eventually(lambda: site.count(warned) == LEADS)
    assert site.count(WARNED_TWICE) == 0
    assert Notice.objects.count() == LEADS * (len(place.leaders) + 1)


def test_reminders_sent_by_two_at_once_come_once_a_day(site: Site) -> None:
    place = leads.township()
    site.kill_broker()
    for case in leads.routed(place, 3, at=AT):
        assert delivery.deliver(case_id=case.pk, at=AT)
        assert not delivery.deliver(case_id=case.pk, at=AT)
    told = Notice.objects.count()
    late = noon(max(Clock.objects.filter(kind="transfer_accept").values_list("due_on", flat=True)))
    at_once(*[lambda: delivery.remind(at=late)] * 3)
    assert Notice.objects.count() == told + 3 * len(place.leaders)
    delivery.remind(at=late + timedelta(days=1))
    assert Notice.objects.count() == told + 6 * len(place.leaders)
