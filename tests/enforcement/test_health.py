"""Ready means: the outbox moves. A long queue is no fault, a queue nobody works on is one."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from audit import outbox, subscribers, verbs
from audit.models import Delivery
from audit.services import record
from tests.factories.townships import BodyFactory

pytestmark = pytest.mark.django_db
THEN = datetime(2020, 1, 2, tzinfo=UTC)
HAPPENED = verbs.declare("health_probe", "试验")


@subscribers.on(HAPPENED)
def follow(event) -> None:
    """Follow from the event."""
    if event.payload.get("fails"):
        raise ValueError("cannot")


def owe(**payload) -> Delivery:
    """Owe one consequence of what happened years ago and is recorded now."""
    with transaction.atomic():
        event = record(HAPPENED, chain="health", target=BodyFactory(), actor=None, at=THEN, payload=payload)
    return Delivery.objects.get(event=event)


def ready(minutes: int) -> tuple[int, bool]:
    """Ask some minutes from now."""
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes), tick=False):
        answer = Client().get("/readyz")
    return answer.status_code, answer.json()["checks"]["outbox"]


def metric(name: str) -> int:
    lines = Client().get("/metrics").content.decode().splitlines()
    return int(next(line for line in lines if line.startswith(f"{name} ")).split()[1])


def test_an_empty_outbox_is_ready():
    assert ready(60)[1]


def test_what_happened_long_ago_but_was_recorded_now_is_not_late():
    owe()
    assert ready(9)[1]
    assert not ready(11)[1]


def test_a_long_queue_that_is_being_worked_off_is_ready():
    owe()
    done = owe()
    assert outbox.deliver(done.pk)
    Delivery.objects.filter(pk=done.pk).update(done_at=datetime.now(UTC) + timedelta(minutes=15))
    assert ready(20)[1]
    assert not ready(30)[1]


def test_a_consequence_that_fails_is_counted_and_does_not_take_the_site_down():
    bad = owe(fails=True)
    assert not outbox.deliver(bad.pk)
    assert ready(30)[1]
    assert metric("outbox_failed") == 1
    assert metric("outbox_owed") == 1
    assert metric("outbox_oldest_seconds") == 0


def test_a_consequence_that_fails_for_days_holds_up_no_other():
    bad, good = owe(fails=True), owe()
    Delivery.objects.filter(pk=bad.pk).update(attempts=5000, available_at=THEN)
    assert outbox.relay(at=datetime.now(UTC)) == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.done_at is not None
    assert bad.attempts == 5001
    assert timedelta(minutes=29) < bad.available_at - datetime.now(UTC) <= outbox.LONGEST_PAUSE
