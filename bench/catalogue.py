"""Items for the search box, ten times a county's own, in the synthetic catalogue's wording."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

from django.db import connection

from bench.synthetic import Row, generate
from catalog.copying import copy_rows, new_ids
from catalog.models import DataOrigin, Item, ItemCode, ItemVersion
from catalog.searching import aliases_for, initials_of, search_text_of

FIRST_DAY, KNOWN = date(2020, 1, 1), datetime(2020, 1, 1, tzinfo=UTC)
VERSION = ("item", "name", "violation", "domain", "department_name", "status", "valid_from", "recorded_from")
PLAIN = ("number", "scope_note", "statute_name", "obligation_article", "obligation_text", "penalty_article")
PLAIN += ("penalty_text", "penalty_range_text", "fine_unit", "source", "drafted_by_name", "published_by_name")
REST = ("power_type", "penalty_kinds", "needs_correction_first", "limitation_years", "content_digest")
FOUND = ("aliases", "initials", "search_text")


def fill_items(count: int) -> None:
    """Write so many synthetic items in force, with codes and all that the search looks through."""
    rows = list(islice(cycle(generate().rows), count))
    ids = new_ids(Item, count)
    copy_rows(
        Item,
        ("id", "uid", "identity", "data_origin", "created_at"),
        ([pk, uuid4(), f"MANY:{pk}", DataOrigin.SYNTHETIC, KNOWN] for pk in ids),
    )
    copy_rows(
        ItemCode,
        ("item", "scheme", "code", "valid_from"),
        (
            [pk, "local", _code(row, place), FIRST_DAY]
            for place, (pk, row) in enumerate(zip(ids, rows, strict=True))
        ),
    )
    names = (*VERSION, *PLAIN, *REST, *FOUND)
    copy_rows(ItemVersion, names, _versions(ids, rows))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_itemversion")


def _code(row: Row, place: int) -> str:
    return f"{row['syn_code']}{place // 5010:02d}"


def _versions(ids: list[int], rows: list[Row]) -> Iterator[list[Any]]:
    for place, (pk, row) in enumerate(zip(ids, rows, strict=True)):
        name = row["name"]
        aliases, initials = aliases_for(name), initials_of(name)
        text = search_text_of(
            name=name,
            violation=name,
            statute_name="《城市市容和环境卫生管理条例》",
            aliases=aliases,
            codes=[_code(row, place)],
            initials=initials,
            articles="",
        )
        about = [pk, name, name, row["domain"], row["department"], "published", FIRST_DAY, KNOWN]
        yield [*about, *[""] * len(PLAIN), "penalty", ["fine"], False, 2, "", aliases, initials, text]
