"""Record an event inside the caller's transaction and owe its consequences in the same transaction."""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from celery import current_app
from django.db import models, transaction

from audit import context, statements, subscribers
from audit.county import this_county
from audit.models import Delivery, Event
from audit.verbs import Verb

log = logging.getLogger(__name__)


# The trigger numbers, links and dates each row.
APPEND = """
    INSERT INTO audit_event (county_id, chain, seq, verb, target_type, target_id, payload,
                             actor_id, actor_name, address, request_id, occurred_at, prev_hash, hash)
    SELECT %s, told.chain, 0, %s, told.type, told.target, told.payload, %s, %s, %s, %s, %s, '', ''
    FROM jsonb_to_recordset(%s::jsonb) AS told(chain text, type text, target bigint, payload jsonb)
    RETURNING id, chain, target_id
"""


class Actor(Protocol):
    """Whoever acts: anything with a key and a name."""

    pk: Any
    name: str


def record(
    verb: Verb,
    *,
    chain: str,
    target: models.Model,
    actor: Actor | None,
    at: datetime,
    payload: dict[str, Any] | None = None,
) -> Event:
    """Append one event to a chain; must be called inside the transaction of the act it tells of.

    at: the aware instant at which the act happened (the database adds when it was recorded).
    payload: JSON-able facts; personal fields are those the verb declares.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its act")
    origin = context.current()
    event = Event.objects.create(
        chain=chain,
        verb=verb.code,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        payload=payload or {},
        actor_id=actor.pk if actor else None,
        actor_name=actor.name if actor else "",
        address=origin.address,
        request_id=origin.request_id,
        occurred_at=at,
    )
    _owe(event, subscribers.names_for(verb))
    return event


def record_many(
    verb: Verb,
    rows: Iterable[tuple[str, models.Model, dict[str, Any]]],
    *,
    actor: Actor | None,
    at: datetime,
) -> list[Event]:
    """Append one event to each of many chains, in one statement; for verbs nothing follows from.

    rows: chain, target, payload. Returns each event's key, chain and target only.
    """
    if subscribers.names_for(verb):
        raise ValueError(f"{verb.code} has subscribers; record its events one by one")
    origin, who, name = context.current(), actor.pk if actor else None, actor.name if actor else ""
    told = (
        {"chain": chain, "type": target._meta.label_lower, "target": target.pk, "payload": payload}
        for chain, target, payload in rows
    )
    shared = [this_county(), verb.code, who, name, origin.address, origin.request_id, at]
    appended = statements.write_many(APPEND, shared, told)
    return [Event(pk=key, chain=chain, target_id=target) for key, chain, target in appended]


def _owe(event: Event, names: list[str]) -> None:
    if not names:
        return
    owed = Delivery.objects.bulk_create(
        Delivery(event=event, subscriber=name, available_at=event.occurred_at) for name in names
    )
    transaction.on_commit(partial(_wake, [delivery.pk for delivery in owed]), robust=True)


def _wake(delivery_ids: list[int]) -> None:
    # Only a hint to be quick: what is owed stands in the database, and the relay finds it without the broker.
    try:
        current_app.send_task("audit.deliver", args=[delivery_ids], retry=False)
    except Exception:
        log.warning("the broker is away; the relay will deliver %s", delivery_ids, exc_info=True)
