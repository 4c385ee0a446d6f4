"""Who may act on an item in a township on a day."""

import json
from typing import Any

from bench.bench import Bench
from bench.decade import BEHIND, fill_decade, rows_filled
from bench.line import Line
from bench.meter import Task
from catalog.models import Item
from townships.selectors import authority_for

LOOKUP = """
    SELECT g.holder_id, h.name AS holder, g.mode, g.id, g.principal_id, p.name AS principal, g.signed_on,
           g.published_by_principal_on, g.published_by_holder_on, g.valid_from, g.valid_to, g.revoked_on,
           x.withdrawn_on, g.number, g.legal_basis, g.decision_document,
           EXISTS (SELECT 1 FROM townships_suspension s WHERE s.grant_id = g.id AND s.suspended_from <= %s
                   AND (s.suspended_to IS NULL OR s.suspended_to >= %s)) AS suspended
    FROM townships_grantitem x JOIN townships_authoritygrant g ON g.id = x.grant_id
    JOIN townships_body h ON h.id = g.holder_id LEFT JOIN townships_body p ON p.id = g.principal_id
    WHERE x.item_id = %s AND (x.township_id = %s OR x.township_id IS NULL) AND x.county_id = %s
      AND NOT (g.status = 'draft' AND x.mode IN ('own', 'concentrated', 'authorised'))
    ORDER BY g.valid_from DESC, g.id
"""
PAGES = "SELECT * FROM townships_grantitem x WHERE x.item_id = %s AND x.township_id = %s"


def lines(bench: Bench) -> list[Line]:
    """Return the lines about routing: among this year's agreements, and among those of ten years."""
    fill_decade(bench.scale)
    old = Item.objects.get(pk=BEHIND)
    years = f"routing lookup among {bench.scale.years} years, {bench.scale.counties} counties"
    return [
        _line(bench, "routing", "routing lookup", bench.cast.item),
        _line(bench, "routing_decade", years, old),
    ]


def _line(bench: Bench, key: str, label: str, item: Item) -> Line:
    township, day = bench.cast.township, bench.today
    return Line(
        key,
        label,
        ours=Task(lambda: authority_for(item=item, township=township, on=day)),
        floor=Task(lambda: bench.as_json(LOOKUP, day, day, item.pk, township.pk, township.county_id)),
        goal=3,
        most_queries=3,
        growth_goal=0.1,
        facts={"pages": _pages(bench, item), "rows": rows_filled()},
    )


def _pages(bench: Bench, item: Item) -> int:
    """Count the pages that finding the grants of an item reads."""
    statement = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {PAGES}"
    found: Any = bench.floor.execute(statement, (item.pk, bench.cast.township.pk)).fetchone()
    told = found[0] if isinstance(found[0], list) else json.loads(found[0])
    plan = told[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
