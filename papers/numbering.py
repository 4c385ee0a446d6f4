"""Gapless document numbers: one counter row for each county, body, year and series."""

import re
from collections.abc import Sequence

from django.db import connection

from audit import statements
from audit.county import this_county
from papers.models import Counter

# What a pattern may name: the mark of the body, the year, the number, filled up with noughts or not.
PLACE = re.compile(r"\{(word|year|n)(?::0(\d)d)?\}")
# A whole pattern names year and number, so that no number of one year is one of another's.
PATTERN = r"^(?=.*\{year\})(?=.*\{n(:0\dd)?\})([^{}]|\{(word|year|n(:0\dd)?)\})+$"
# Eight digits, as archives number volumes where the county sets nothing else.
YEAR_AND_NUMBER = "{year}{n:04d}"

# The row locks are held until the caller commits, so a rolled-back act gives its numbers back. The rows are
# locked in the order in which the series are told.
TAKE = """
    INSERT INTO papers_counter (county_id, body_id, year, series, last)
    SELECT %s::integer, %s::bigint, %s::integer, series, 1
    FROM unnest(%s::text[]) WITH ORDINALITY AS told(series, place) ORDER BY place
    ON CONFLICT (county_id, body_id, year, series) DO UPDATE SET last = papers_counter.last + 1
    RETURNING series, last
"""


def take(*, series: str, body_id: int, year: int) -> int:
    """Take the next number of a series; must be called inside the transaction of the act that uses it."""
    return take_each([series], body_id=body_id, year=year)[series]


def take_each(series: Sequence[str], *, body_id: int, year: int) -> dict[str, int]:
    """Take the next number of each of several series of a body, as `take` does, in one statement."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of its act")
    return dict(statements.rows(TAKE, [this_county(), body_id, year, list(series)]))


def upcoming(*, series: str, body_id: int, year: int) -> int:
    """Tell which number a series would give next, without taking it."""
    counter = Counter.objects.filter(series=series, body_id=body_id, year=year, county_id=this_county())
    return (counter.values_list("last", flat=True).first() or 0) + 1


def patterned(pattern: str, *, word: str, year: int, number: int) -> str:
    """Write a number by a county's own pattern, such as {year}{n:04d} or {word}档〔{year}〕{n}号."""
    facts = {"word": word, "year": str(year)}
    return PLACE.sub(lambda place: facts.get(place[1], str(number).zfill(int(place[2] or 0))), pattern)


def printed(*, word: str, kind: str, year: int, number: int) -> str:
    """Write a number as on paper: 青综执罚决〔2026〕1号, with hexagonal brackets and no leading zero."""
    return f"{word}{kind}〔{year}〕{number}号"
