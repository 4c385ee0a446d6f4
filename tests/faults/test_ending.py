"""An agreement that ends over a weekend: 300 open cases go back once each, whatever is killed on the way."""

from datetime import timedelta

import psycopg
import pytest
from django.db import transaction
from django.utils import timezone

from cases.dossier.stages import Stage
from cases.routing import ending
from enforcement.celery import app
from tests.cases.routing.held import Held
from tests.faults.site import Site
from tests.faults.test_sweep import at_once
from tests.platform.processes import eventually

pytestmark = pytest.mark.workers
CASES, MOVED_BEFORE = 300, 100
# Its workers print and tell nothing of what follows from a hand-over: test_outbox is about that.
QUEUE = "endings"
MOVED = "SELECT count(*) FROM cases_handover"
MIDDLE = """
    SELECT 1 FROM cases_assignment WHERE case_id = (SELECT id FROM cases_case ORDER BY id OFFSET %s LIMIT 1)
    FOR UPDATE
"""
FREE = "SELECT count(*) FROM (SELECT 1 FROM cases_case FOR UPDATE SKIP LOCKED) free"
TWICE = "SELECT count(*) FROM (SELECT 1 FROM cases_handover GROUP BY case_id HAVING count(*) > 1) twice"
# Sets every clock of the cases against what it was before the agreement ended.
CLOCKS = "SELECT md5(string_agg(c::text, '|' ORDER BY id)) FROM cases_clock c WHERE kind <> 'transfer_accept'"
BACK = "SELECT count(*) FROM cases_case WHERE handler_id = named_id AND mode = 'own' AND handler_id = {}"
LISTED = "SELECT count(DISTINCT case_id) FROM cases_instrument WHERE kind = 'hand_over_list'"


@pytest.fixture
def held(site: Site, django_db_blocker) -> Held:
    """The last day of the agreement is past; nothing has run since."""
    now = timezone.now()
    with transaction.atomic():
        held = Held()
        grant = held.delegated(valid_to=timezone.localdate(now) - timedelta(days=1))
        for number in range(1, CASES + 1):
            stage = Stage.VERIFYING if number % 10 else Stage.INVESTIGATING
            held.case(grant, at=now - timedelta(days=4), number=number, stage=stage)
    return held


def test_each_of_300_cases_goes_back_once_though_worker_and_broker_are_killed(site: Site, held: Held) -> None:
    clocks = site.count(CLOCKS)
    worker = site.start_worker(QUEUE)
    with psycopg.connect(site.database_url) as line:
        # In the middle of one case's hand-over the worker has to wait, and is killed there.
        line.execute(MIDDLE, [MOVED_BEFORE])
        app.send_task("cases.routing.settle_ended", queue=QUEUE)
        assert eventually(lambda: site.count(MOVED) == MOVED_BEFORE), site.count(MOVED)
        site.kill_worker(worker)
        site.kill_broker()
    assert eventually(lambda: site.count(FREE) == CASES), "the killed worker's transaction is undone"
    assert site.count(MOVED) == MOVED_BEFORE
    site.start_broker()
    site.start_worker(QUEUE)
    for _ in range(2):
        app.send_task("cases.routing.settle_ended", queue=QUEUE)
    assert eventually(lambda: site.count(MOVED) == CASES), site.count(MOVED)

    at_once(*[lambda: ending.settle_ended(at=timezone.now())] * 2)
    assert site.count(MOVED) == CASES
    assert site.count(TWICE) == 0
    assert site.count(BACK.format(held.department.pk)) == CASES
    assert site.count(LISTED) == CASES
    assert site.count(CLOCKS) == clocks, "no clock was reset or moved"
    numbers = "SELECT count(DISTINCT number) FROM cases_instrument WHERE kind = 'hand_over_list'"
    assert site.count(numbers) == CASES
