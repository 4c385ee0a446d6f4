"""Search by characters of a name, by plate, address and number."""

from bench.bench import Bench
from bench.line import Line
from bench.lines.lists import NAMES, PEOPLE
from bench.meter import Task
from cases.overview import rows
from cases.overview.selectors import search
from desk.keyset import KeysetPage

FOUND = f"""
    SELECT k.id, k.lead_number, k.number, k.stage, k.cause, k.party_name, k.next_due_on,
           t.short_name AS township, h.short_name AS handler, n.short_name AS named, l.name AS lead,
           s.name AS second
    FROM cases_case k {NAMES} {PEOPLE}
    WHERE {{pairs}} AND k.search_text LIKE '%%' || %s::text || '%%'
    ORDER BY k.id DESC LIMIT 51
"""
# The pairs tell the county. One character has none: the newest cases are walked until a page is full.
PAIRS = "pairs(k.county_id, k.search_text) @> pairs(%s::int, %s::text)"
NONE = "k.county_id = %s::int AND %s::text <> ''"


def lines(bench: Bench) -> list[Line]:
    """Return the lines about search."""
    return [
        _line(bench, "search_2", "2 characters", "丁一", goal=1.5),
        _line(bench, "search_3", "3 characters", "丽强餐", goal=1.5),
        _line(bench, "search_plate", "a plate", "浙K12345", goal=1.5),
        _line(bench, "search_address", "an address", "人民路321号", goal=1.5),
        _line(bench, "search_number", "a number", "〔2026〕4321号", goal=1.5),
        _line(bench, "search_1", "1 character", "丁", most_ms=50),
    ]


def _line(
    bench: Bench, key: str, kind: str, word: str, *, goal: float | None = None, most_ms: float | None = None
) -> Line:
    officer, county = bench.cast.supervisor, bench.cast.supervisor.county_id

    def ours() -> object:
        cases, ways = search(officer, on=bench.today, values={"q": word})
        return rows.plain(KeysetPage(rows.plain_of(cases), ordering=["-id"], ways=ways).object_list)

    statement = FOUND.format(pairs=PAIRS if len(word) > 1 else NONE)
    values = (county, word, word)
    return Line(
        key,
        f"search for {kind}: {word}",
        ours=Task(ours),
        floor=Task(lambda: bench.as_json(statement, *values)),
        goal=goal,
        most_ms=most_ms,
        basis="db",
        most_queries=1,
        growth_goal=0.35,
        facts={"found": len(bench.rows(statement, *values))},
    )
