"""Start, stop and recompute clocks; always for an event, so that only events move a clock."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

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
    return turn(case, stops=(), starts=kinds, event=event, at=at, since=at)


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

    One read of what runs serves all three. Returns what was started, which counts from `since`.
    """
    wanted, stopped = list(starts), None if stops is None else list(stops)
    left, ended, replaced = [], [], []
    for clock in _running(case):
        if stopped is None or clock.kind in stopped:
            ended.append(clock.pk)
        elif clock.kind in wanted:
            replaced.append(clock.pk)
        else:
            left.append(clock)
    _end(ended, Clock.State.STOPPED, event, at)
    _end(replaced, Clock.State.CANCELLED, event, since)
    fresh = Clock.objects.bulk_create([_derive(case, kind, event, since) for kind in wanted])
    _press(case, [*left, *fresh])
    return fresh


def _running(case: Case) -> QuerySet[Clock]:
    return Clock.objects.filter(case=case, state=Clock.State.RUNNING).only("kind", "clock_id", "due_on")


def _end(pks: list[int], state: Clock.State, event: Event, at: datetime) -> None:
    if pks:
        Clock.objects.filter(pk__in=pks).update(state=state, stopped_at=at, stopped_by=event)


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
    dated = ((clock.due_on, clock.pk, clock.clock_id) for clock in running if clock.kind not in PARTY_CLOCKS)
    first = min((row for row in dated if row[0] is not None), default=(None, 0, ""))
    case.next_due_on, _key, case.next_clock = first


# These run for the party: they inform and are waited out, but no officer is late when they end.
PARTY_CLOCKS = ("defence", "hearing_request", "review_apply", "sue", "sue_after_review")
# The time to pay the whole fine, and the part that is due before the last; only approved terms lengthen them.
FINE, INSTALMENT = PAYMENT_CLOCKS = ("fine_payment", "fine_instalment")
