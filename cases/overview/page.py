"""The case page: what may be done now, what may not and how to unblock it, the rail, the tabs."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from audit import verbs
from audit.selectors import trail_of
from cases.clocks.models import Clock
from cases.clocks.selectors import clocks_of
from cases.dossier.access import may_move
from cases.dossier.models import Case
from cases.dossier.stages import STEPS, Move, Stage
from cases.flow.acts import Act, registry
from cases.instruments.models import Instrument
from cases.investigation.models import Exhibit
from cases.overview.selectors import urgency
from law.errors import RuleViolation
from townships.models import Officer

# Always possible, never the next step: shown under 更多.
ASIDE = frozenset({Move.ADD_SCAN, Move.HAND_OVER, Move.REASSIGN, Move.JOIN, Move.VOID, Move.RENOTIFY})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the rail."""

    number: int
    label: Any
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """What may be done now, what is blocked and why, what stands aside."""

    open: list[Act] = field(default_factory=list)
    blocked: list[tuple[Act, list[RuleViolation]]] = field(default_factory=list)
    warned: list[tuple[Act, list[RuleViolation]]] = field(default_factory=list)
    aside: list[Act] = field(default_factory=list)
    waiting: list[Act] = field(default_factory=list)


def next_actions(officer: Officer, case: Case, *, on: date) -> Next:
    """Sort the acts of the case's stage into possible, blocked, aside, and waiting for others."""
    found = Next()
    for act in registry.acts.values():
        if case.stage not in act.row.sources:
            continue
        if not may_move(officer, case, act.move, on=on):
            if act.move not in ASIDE:
                found.waiting.append(act)
            continue
        _sort(found, act, case, on)
    return found


def _sort(found: Next, act: Act, case: Case, on: date) -> None:
    if act.move in ASIDE:
        found.aside.append(act)
        return
    refusals = list(act.obstacles(case, on))
    if any(refusal.severity == "block" for refusal in refusals):
        found.blocked.append((act, refusals))
        return
    if refusals:
        found.warned.append((act, refusals))
    found.open.append(act)


def rail(case: Case) -> list[Step]:
    """Draw the whole procedure from the table: done, now, ahead, not applicable."""
    current = next((number for number, (_l, stages) in enumerate(STEPS) if case.stage in stages), None)
    visited = set(case_stages(case))
    steps = []
    for number, (label, stages) in enumerate(STEPS):
        seen = bool(visited & stages)
        if number == current:
            state = "now" if case.is_open else "done"
        elif current is None or number < current:
            state = "done" if seen else "na"
        else:
            state = "ahead"
        steps.append(Step(number + 1, label, state))
    return steps


def case_stages(case: Case) -> list[str]:
    """Return every stage the case has been in, from its trail."""
    moved = trail_of(case.chain).exclude(payload__to=None).values_list("payload__from", "payload__to")
    return [stage for pair in moved for stage in pair if stage] or [case.stage]


def timeline(case: Case, *, limit: int = 60) -> list[dict[str, Any]]:
    """Return the newest events in words."""
    rows = trail_of(case.chain).values(
        "seq", "verb", "actor_name", "occurred_at", "recorded_at", "payload", "request_id"
    )[:limit]
    return [{**row, "label": verbs.get(row["verb"]).label} for row in rows]


def clock_rows(case: Case, *, on: date) -> list[tuple[Clock, str]]:
    """Return the case's clocks with their urgency."""
    return [
        (clock, urgency(clock.due_on, on) if clock.state == Clock.State.RUNNING else clock.state)
        for clock in clocks_of(case)
    ]


def page_of(officer: Officer, case: Case, *, on: date) -> dict[str, Any]:
    """Collect everything the case page shows, in a fixed number of queries."""
    clocks = clock_rows(case, on=on)
    running = [row for row in clocks if row[0].state == Clock.State.RUNNING and row[0].due_on]
    return {
        "case": case,
        "stage": Stage(case.stage),
        "next": next_actions(officer, case, on=on),
        "rail": rail(case),
        "clocks": clocks,
        "next_clock": running[0] if running else None,
        "exhibits": list(Exhibit.objects.filter(case=case).select_related("file").order_by("number")),
        "instruments": list(
            Instrument.objects.filter(case=case)
            .select_related("paper", "issuer", "service")
            .order_by("file_order", "id")
        ),
        "timeline": timeline(case),
        "may_see_personal": "case.view_personal" in officer.permissions(on),
    }
