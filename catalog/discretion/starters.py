"""Benchmarks of any shape from a file of lines, one table a line, to the items of a list by their numbers."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from audit.services import Actor
from catalog import drafts
from catalog.discretion.services import TableTerms, digest_of_table, draft_table
from catalog.effective import in_force_query
from catalog.models import DiscretionTable, Item, ListMembership, PowerList
from law.errors import RuleViolation

ENVIRONMENT = Path(__file__).parents[1] / "data" / "environment_guangdong_2021_benchmarks.jsonl"
MONEY = ("fine_min", "fine_max")


@dataclass(slots=True)
class Loaded:
    """What became of the tables of a file."""

    made: list[DiscretionTable] = field(default_factory=list)
    unchanged: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def lines_in(path: Path) -> list[dict[str, Any]]:
    """Read the tables of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def load_benchmarks(
    lines: Iterable[dict[str, Any]],
    *,
    power_list: PowerList,
    drafter: Actor,
    publisher: Actor,
    at: datetime,
    effective_on: date,
) -> Loaded:
    """Draft and publish each table by two people; a table that stands already is left alone."""
    members = ListMembership.objects.filter(in_force_query(effective_on), power_list=power_list)
    items = {row.number: row.item for row in members.select_related("item")}
    loaded = Loaded()
    for line in lines:
        item = items.get(line["item"])
        try:
            if item is None:
                raise RuleViolation("item_missing", f"清单中没有序号{line['item']}")
            _load(loaded, item, line, power_list, drafter, publisher, at, effective_on)
        except RuleViolation as refusal:
            loaded.refused.append((line["title"], str(refusal)))
    return loaded


def _load(
    loaded: Loaded,
    item: Item,
    line: dict[str, Any],
    power_list: PowerList,
    drafter: Actor,
    publisher: Actor,
    at: datetime,
    effective_on: date,
) -> None:
    basis = dict(line.get("basis", {}))
    basis |= {name: Decimal(basis[name]) for name in MONEY if basis.get(name)}
    terms = TableTerms(title=line["title"], shape=line["shape"], **basis)
    about = line.get("about", {})
    standing = DiscretionTable.objects.current().filter(item=item, title=terms.title)
    digest = digest_of_table(terms, line["rows"], about)
    if standing.filter(content_digest=digest).exists():
        loaded.unchanged += 1
        return
    table = draft_table(
        item=item,
        terms=terms,
        rows=line["rows"],
        about=about,
        effective_on=effective_on,
        source=power_list.source,
        actor=drafter,
        at=at,
    )
    loaded.made.append(drafts.publish(row=table, actor=publisher, at=at))
