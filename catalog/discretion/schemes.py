"""A benchmark table as the calculator reads it, and the range of its statute."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from catalog.discretion.circumstances import items_of
from catalog.models import DiscretionBand, DiscretionTable, ExemptionRule, Item, ItemVersion
from catalog.selectors import tables_of
from desk.keys import key_of
from law.benchmarks import Scheme, factor_of, read_scheme
from law.discretion import Range
from law.weighed import Calculation, Facts, Line, span
from law.weighing import higher_of, leaves, weigh


def scheme_of(table: DiscretionTable) -> Scheme:
    """Read a table: its own structure, or its bands where it was brought in as plain grades."""
    return read_scheme(table.scheme or {"shape": "grades", "grades": grades_of(list(table.bands.all()))})


def grades_of(bands: Sequence[DiscretionBand]) -> list[dict[str, Any]]:
    """Make grades of bands; neighbours of one name and range share a grade (or)."""
    grades: list[dict[str, Any]] = []
    last: tuple[Any, ...] = ()
    for band in bands:
        texts, needs_all = items_of(band.circumstances)
        same = (band.grade, band.fine_min, band.fine_max, band.unit, band.no_penalty, needs_all)
        if not grades or same != last or needs_all:
            grades.append(_grade(band, needs_all=needs_all))
            last = same
        options = grades[-1]["options"]
        start = len(options)
        options += [{"id": f"g{band.order}.{n}", "text": text} for n, text in enumerate(texts, 1)]
        if start:
            grades[-1]["orders"].append(band.order)
    return grades


def _grade(band: DiscretionBand, *, needs_all: bool) -> dict[str, Any]:
    amount = {"low": band.fine_min, "high": band.fine_max, "unit": band.unit or "元"}
    stated = band.fine_min is not None or band.fine_max is not None
    return {
        "id": f"g{band.order}",
        "name": band.grade,
        "options": [],
        "orders": [band.order],
        "amounts": [amount] if stated and not band.no_penalty else [],
        "needs_all": needs_all,
        "no_penalty": band.no_penalty,
    }


def grade_key(table: DiscretionTable, band: DiscretionBand) -> str:
    """Name the grade of the scheme that a band belongs to."""
    if table.scheme:
        return f"g{band.order}"
    grades = grades_of(list(table.bands.all()))
    return next((row["id"] for row in grades if band.order in row["orders"]), "")


def scaled(low: Decimal | None, high: Decimal | None, unit: str, quantity: Decimal) -> Range:
    """Return bounds in yuan for a quantity."""
    factor = factor_of(unit, quantity)
    return Range(low * factor if low is not None else None, high * factor if high is not None else None)


def statute_range(version: ItemVersion, quantity: Decimal, table: DiscretionTable | None = None) -> Range:
    """Return the statute's range in yuan: that of the table's own basis, else of the item's version."""
    if table is not None and (table.fine_min is not None or table.fine_max is not None):
        return scaled(table.fine_min, table.fine_max, table.fine_unit, quantity)
    if table is not None and table.target:
        return Range()
    return scaled(version.fine_min, version.fine_max, version.fine_unit, quantity)


def calculate(
    table: DiscretionTable,
    version: ItemVersion,
    *,
    chosen: frozenset[str],
    quantity: Decimal,
    band: DiscretionBand | None = None,
) -> Calculation:
    """Reckon one table on the circumstances found (行政处罚法第三十四条)."""
    grade = grade_key(table, band) if band is not None and band.table_id == table.pk else ""
    facts = Facts(chosen, quantity, grade)
    return weigh(scheme_of(table), facts, statutory=statute_range(version, quantity, table))


def competing(tables: Sequence[DiscretionTable], version: ItemVersion, quantity: Decimal) -> int | None:
    """Tell which of the tables for the party rests on the statute with the higher fine: 行政处罚法第二十九条.

    None where all rest on one statute or the statutes cannot be told apart.
    """
    mine = [table for table in tables if not table.target]
    if len({(table.statute_name, table.penalty_article) for table in mine}) < 2:
        return None
    best = higher_of([statute_range(version, quantity, table) for table in mine])
    return None if best is None else mine[best].pk


def warnings_of(table: DiscretionTable, version: ItemVersion) -> list[Line]:
    """List the sums of a benchmark that leave its statute; they are told, never mended."""
    own = table.fine_min is not None or table.fine_max is not None
    unit = (table.fine_unit if own else version.fine_unit) or "元"
    statutory = Range(*((table.fine_min, table.fine_max) if own else (version.fine_min, version.fine_max)))
    found = []
    for place, amount in scheme_of(table).all_amounts:
        given = Range(amount.low, amount.high)
        mine = not amount.target and not (table.target and not own)
        if mine and amount.unit == unit and leaves(given, statutory):
            law, band = span(statutory), span(given)
            found.append(
                Line(
                    f"{place}：{band.zh}超出法定幅度{law.zh}",
                    f"{place}: {band.en} leaves the statute's {law.en}",
                )
            )
    return found


def exemptions_of(item: Item, on: date) -> list[ExemptionRule]:
    """List the exemptions of an item in force on a day, minor offences first."""
    return list(ExemptionRule.objects.in_force(on).filter(item=item).order_by("-kind", "id"))


def questions_of(item: Item, on: date) -> list[dict[str, Any]]:
    """List what is asked of each table in force on a day, ready for a form: ticks and a quantity."""
    return [question(table) for table in tables_of(item, on)]


def question(table: DiscretionTable) -> dict[str, Any]:
    """Describe one table as questions; the value of a tick is the table's key and the circumstance's id."""
    scheme = scheme_of(table)
    return {
        "table": table,
        "scheme": scheme,
        "groups": [
            {
                "id": f"{table.pk}:{group.id}",
                "name": group.name,
                "single": group.single,
                "options": [{"value": f"{table.pk}:{one.id}", "text": one.text} for one in group.options],
            }
            for group in scheme.groups
            if group.options
        ],
        "asks": scheme.asks_quantity,
    }


def ticks_by_table(values: Sequence[str]) -> dict[int, frozenset[str]]:
    """Sort ticked values (table:circumstance) by their table; what is no such value is left out."""
    found: dict[int, set[str]] = {}
    for value in values:
        table, _mark, option = value.partition(":")
        key = key_of(table)
        if key is not None and option:
            found.setdefault(key, set()).add(option)
    return {table: frozenset(options) for table, options in found.items()}
