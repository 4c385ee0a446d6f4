"""What an item's page shows beside its basis: benchmarks, exemptions, guide, and drafts that wait."""

from datetime import date
from decimal import Decimal
from typing import Any

from catalog.access import EDIT, PUBLISH, Officer
from catalog.discretion.schemes import competing, exemptions_of, scheme_of, warnings_of
from catalog.drafts import drafts_of
from catalog.guides import guide_in_force
from catalog.models import DiscretionTable, Item, ItemVersion
from catalog.selectors import tables_of
from law.benchmarks import Scheme
from law.money import plain


def extras_of(item: Item, version: ItemVersion | None, *, on: date, officer: Officer) -> dict[str, Any]:
    """Collect them for one day."""
    held = officer.permissions(on)
    tables = tables_of(item, on)
    return {
        "benchmarks": [benchmark_of(table, version) for table in tables],
        "prevailing": competing(tables, version, Decimal(1)) if version else None,
        "exemptions": exemptions_of(item, on),
        "guide": guide_in_force(item, on),
        "waiting": [
            {
                "kind": kind,
                "row": row,
                "benchmark": benchmark_of(row, version) if isinstance(row, DiscretionTable) else None,
                "may_publish": PUBLISH in held and row.drafted_by_id != officer.pk,
            }
            for kind, row in drafts_of(item)
        ],
        "may_attach": EDIT in held,
    }


def benchmark_of(table: DiscretionTable, version: ItemVersion | None) -> dict[str, Any]:
    """Describe one benchmark for a page: its rows as published, and where they leave the statute."""
    scheme = scheme_of(table)
    return {
        "table": table,
        "scheme": scheme,
        "cells": cells_of(scheme),
        "formula": formula_of(scheme),
        "warnings": warnings_of(table, version) if version else [],
    }


def cells_of(scheme: Scheme) -> list[dict[str, Any]]:
    """List the cells of a table of several axes: the option on each axis, then the sums."""
    return [
        {
            "options": [
                next(o.text for o in group.options if o.id in cell.options) for group in scheme.groups
            ],
            "amounts": cell.amounts,
            "no_penalty": cell.no_penalty,
        }
        for cell in scheme.cells
    ]


def formula_of(scheme: Scheme) -> str:
    """Write the formula of weighted factors as the calculator uses it."""
    if scheme.shape != "weights":
        return ""
    base = scheme.base_name if scheme.base is None else f"{plain(scheme.base)}元"
    rate = "" if scheme.rate == 1 else f"×{plain(scheme.rate * 100)}%"
    floor = "" if scheme.floor is None else f"；总和不足{plain(scheme.floor)}%的，按{plain(scheme.floor)}%"
    return f"罚款金额＝（{plain(scheme.start)}%＋各要素权重）×{base}{rate}{floor}"
