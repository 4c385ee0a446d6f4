"""What a penalty may rest on: a law, regulation or rule, and one that was published."""

import json
from dataclasses import dataclass
from datetime import date

from audit import statements
from catalog.effective import Status
from catalog.models import ItemVersion, StatuteLevel
from catalog.parts import level_of

NAMED_LAW = ("法", "法典")
# What is entered of a text by its name: its level, and of each edition its state and its first day. Asked
# before every filing and every decision.
ENTERED = """
    (SELECT coalesce(jsonb_agg(jsonb_build_array(statute.level, edition.status, edition.valid_from)), '[]')
     FROM catalog_statute statute LEFT JOIN catalog_statuteversion edition ON edition.statute_id = statute.id
     WHERE statute.name = {})
"""
OF_NAME = f"SELECT {ENTERED.format('%s::text')}"


@dataclass(frozen=True, slots=True)
class Source:
    """Whether a cited text is a law, regulation or rule, and whether it was published by a day."""

    is_law: bool
    published: bool


def source_of(version: ItemVersion, on: date) -> Source:
    """Judge the text a penalty is to rest on (行政处罚法第五条第三款、第十六条).

    An item without a named text is refused elsewhere. A text whose editions nobody entered counts as
    published: the list that cites it was.
    """
    name = version.statute_name
    if not name:
        return Source(is_law=True, published=True)
    known = json.loads(version.entered or statements.rows(OF_NAME, [name])[0][0])
    level = next((level for level, _status, _day in known), level_of(name))
    editions = [(status, day) for _level, status, day in known if status]
    return Source(
        is_law=level != StatuteLevel.OTHER or name.strip("《》").endswith(NAMED_LAW),
        published=not editions
        or any(
            status == Status.PUBLISHED and (day is None or date.fromisoformat(day) <= on)
            for status, day in editions
        ),
    )
