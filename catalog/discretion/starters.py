"""Benchmarks and exemptions from a file of lines, one a line, to the items of a list by their numbers."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from audit.services import Actor
from catalog import drafts
from catalog.discretion.services import TableTerms, digest_of_table, draft_exemption, draft_table
from catalog.effective import in_force_query
from catalog.models import (
    DiscretionTable,
    ExemptionKind,
    ExemptionRule,
    Item,
    ListMembership,
    PowerList,
)
from law.errors import RuleViolation

ENVIRONMENT = Path(__file__).parents[1] / "data" / "environment_guangdong_2021_benchmarks.jsonl"
ENVIRONMENT_LIST = "GD"
MONEY = ("fine_min", "fine_max")


@dataclass(slots=True)
class Loaded:
    """What became of the tables of a file."""

    made: list[DiscretionTable | ExemptionRule] = field(default_factory=list)
    unchanged: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def lines_in(path: Path) -> list[dict[str, Any]]:
    """Read the tables of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def refusals_of(code: str) -> dict[str, str]:
    """Say why tables published for the items of a starter list are not used, by the number of the item."""
    if code != ENVIRONMENT_LIST:
        return {}
    return {line["item"]: line["refused"] for line in lines_in(ENVIRONMENT) if line.get("refused")}


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
        if line.get("refused"):
            loaded.refused.append((line["title"], line["refused"]))
            continue
        item = items.get(line["item"])
        try:
            if item is None:
                raise RuleViolation("item_missing", f"清单中没有序号{line['item']}")
            people = {"actor": drafter, "at": at, "effective_on": effective_on, "source": power_list.source}
            row = _draft(item, line, people)
            if row is None:
                loaded.unchanged += 1
            else:
                loaded.made.append(drafts.publish(row=row, actor=publisher, at=at))
        except RuleViolation as refusal:
            loaded.refused.append((line["title"], str(refusal)))
    return loaded


def _draft(
    item: Item, line: dict[str, Any], people: dict[str, Any]
) -> DiscretionTable | ExemptionRule | None:
    """Draft what a line holds: an exemption or a table; None where it stands already."""
    if line["shape"] in ExemptionKind.values:
        return _exemption(item, line, people)
    return _table(item, line, people)


def _exemption(item: Item, line: dict[str, Any], people: dict[str, Any]) -> ExemptionRule | None:
    says = {
        "kind": line["shape"],
        "conditions": line["conditions"],
        "needs_all": bool(line.get("needs_all", True)),
        "document": line["title"],
    }
    if ExemptionRule.objects.current().filter(item=item, **says).exists():
        return None
    return draft_exemption(item=item, **says, **people)


def _table(item: Item, line: dict[str, Any], people: dict[str, Any]) -> DiscretionTable | None:
    basis = dict(line.get("basis", {}))
    basis |= {name: Decimal(basis[name]) for name in MONEY if basis.get(name)}
    terms = TableTerms(title=line["title"], shape=line["shape"], **basis)
    about = line.get("about", {})
    digest = digest_of_table(terms, line["rows"], about)
    standing = DiscretionTable.objects.current().filter(item=item, title=terms.title)
    if standing.filter(content_digest=digest).exists():
        return None
    return draft_table(item=item, terms=terms, rows=line["rows"], about=about, **people)
