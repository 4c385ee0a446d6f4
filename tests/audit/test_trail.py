"""The trail: appended to, never changed, chained so that a change would show."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, InternalError, connection, transaction

from audit import verbs
from audit.models import Delivery, Event
from audit.selectors import first_broken_link, trail_of
from audit.services import record
from audit.verbs import declare
from cases.instruments.services import INSTRUMENT_ISSUED
from tests.factories.townships import BodyFactory, OfficerFactory

pytestmark = pytest.mark.django_db
HAPPENED = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SEEN = declare("test_seen", "看见")


def tell(chain: str = "case:1", **payload: object) -> Event:
    body = BodyFactory()
    with transaction.atomic():
        event = record(SEEN, chain=chain, target=body, actor=OfficerFactory(), at=HAPPENED, payload=payload)
    event.refresh_from_db()
    return event


def test_events_of_a_chain_are_numbered_and_linked_by_the_database():
    first, second, other = tell(), tell(), tell("case:2")
    assert (first.seq, second.seq, other.seq) == (1, 2, 1)
    assert bytes(second.prev_hash) == bytes(first.hash)
    assert bytes(other.prev_hash) == b""
    assert first_broken_link() is None


def test_an_event_keeps_when_it_happened_and_when_it_was_recorded():
    event = tell()
    assert event.occurred_at == HAPPENED
    assert event.recorded_at > HAPPENED


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_or_delete_an_event(statement):
    event = tell(amount="50")
    with pytest.raises((DatabaseError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    event.refresh_from_db()
    assert event.verb == "test_seen"
    assert event.payload == {"amount": "50"}


def test_the_database_refuses_to_truncate_the_trail():
    tell()
    with pytest.raises((DatabaseError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_event CASCADE")
    assert Event.objects.count() == 1


def test_a_change_made_behind_the_triggers_is_found():
    tell(amount="50")
    second = tell(amount="60")
    tell(amount="70")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER ALL")
        cursor.execute('UPDATE audit_event SET payload = \'{"amount": "6"}\' WHERE id = %s', [second.pk])
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER ALL")
    broken = first_broken_link()
    assert broken is not None
    assert (broken.chain, broken.seq) == ("case:1", 2)


def test_an_event_removed_behind_the_triggers_is_found():
    tell()
    second = tell()
    tell()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM audit_event WHERE id = %s", [second.pk])
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER ALL")
    broken = first_broken_link("case:1")
    assert broken is not None
    assert broken.seq == 3


def test_the_trail_reads_newest_first():
    tell(step=1)
    tell(step=2)
    assert [event.payload["step"] for event in trail_of("case:1")] == [2, 1]


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    body = BodyFactory()
    with pytest.raises(RuntimeError):
        record(SEEN, chain="case:1", target=body, actor=None, at=HAPPENED)
    assert not Event.objects.exists()


def test_a_verb_nobody_listens_to_owes_nothing():
    tell()
    assert not Delivery.objects.exists()


def owe(chain: str) -> int:
    """Record an event that somebody listens to; return what is owed for it."""
    event = record(INSTRUMENT_ISSUED, chain=chain, target=BodyFactory(), actor=None, at=HAPPENED)
    return Delivery.objects.get(event_id=event.pk).pk


def test_an_act_wakes_the_worker_once_for_all_it_owes(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as hooks, transaction.atomic():
        owed = [owe("case:1"), owe("case:2")]
    (hint,) = hooks
    assert hint.owed == owed


def test_what_is_rolled_back_wakes_nobody_and_hides_nothing_of_the_rest(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as hooks, transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            owe("case:1")
            raise ZeroDivisionError
        with transaction.atomic():
            kept = owe("case:2")
        later = owe("case:3")
    assert [hint.owed for hint in hooks] == [[kept], [later]]


def test_a_verb_cannot_be_declared_twice_with_another_meaning():
    with pytest.raises(ValueError, match="declared twice"):
        verbs.declare("test_seen", "听见")
