"""The deadline sweep, against one statement that warns the same people of the same clocks."""

from bench.bench import Bench
from bench.filling import run
from bench.line import Line
from bench.meter import Task
from cases.clocks.models import Clock
from cases.oversight.services import sweep

ROWS = 200
# The same rows written by hand: the clock's level, a notice for the two officers and their leader, an event.
BY_HAND = """
    WITH due AS (
        SELECT c.id, c.case_id, c.clock_id, c.due_on, k.county_id, ARRAY(
                   SELECT r.officer_id FROM townships_rolegrant r
                   JOIN townships_officer o ON o.id = r.officer_id
                   WHERE r.role = 'team_leader' AND o.body_id = k.handler_id
               ) || ARRAY[k.lead_officer_id, k.second_officer_id] AS people
        FROM cases_clock c JOIN cases_case k ON k.id = c.case_id
        WHERE c.state = 'running' AND c.due_on = %s AND c.warned_level = '' AND k.lead_officer_id IS NOT NULL
        ORDER BY c.due_on, c.id LIMIT 500 FOR UPDATE OF c SKIP LOCKED
    ), warned AS (
        UPDATE cases_clock c SET warned_level = 'red' FROM due WHERE c.id = due.id
    ), told AS (
        INSERT INTO desk_notice (county_id, recipient_id, kind, title, body, link, key, created_at)
        SELECT due.county_id, unnest(people), 'clock-red', '时限将到期',
               '案件', '/cases/' || case_id || '/', 'hand:' || due.id || ':' || %s, now()
        FROM due ON CONFLICT DO NOTHING
    ), noted AS (
        INSERT INTO audit_event (county_id, chain, seq, verb, target_type, target_id, payload, actor_name,
                                 address, request_id, occurred_at, prev_hash, hash)
        SELECT county_id, 'case:' || case_id, 0, 'clock_warned', 'cases.case', case_id,
               jsonb_build_object('clock', clock_id, 'level', 'red', 'due_on', due_on,
                                  'told', people),
               '', '', '', now(), '', ''
        FROM due
    )
    SELECT count(*) FROM due
"""


def lines(bench: Bench) -> list[Line]:
    """Return the line about the sweep."""
    rows = _gather(bench)
    turns = iter(range(10**9))
    floor = Task(lambda: bench.rows(BY_HAND, _day(bench), str(next(turns))), before=lambda: _forget(bench))
    return [
        Line(
            "sweep",
            f"deadline sweep of {rows} due clocks, a clock",
            ours=Task(lambda: sweep(at=bench.at), before=lambda: _forget(bench)),
            floor=floor,
            goal=2,
            growth_goal=0.1,
            per=rows,
            rounds=7,
            facts={"rows": rows},
        )
    ]


def _day(bench: Bench) -> object:
    """The day on which the gathered clocks fall due: tomorrow, and so soon."""
    return bench.today.fromordinal(bench.today.toordinal() + 1)


def _gather(bench: Bench) -> int:
    """Let a fixed number of clocks fall due tomorrow, and nothing else before the horizon."""
    near = "state = 'running' AND due_on < current_date + 30"
    run(f"UPDATE cases_clock SET due_on = current_date + 60 WHERE {near}")
    chosen = (
        Clock.objects.filter(state="running", kind="case_decision")
        .exclude(case__lead_officer=None)
        .order_by("id")
        .values_list("pk", flat=True)[:ROWS]
    )
    return Clock.objects.filter(pk__in=list(chosen)).update(due_on=_day(bench), warned_level="")


def _forget(bench: Bench) -> None:
    """Make the clocks due again, and take away the notices that would stand in the way."""
    Clock.objects.filter(state="running", due_on=_day(bench)).update(warned_level="")
    run("DELETE FROM desk_notice WHERE kind LIKE 'clock-%'")
