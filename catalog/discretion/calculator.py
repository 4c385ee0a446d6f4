"""What the calculator is asked and answers: every table of an item in force, and the exemptions proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from catalog.discretion.schemes import (
    calculate,
    competing,
    exemptions_of,
    question,
    questions_of,
    ticks_by_table,
)
from catalog.models import ExemptionRule, Item, ItemVersion
from catalog.selectors import tables_of
from desk.keys import key_of
from law.weighed import Calculation

EXEMPT = "x"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was ticked, sorted: circumstances by table, conditions by exemption, and the quantity."""

    chosen: dict[int, frozenset[str]]
    conditions: dict[int, frozenset[int]]
    quantity: Decimal


def asked(values: Sequence[str], quantity: Decimal = Decimal(1)) -> Asked:
    """Sort the values of a form: `table:circumstance`, and `x<exemption>:<position>`."""
    exempt: dict[int, set[int]] = {}
    for value in values:
        marked, _mark, written = value.partition(":")
        key, position = key_of(marked.removeprefix(EXEMPT)), key_of(written)
        if marked.startswith(EXEMPT) and key is not None and position is not None:
            exempt.setdefault(key, set()).add(position)
    conditions = {key: frozenset(found) for key, found in exempt.items()}
    return Asked(ticks_by_table(values), conditions, quantity)


def ticked(data: Any, name: str) -> list[str]:
    """Gather what was ticked: boxes under the name, and one radio a factor under `name:factor`."""
    if not hasattr(data, "getlist"):
        value = data.get(name, [])
        return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
    keys = [key for key in data if key == name or key.startswith(f"{name}:")]
    return [value for key in keys for value in data.getlist(key) if value]


def met_exemptions(item: Item, on: date, given: Asked) -> list[ExemptionRule]:
    """List the exemptions whose conditions were found: they propose themselves (行政处罚法第三十三条)."""
    return [row for row in exemptions_of(item, on) if row.rule.met(given.conditions.get(row.pk, frozenset()))]


def exemption_questions(item: Item, on: date) -> list[dict[str, Any]]:
    """List the exemptions of an item as questions."""
    return [
        {
            "row": row,
            "options": [
                {"value": f"{EXEMPT}{row.pk}:{n}", "text": text} for n, text in enumerate(row.conditions)
            ],
        }
        for row in exemptions_of(item, on)
    ]


def ticks_offered(item: Item, on: date) -> list[tuple[str, str]]:
    """List every circumstance and condition that may be ticked, with its text."""
    groups = [group["options"] for form in questions_of(item, on) for group in form["groups"]]
    groups += [one["options"] for one in exemption_questions(item, on)]
    return [(option["value"], option["text"]) for options in groups for option in options]


def answers(
    item: Item, version: ItemVersion, *, on: date, asked: Asked
) -> list[tuple[Any, Calculation | None]]:
    """Reckon every table in force on which something was ticked or that needs no tick."""
    found: list[tuple[Any, Calculation | None]] = []
    for table in tables_of(item, on):
        form = question(table)
        chosen = asked.chosen.get(table.pk, frozenset())
        reckoned = (
            calculate(table, version, chosen=chosen, quantity=asked.quantity)
            if chosen or not form["groups"]
            else None
        )
        found.append((form, reckoned))
    return found


def page_of(item: Item, version: ItemVersion, *, on: date, asked: Asked) -> dict[str, Any]:
    """Collect the page: questions, answers, the statute that prevails, the exemptions that apply."""
    tables = tables_of(item, on)
    found = answers(item, version, on=on, asked=asked)
    return {
        "version": version,
        "answers": found,
        "exemptions": exemption_questions(item, on),
        "met": met_exemptions(item, on, asked),
        "prevailing": competing(tables, version, asked.quantity),
        "quantity": asked.quantity,
        "asks": next((form["asks"] for form, _reckoned in found if form["asks"]), ""),
    }
