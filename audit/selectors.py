"""Read the trail and check its chains."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection
from django.db.models import QuerySet

from audit import statements
from audit.models import Event

BROKEN_LINKS = """
    SELECT id, chain, seq FROM (
        SELECT e.id, e.chain, e.seq, e.hash, e.prev_hash, audit_event_digest(e) AS digest,
               row_number() OVER w AS expected_seq,
               COALESCE(lag(e.hash) OVER w, ''::bytea) AS expected_prev
        FROM audit_event e
        WHERE %(chain)s = '' OR e.chain = %(chain)s
        WINDOW w AS (PARTITION BY e.chain ORDER BY e.seq)
    ) link
    WHERE hash <> digest OR prev_hash <> expected_prev OR seq <> expected_seq
    ORDER BY chain, seq LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first event of a chain whose hash, link or number does not fit."""

    event_id: int
    chain: str
    seq: int


def trail_of(chain: str) -> QuerySet[Event]:
    """Return a chain's events, newest first."""
    return Event.objects.filter(chain=chain).order_by("-seq")


TOLD = ("seq", "verb", "actor_id", "actor_name", "occurred_at", "recorded_at", "payload", "request_id")
TELL = """
    SELECT seq, verb, actor_id, actor_name, occurred_at, recorded_at, payload, request_id
    FROM audit_event WHERE chain = %s::text ORDER BY seq DESC LIMIT %s::bigint
"""


def told_of(chain: str, *, limit: int) -> list[dict[str, Any]]:
    """Return what a chain's newest events tell, as plain rows."""
    rows = (dict(zip(TOLD, row, strict=True)) for row in statements.rows(TELL, [chain, limit]))
    return [{**row, "payload": orjson.loads(row["payload"])} for row in rows]


def first_broken_link(chain: str = "") -> BrokenLink | None:
    """Walk one chain, or all of them, in the database; None when every hash and link fits."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN_LINKS, {"chain": chain})
        row = cursor.fetchone()
    return BrokenLink(*row) if row else None


def count_events(chain: str = "") -> int:
    """Count the events of one chain, or of all."""
    events = Event.objects.filter(chain=chain) if chain else Event.objects.all()
    return events.count()
