"""Register a lead, file a case, append to the trail."""

from collections.abc import Callable
from typing import Any

from audit.models import Event
from bench.bench import Bench
from bench.cast import ready_to_file
from bench.copying import Copier, capture
from bench.filling import run
from bench.line import Line
from bench.meter import WARM_UPS, Task
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.acts import perform
from cases.intake import acts as intake
from cases.intake.services import register_lead

COUNT_UP = """
    INSERT INTO papers_counter (county_id, body_id, year, series, last) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (county_id, body_id, year, series) DO UPDATE SET last = papers_counter.last + 1
"""
MOVE_CASE = """
    UPDATE cases_case SET stage = 'investigating', version = version + 1, filed_on = %s, number = %s,
        item_version_id = item_id, next_due_on = %s, next_clock = 'case_decision' WHERE id = %s
"""
STOP_CLOCK = (
    "UPDATE cases_clock SET state = 'stopped', stopped_at = %s WHERE case_id = %s AND state = 'running'"
)
ANSWER = """
    UPDATE cases_filingproposal SET answer = 'approved', answer_opinion = '同意立案。', answered_at = %s,
        answered_by_id = %s WHERE case_id = %s
"""
EVENT = """
    INSERT INTO {table} (county_id, chain, seq, verb, target_type, target_id, payload, actor_name, address,
                         request_id, occurred_at, prev_hash, hash)
    SELECT %s, 'case:' || k.id, n, 'clock_warned', 'cases.case', k.id, '{{"level": "soon"}}', '王执',
           '10.0.0.1', '7F3A-91C2', now(), '', '' FROM (SELECT %s::bigint AS id) k, generate_series(1, 5) n
"""


def lines(bench: Bench) -> list[Line]:
    """Return the lines about acts."""
    return [_lead(bench), _filing(bench), _trail(bench)]


def _lead(bench: Bench) -> Line:
    cast, at = bench.cast, bench.at

    def ours() -> Case:
        return register_lead(
            actor=cast.clerk,
            at=at,
            source="patrol",
            summary="巡查发现店外经营，占用人行道。",
            township=cast.township,
            address="人民路1号",
            party_name="王小明",
            item=cast.item,
        )

    ours()
    counter = [cast.clerk.county_id, cast.township.pk, at.year, "线索"]
    copier = Copier(capture(ours), {"c": COUNT_UP})
    return Line(
        "register_lead",
        "register a lead (service)",
        ours=Task(ours),
        floor=Task(lambda: bench.rows(copier.statement, *copier.values(), *counter)),
        goal=4.5,
        most_queries=15,
        growth_goal=0.1,
        facts={"rows_written": copier.count + 1},
    )


def _filing(bench: Bench) -> Line:
    cast, at = bench.cast, bench.at
    act = intake.registry.acts[Move.APPROVE_FILING]
    ready: list[Case] = []

    def ours() -> None:
        case, values = ready.pop(), {"opinion": "同意立案。"}
        perform(
            act, officer=cast.head, pk=case.pk, at=at, on=bench.today, values=values, version=case.version
        )

    def prepare() -> None:
        while not ready:
            ready.append(ready_to_file(cast, at))

    prepare()
    ours()
    prepare()
    copier = Copier(capture(ours), _further())
    spare = [ready_to_file(cast, at) for _ in range(bench.scale.rounds + WARM_UPS)]
    return Line(
        "file_case",
        "file a case (act with its gates)",
        ours=Task(ours, before=prepare),
        floor=Task(lambda: _file_by_hand(bench, copier, spare), before=lambda: None),
        goal=4.5,
        most_queries=15,
        growth_goal=0.1,
        facts={"rows_written": copier.count + 5},
    )


def _further() -> dict[str, str]:
    return {"c1": COUNT_UP, "c2": COUNT_UP, "m": MOVE_CASE, "s": STOP_CLOCK, "a": ANSWER}


def _file_by_hand(bench: Bench, copier: Copier, spare: list[Case]) -> None:
    case, cast, at = spare.pop(), bench.cast, bench.at
    named = case.named_id
    values: list[Any] = copier.values(case_id=case.pk)
    for series in ("罚案", "立"):
        values += [case.county_id, named, at.year, series]
    values += [bench.today, f"手工{case.pk}号", bench.today, case.pk]
    values += [at, case.pk, at, cast.head.pk, case.pk]
    bench.rows(copier.statement, *values)


def _trail(bench: Bench) -> Line:
    """Five events in one statement, chained by the trigger, against a table without it."""
    run("DROP TABLE IF EXISTS bench_event")
    run("CREATE TABLE bench_event (LIKE audit_event INCLUDING ALL)")
    numbers = iter(range(10**12, 10**13))
    county = bench.cast.clerk.county_id

    def into(table: str) -> Callable[[], object]:
        statement = EVENT.format(table=table)
        return lambda: bench.floor.execute(statement, (county, next(numbers)), prepare=True)

    return Line(
        "trail",
        "an event with its link, against an unchained row",
        ours=Task(into(Event._meta.db_table), repeats=10),
        floor=Task(into("bench_event"), repeats=10),
        goal=1.7,
        per=5,
        counted=False,
    )
