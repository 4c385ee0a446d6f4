"""Gapless document numbers: one counter row for each county, body, year and series."""

from django.db import connection

from audit.county import this_county

# The row lock is held until the caller commits, so a rolled-back act gives its number back.
TAKE = """
    INSERT INTO papers_counter (county_id, body_id, year, series, last) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (county_id, body_id, year, series) DO UPDATE SET last = papers_counter.last + 1
    RETURNING last
"""


def take(*, series: str, body_id: int, year: int) -> int:
    """Take the next number of a series; must be called inside the transaction of the act that uses it."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of its act")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [this_county(), body_id, year, series])
        row = cursor.fetchone()
    return int(row[0])


def printed(*, word: str, kind: str, year: int, number: int) -> str:
    """Write a number as on paper: 青综执罚决〔2026〕1号, with hexagonal brackets and no leading zero."""
    return f"{word}{kind}〔{year}〕{number}号"
