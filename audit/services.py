"""Record an event inside the caller's transaction and owe its consequences in the same transaction."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from celery import current_app
from django.db import models, transaction

from audit import context, statements, subscribers
from audit.county import this_county
from audit.models import Event
from audit.verbs import Verb

log = logging.getLogger(__name__)


# The trigger numbers, links and dates each row; what follows from an event is owed in the same statement.
APPEND = """
    WITH listening AS (
        SELECT unnest(%s::text[]) AS subscriber
    ), appended AS (
        INSERT INTO audit_event (county_id, chain, seq, verb, target_type, target_id, payload,
                                 actor_id, actor_name, address, request_id, occurred_at, prev_hash, hash)
        SELECT %s::integer, told.chain, 0, %s::text, told.type, told.target, told.payload, %s::bigint,
               %s::text, %s::text, %s::text, %s::timestamptz, '', ''
        FROM jsonb_to_recordset(%s::jsonb) AS told(chain text, type text, target bigint, payload jsonb)
        RETURNING id, county_id, chain, target_id, occurred_at
    ), owed AS (
        INSERT INTO audit_delivery (county_id, event_id, subscriber, available_at, attempts, last_error)
        SELECT county_id, id, subscriber, occurred_at, 0, '' FROM appended CROSS JOIN listening
        RETURNING id
    )
    SELECT id, chain, target_id, (SELECT array_agg(id ORDER BY id) FROM owed) FROM appended ORDER BY id
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
    return record_many(verb, [(chain, target, payload or {})], actor=actor, at=at)[0]


def record_many(
    verb: Verb,
    rows: Iterable[tuple[str, models.Model, dict[str, Any]]],
    *,
    actor: Actor | None,
    at: datetime,
) -> list[Event]:
    """Append one event for each target to its chain and owe what follows, in one statement.

    rows: chain, target, payload. Returns each event's key, chain and target only.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its act")
    origin, who, name = context.current(), actor.pk if actor else None, actor.name if actor else ""
    shared = [subscribers.names_for(verb), this_county(), verb.code, who, name]
    shared += [origin.address, origin.request_id, at]
    told = (
        {"chain": chain, "type": target._meta.label_lower, "target": target.pk, "payload": payload}
        for chain, target, payload in rows
    )
    appended = statements.write_many(APPEND, shared, told)
    owed = appended[0][-1] if appended else None
    if owed:
        _wake_at_commit(owed)
    return [Event(pk=key, chain=chain, target_id=target) for key, chain, target, _owed in appended]


@dataclass
class _Wake:
    """Tell the worker what is owed.

    Only a hint to be quick: what is owed stands in the database, and the relay finds it without the broker.
    """

    owed: list[int]

    def __call__(self) -> None:
        """Send the hint; a broker that is away is no failure."""
        try:
            current_app.send_task("audit.deliver", args=[self.owed], retry=False)
        except Exception:
            log.warning("the broker is away; the relay will deliver %s", self.owed, exc_info=True)


def _wake_at_commit(owed: list[int]) -> None:
    """Wake the worker after the commit, once for all events that stand or fall with the same savepoints."""
    connection = transaction.get_connection()
    standing = set(connection.savepoint_ids)
    for savepoints, hook, *_robust in connection.run_on_commit:
        if isinstance(hook, _Wake) and savepoints == standing:
            hook.owed += owed
            return
    transaction.on_commit(_Wake(owed), robust=True)
