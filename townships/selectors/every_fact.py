"""Every source of power over every item on a day, in one statement: for reports on the whole county."""

from datetime import date

from audit import statements
from law.powers import AuthorityFact
from townships.selectors.authority import FACT, FACTS, fact_from

SELECT, MARK, _REST = FACTS.partition("    WHERE x.item_id")
EVERY = (
    SELECT.replace("SELECT ", "SELECT x.item_id, x.township_id, ", 1)
    + "    WHERE NOT (g.status = 'draft' AND x.mode IN ('own', 'concentrated', 'authorised'))\n"
    + "    ORDER BY g.valid_from DESC, g.id\n"
)

Known = dict[tuple[int, int | None], list[AuthorityFact]]


def every_fact(on: date) -> Known:
    """Read all facts, sorted by item and township (None: the whole county)."""
    found: Known = {}
    for item_id, township_id, *rest in statements.rows(EVERY, [on, on, None]):
        fact = fact_from(dict(zip(FACT, rest, strict=True)))
        found.setdefault((item_id, township_id), []).append(fact)
    return found
