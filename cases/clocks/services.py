"""Start, stop and recompute clocks; always for an event, so that only events move a clock."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from audit.models import Event
from cases.clocks import derive
from cases.clocks.models import Clock, ClockChange
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from law import time_limits


def start(case: Case, kinds: Iterable[str], *, event: Event, at: datetime) -> list[Clock]:
    """Start the clocks of these kinds from the event; a running one of the same kind is cancelled first.

    at: the aware instant from which the law counts (service, filing approval …).
    """
    wanted = list(kinds)
    if not wanted:
        return []
    running = Clock.objects.filter(case=case, kind__in=wanted, state=Clock.State.RUNNING)
    running.update(state=Clock.State.CANCELLED, stopped_at=at, stopped_by=event)
    return Clock.objects.bulk_create([_derive(case, kind, event, at) for kind in wanted])


def _derive(case: Case, kind: str, event: Event, at: datetime) -> Clock:
    profile = derive.profile_for(case, on=time_limits.local(at)[1])
    clock_id = time_limits.kind_to_clock(kind, profile, book=law_book())
    clock = Clock(case=case, kind=kind, clock_id=clock_id, event=event, started_at=at)
    derive.write(clock, time_limits.due(clock_id, trigger=at, profile=profile, book=law_book()))
    return clock


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


def stop(case: Case, kinds: Iterable[str] | None, *, event: Event, at: datetime) -> int:
    """Stop the running clocks of these kinds (None: all of them); returns how many."""
    running = Clock.objects.filter(case=case, state=Clock.State.RUNNING)
    if kinds is not None:
        running = running.filter(kind__in=list(kinds))
    return running.update(state=Clock.State.STOPPED, stopped_at=at, stopped_by=event)


def revive(case: Case, kind: str, *, event: Event) -> None:
    """Let the newest clock of a kind run on that was stopped by mistake, from where it always counted."""
    last = Clock.objects.filter(case=case, kind=kind).order_by("-id").first()
    if last is None or last.state != Clock.State.STOPPED:
        return
    last.state, last.stopped_at, last.stopped_by = Clock.State.RUNNING, None, None
    last.save(update_fields=["state", "stopped_at", "stopped_by"])
    recompute(last, event=event)


def refresh_next(case: Case) -> None:
    """Write the case's next due day and clock onto its locked row, for the queues."""
    first = (
        Clock.objects.filter(case=case, state=Clock.State.RUNNING, due_on__isnull=False)
        .exclude(kind__in=PARTY_CLOCKS)
        .order_by(F("due_on").asc(), "id")
        .first()
    )
    case.next_due_on = first.due_on if first else None
    case.next_clock = first.clock_id if first else ""


# These run for the party: they inform and are waited out, but no officer is late when they end.
PARTY_CLOCKS = ("defence", "hearing_request", "review_apply", "sue")
