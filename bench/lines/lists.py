"""Work queue, case list, home, deep pages and restricted officers."""

from django.urls import reverse

from bench.bench import Bench
from bench.line import Line
from bench.meter import Task
from cases.dossier.access import visible_to
from cases.dossier.models import Case
from cases.overview import rows
from cases.overview.selectors import search
from desk.keyset import KeysetPage
from townships.models import Officer

NAMES = """
    LEFT JOIN townships_body t ON t.id = k.township_id LEFT JOIN townships_body h ON h.id = k.handler_id
    LEFT JOIN townships_body n ON n.id = k.named_id
"""
QUEUE = f"""
    SELECT k.id, k.lead_number, k.number, k.stage, k.cause, k.party_name, k.address, t.name AS township,
           h.name AS handler, n.name AS named, k.next_due_on, k.next_clock, k.version
    FROM cases_case k {NAMES}
    WHERE (k.lead_officer_id = %s OR k.second_officer_id = %s) AND k.is_open
      AND (k.seat = %s OR k.principal = %s) AND k.county_id = %s
    ORDER BY k.next_due_on, k.id LIMIT 50
"""
ROW = """
    k.id, k.lead_number, k.number, k.stage, k.cause, k.summary, k.party_name, k.address, k.mode, k.is_open,
    k.next_due_on, k.next_clock, k.filed_on, k.decided_on, k.closed_on, k.version, k.township_id,
    k.handler_id, k.named_id, k.lead_officer_id, k.second_officer_id
"""
PEOPLE = """
    LEFT JOIN townships_officer l ON l.id = k.lead_officer_id
    LEFT JOIN townships_officer s ON s.id = k.second_officer_id
"""
# The best SQL for "mine of two ways": one walk of an index for each way, then the newest of them all.
LIST = f"""
    SELECT k.*, t.short_name AS township, h.short_name AS handler, n.short_name AS named, l.name AS lead,
           s.name AS second
    FROM (
        (SELECT {ROW} FROM cases_case k WHERE k.seat = %s AND k.county_id = %s
         ORDER BY k.id DESC LIMIT 51)
        UNION ALL
        (SELECT {ROW} FROM cases_case k WHERE k.principal = %s AND k.county_id = %s
         ORDER BY k.id DESC LIMIT 51)
    ) k {NAMES} {PEOPLE}
    ORDER BY k.id DESC LIMIT 51
"""
COUNT = """
    SELECT count(*) FROM (
        SELECT 1 FROM cases_case k WHERE k.seat = %s AND k.county_id = %s
        UNION ALL
        SELECT 1 FROM cases_case k WHERE k.principal = %s AND k.county_id = %s LIMIT 1001
    ) capped
"""


def lines(bench: Bench) -> list[Line]:
    """Return the lines about lists."""
    busy, county = bench.cast.busy, bench.cast.busy.county_id
    body = busy.body_id
    hello = Task(bench.visit(busy, "/hello/"))
    listed = Task(lambda: bench.as_json(LIST, body, county, body, county))
    counted = Task(lambda: (listed.call(), bench.rows(COUNT, body, county, body, county)))
    return [
        Line(
            "queue_rest",
            "work queue, REST, 50 rows",
            ours=Task(bench.visit(busy, "/api/v1/queue/")),
            floor=Task(lambda: bench.as_json(QUEUE, busy.pk, busy.pk, body, body, county)),
            shared=Task(bench.visit(busy, "/api/v1/hello/")),
            goal=3,
            most_queries=2,
            growth_goal=0.2,
            facts={"rows": len(bench.rows(QUEUE, busy.pk, busy.pk, body, body, county))},
        ),
        Line(
            "list_rest",
            "case list, REST, 50 rows",
            ours=Task(bench.visit(busy, "/api/v1/cases/")),
            floor=listed,
            shared=Task(bench.visit(busy, "/api/v1/hello/")),
            goal=3,
            most_queries=2,
            growth_goal=0.2,
        ),
        Line(
            "list_html",
            "case list, HTML, 50 rows",
            ours=Task(bench.visit(busy, reverse("cases"))),
            floor=counted,
            shared=hello,
            goal=6,
            growth_goal=0.2,
        ),
        Line(
            "home_html",
            "home page, HTML",
            ours=Task(bench.visit(busy, reverse("home"))),
            floor=Task(lambda: bench.as_json(QUEUE, busy.pk, busy.pk, body, body, county)),
            shared=Task(hello.call),
            most_ms=300,
            growth_goal=0.2,
        ),
        Line(
            "restricted_list",
            "case list of an officer of one body against the county's, HTML",
            ours=Task(bench.visit(busy, reverse("cases"))),
            floor=Task(bench.visit(bench.cast.supervisor, reverse("cases"))),
            goal=1.2,
            growth_goal=0.1,
        ),
        *_depth(bench),
    ]


def page(officer: Officer, bench: Bench, cursor: str | None = None) -> KeysetPage[Case]:
    """Read one page of the cases that an officer may see."""
    cases, ways = search(officer, on=bench.today, values={})
    return KeysetPage(rows.columns_of(cases), ordering=["-id"], cursor=cursor, ways=ways)


def _depth(bench: Bench) -> list[Line]:
    county = bench.cast.supervisor
    keys = visible_to(county, on=bench.today).order_by("-id").values_list("pk", flat=True)
    depth = min(50_000, keys.count() * 9 // 10)
    deep = page(county, bench)
    deep.object_list = [Case(pk=keys[depth])]
    deep.has_next = True
    cursor = deep.next_cursor
    first = Task(lambda: page(county, bench))
    return [
        Line(
            "deep_page",
            f"page at row {depth} against the first page",
            ours=Task(lambda: page(county, bench, cursor)),
            floor=first,
            goal=1.2,
            facts={"depth": depth},
        ),
        Line(
            "restricted",
            "page of an officer of one body against the county's",
            ours=Task(lambda: page(bench.cast.busy, bench)),
            floor=Task(first.call),
            goal=1.2,
            growth_goal=0.1,
        ),
    ]
