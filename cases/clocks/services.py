"""Start, stop and recompute clocks; always for an event, so that only events move a clock."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from audit import statements
from audit.models import Event
from cases.clocks import derive
from cases.clocks.models import Clock, ClockChange
from cases.dossier.law_book import law_book, profile_of
from cases.dossier.models import Case
from cases.dossier.versions import domain_of
from law import time_limits

# Stops some of what runs, cancels what is started anew, starts that, and returns what runs then. A kind runs
# once only, so what is started waits for what is ended.
TURN = """
    WITH told AS (
        SELECT %s::boolean AS whole, %s::text[] AS stops, %s::text[] AS starts, %s::timestamptz AS at,
               %s::timestamptz AS since, %s::bigint AS event_id, %s::bigint AS case_id,
               %s::integer AS county_id
    ), running AS (
        SELECT clock.id, clock.kind, clock.clock_id, clock.due_on,
               told.whole OR clock.kind = ANY(told.stops) AS stopped,
               clock.kind = ANY(told.starts) AS replaced
        FROM cases_clock clock JOIN told ON told.case_id = clock.case_id WHERE clock.state = 'running'
    ), ended AS (
        UPDATE cases_clock clock SET state = CASE WHEN running.stopped THEN 'stopped' ELSE 'cancelled' END,
               stopped_at = CASE WHEN running.stopped THEN told.at ELSE told.since END,
               stopped_by_id = told.event_id
        FROM running, told WHERE clock.id = running.id AND (running.stopped OR running.replaced)
        RETURNING clock.id
    ), begun AS (
        INSERT INTO cases_clock (county_id, case_id, kind, clock_id, state, event_id, started_at, due_on,
                                 due_at, provisional, derivation, warned_level)
        SELECT told.county_id, told.case_id, fresh.kind, fresh.clock_id, 'running', told.event_id, told.since,
               fresh.due_on, fresh.due_at, fresh.provisional, fresh.derivation, ''
        FROM told, jsonb_to_recordset(%s::jsonb) AS fresh(
            kind text, clock_id text, due_on date, due_at timestamptz, provisional boolean, derivation jsonb)
        WHERE (SELECT count(*) FROM ended) >= 0
        RETURNING id, kind, clock_id, due_on
    )
    SELECT id, kind, clock_id, due_on FROM running WHERE NOT (stopped OR replaced)
    UNION ALL SELECT id, kind, clock_id, due_on FROM begun
"""
BEGINS = ("kind", "clock_id", "due_on", "due_at", "provisional", "derivation")


def turn(
    case: Case,
    *,
    stops: Iterable[str] | None,
    starts: Iterable[str],
    event: Event,
    at: datetime,
    since: datetime,
) -> list[Clock]:
    """Stop clocks of the locked case (None: all), start others, and tell it what is due next.

    Returns what was started, which counts from `since`.
    """
    fresh = {kind: _derive(case, kind, since, event) for kind in starts}
    begins = [{name: getattr(clock, name) for name in BEGINS} for clock in fresh.values()]
    told = [stops is None, list(stops or ()), list(fresh), at, since, event.pk, case.pk, case.county_id]
    found = statements.rows(TURN, [*told, statements.as_json(begins)])
    running = [Clock(pk=pk, kind=kind, clock_id=clock, due_on=due) for pk, kind, clock, due in found]
    _press(case, running)
    return [statements.known(fresh[clock.kind], clock.pk) for clock in running if clock.kind in fresh]


def foreseen(case: Case, kinds: Iterable[str], *, at: datetime) -> list[Clock]:
    """Derive the clocks that an event of this instant will start, and tell a new case what is due."""
    fresh = [_derive(case, kind, at) for kind in kinds]
    _press(case, fresh)
    return fresh


def begin(fresh: list[Clock], *, event: Event) -> list[Clock]:
    """Keep the clocks that were foreseen, once the event that starts them is recorded."""
    for clock in fresh:
        # The case has its key since.
        clock.event, clock.case_id = event, clock.case.pk
    return statements.insert(fresh)


def _running(case: Case) -> QuerySet[Clock]:
    return Clock.objects.filter(case=case, state=Clock.State.RUNNING).only("kind", "clock_id", "due_on")


def _derive(case: Case, kind: str, at: datetime, event: Event | None = None) -> Clock:
    profile, clock_id = _rules_of(case, kind, at)
    clock = Clock(
        case=case, county_id=case.county_id, kind=kind, clock_id=clock_id, event=event, started_at=at
    )
    derive.write(clock, time_limits.due(clock_id, trigger=at, profile=profile, book=law_book()))
    return clock


def _rules_of(case: Case, kind: str, at: datetime, *, known: datetime | None = None) -> tuple[str, str]:
    """Return the rules that a period of the case runs under when it starts then, and its clock among them.

    known: when the item was settled, where that was later.
    """
    domain = domain_of(case, time_limits.local(known or at)[1])
    profile = profile_of(domain, on=time_limits.local(at)[1])
    return profile, time_limits.kind_to_clock(kind, profile, book=law_book())


def follow_item(case: Case, kind: str, *, event: Event) -> None:
    """Let a running clock go by the rules of the case's present item, from where it always counted."""
    for clock in derive.running_clocks(case=case, kind=kind):
        _profile, clock_id = _rules_of(case, kind, clock.started_at, known=event.occurred_at)
        if clock_id != clock.clock_id:
            clock.clock_id = clock_id
            clock.save(update_fields=["clock_id"])
            recompute(clock, event=event)


def recompute(clock: Clock, *, event: Event) -> ClockChange | None:
    """Derive a running clock anew after an event touched what it depends on; keeps the former date."""
    before, was_provisional = clock.due_on, clock.provisional
    derive.write(clock, derive.computed(clock))
    clock.save(update_fields=derive.WRITTEN)
    if (before, was_provisional) == (clock.due_on, clock.provisional):
        return None
    return ClockChange.objects.create(
        clock=clock, event=event, before_on=before, after_on=clock.due_on, was_provisional=was_provisional
    )


def revive(case: Case, kind: str, *, event: Event) -> None:
    """Let the newest clock of a kind run on that was stopped by mistake, from where it always counted."""
    last = Clock.objects.filter(case=case, kind=kind).order_by("-id").first()
    if last is None or last.state != Clock.State.STOPPED:
        return
    last.state, last.stopped_at, last.stopped_by = Clock.State.RUNNING, None, None
    last.save(update_fields=["state", "stopped_at", "stopped_by"])
    recompute(last, event=event)


def cancel(case: Case, kinds: Iterable[str], *, event: Event) -> None:
    """End the running clocks of these kinds that should not have begun."""
    found = Clock.objects.filter(case=case, kind__in=kinds, state=Clock.State.RUNNING)
    found.update(state=Clock.State.CANCELLED, stopped_at=event.occurred_at, stopped_by=event)


def refresh_next(case: Case) -> None:
    """Write the case's next due day and clock onto its locked row, for the queues."""
    _press(case, _running(case))


def _press(case: Case, running: Iterable[Clock]) -> None:
    dated = (
        (clock.due_on, clock.pk or 0, clock.clock_id) for clock in running if clock.kind not in PARTY_CLOCKS
    )
    first = min((row for row in dated if row[0] is not None), default=(None, 0, ""))
    case.next_due_on, _key, case.next_clock = first


# These run for the party: they inform and are waited out, but no officer is late when they end.
PARTY_CLOCKS = ("defence", "hearing_request", "review_apply", "sue", "sue_after_review")
# The time to pay the whole fine, and the part that is due before the last; only approved terms lengthen them.
FINE, INSTALMENT = PAYMENT_CLOCKS = ("fine_payment", "fine_instalment")
