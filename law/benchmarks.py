"""Discretion benchmarks (裁量基准) as published: grades, weighted factors, several axes, default sums.

A scheme is plain data kept with a benchmark table; what it says is read here and never mended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from law.errors import LawError

PERCENT = Decimal(100)
ONE = Decimal(1)


class Shape(StrEnum):
    """The shapes in which benchmarks are published."""

    GRADES = "grades"
    WEIGHTS = "weights"
    CELLS = "cells"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Option:
    """A circumstance that may be ticked; weight in per cent where factors are added up."""

    id: str
    text: str
    weight: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Group:
    """Circumstances asked together: a grade's, a factor's or an axis'; of a single one at most one holds."""

    id: str
    name: str
    options: tuple[Option, ...]
    single: bool = True

    def ticked(self, chosen: frozenset[str]) -> tuple[Option, ...]:
        """Return the options of the group that were ticked."""
        return tuple(option for option in self.options if option.id in chosen)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum as written: bounds in a unit, for whom, with a default, a step and a cap where they are stated.

    step: each full `step` of the quantity above `start` adds `per_step` to both bounds, up to `cap`.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = "元"
    target: str = ""
    default: Decimal | None = None
    step: Decimal | None = None
    per_step: Decimal = Decimal(0)
    start: Decimal = Decimal(0)
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade: its circumstances, any of which (or all of which) lead to it, and the sums it leads to."""

    id: str
    name: str
    group: Group
    amounts: tuple[Amount, ...]
    needs_all: bool = False
    no_penalty: bool = False

    def met(self, chosen: frozenset[str]) -> bool:
        """Tell whether the ticked circumstances lead to this grade."""
        ticked = self.group.ticked(chosen)
        return bool(ticked) and (not self.needs_all or len(ticked) == len(self.group.options))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table of several axes: the options that lead to it and the sums in it."""

    options: frozenset[str]
    amounts: tuple[Amount, ...]
    no_penalty: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """One benchmark table in one of the shapes.

    start, floor: per cent from which weights are added up, and below which their sum does not count.
    rate: what the base is multiplied by before the weights are taken of it (罚款＝Σ权重×基数).
    base: a fixed sum; None where it is a quantity of the case, named by `base_name`.
    """

    shape: Shape
    groups: tuple[Group, ...] = ()
    grades: tuple[Grade, ...] = ()
    cells: tuple[Cell, ...] = ()
    amounts: tuple[Amount, ...] = ()
    start: Decimal = Decimal(0)
    floor: Decimal | None = None
    rate: Decimal = ONE
    base: Decimal | None = None
    base_name: str = ""
    target: str = ""

    @property
    def options(self) -> dict[str, Option]:
        """Return every circumstance by its id."""
        return {option.id: option for group in self.groups for option in group.options}

    @property
    def all_amounts(self) -> Iterator[tuple[str, Amount]]:
        """Yield every sum with the name of the place it stands in."""
        for grade in self.grades:
            yield from ((grade.name, amount) for amount in grade.amounts)
        for cell in self.cells:
            options = [option for key, option in self.options.items() if key in cell.options]
            place = "、".join(option.text for option in options)
            yield from ((place, amount) for amount in cell.amounts)
        yield from (("", amount) for amount in self.amounts)

    @property
    def asks_quantity(self) -> str:
        """Name the quantity the sums are counted on; empty where they are plain sums."""
        if self.shape is Shape.WEIGHTS:
            return "" if self.base is not None else self.base_name
        counted = (amount for _place, amount in self.all_amounts if amount.step or counts_on(amount.unit))
        first = next(counted, None)
        return "" if first is None else self.base_name or counts_on(first.unit) or "数量"


def counts_on(unit: str) -> str:
    """Name what a unit is counted on: 元/平方米 on 平方米, 倍 and % on a sum; empty for plain yuan."""
    if unit in {"倍", "%"}:
        return "基数（元）"
    if "/" in unit:
        return unit.partition("/")[2]
    return unit.partition("每")[2] if "每" in unit else ""


def factor_of(unit: str, quantity: Decimal) -> Decimal:
    """Tell by what a bound is multiplied: square metres, or the sum that times or per cent are taken of."""
    if unit == "%":
        return quantity / PERCENT
    return quantity if counts_on(unit) else ONE


def number(value: Any, field: str) -> Decimal:
    """Read a number that a scheme states; refuse what is none."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0:
        raise LawError(
            f"裁量基准中“{field}”不是有效数字：{value}",
            field=field,
            code="benchmark_number",
            message_en=f"Not a number in the benchmark: {field} = {value}",
        )
    return found


def _maybe(data: Mapping[str, Any], key: str) -> Decimal | None:
    value = data.get(key)
    return None if value in (None, "") else number(value, key)


def _amount(data: Mapping[str, Any]) -> Amount:
    low, high = _maybe(data, "low"), _maybe(data, "high")
    if low is not None and high is not None and low > high:
        raise LawError(
            f"幅度下限{low}高于上限{high}", field="low", code="range_reversed", message_en="Range reversed"
        )
    return Amount(
        low=low,
        high=high,
        unit=str(data.get("unit") or "元"),
        target=str(data.get("target", "")),
        default=_maybe(data, "default"),
        step=_maybe(data, "step") or None,
        per_step=_maybe(data, "per_step") or Decimal(0),
        start=_maybe(data, "start") or Decimal(0),
        cap=_maybe(data, "cap"),
    )


def _amounts(data: Mapping[str, Any]) -> tuple[Amount, ...]:
    return tuple(_amount(row) for row in data.get("amounts", ()))


def _group(data: Mapping[str, Any], *, single: bool) -> Group:
    options = tuple(
        Option(row["id"], row["text"], _maybe(row, "weight") or Decimal(0)) for row in data["options"]
    )
    return Group(data["id"], data["name"], options, single=single)


def _grade(data: Mapping[str, Any]) -> Grade:
    group = _group({**data, "options": data.get("options", ())}, single=False)
    return Grade(
        data["id"],
        data["name"],
        group,
        _amounts(data),
        bool(data.get("needs_all")),
        bool(data.get("no_penalty")),
    )


def _cells(rows: Sequence[Mapping[str, Any]]) -> tuple[Cell, ...]:
    found = tuple(Cell(frozenset(row["options"]), _amounts(row), bool(row.get("no_penalty"))) for row in rows)
    if len({cell.options for cell in found}) != len(found):
        raise LawError(
            "同一组合在表中出现两次",
            field="cells",
            code="cell_twice",
            message_en="A combination stands twice",
        )
    return found


def read_scheme(data: Mapping[str, Any]) -> Scheme:
    """Read a scheme from its plain data; refuse one that cannot be computed with."""
    shape = Shape(data["shape"])
    grades = tuple(_grade(row) for row in data.get("grades", ()))
    groups = tuple(_group(row, single=True) for row in data.get("groups", ()))
    scheme = Scheme(
        shape=shape,
        groups=tuple(grade.group for grade in grades) if grades else groups,
        grades=grades,
        cells=_cells(data.get("cells", ())),
        amounts=_amounts(data),
        start=_maybe(data, "start") or Decimal(0),
        floor=_maybe(data, "floor"),
        rate=_maybe(data, "rate") or ONE,
        base=_maybe(data, "base"),
        base_name=str(data.get("base_name", "")),
        target=str(data.get("target", "")),
    )
    _require_whole(scheme)
    return scheme


def _require_whole(scheme: Scheme) -> None:
    """Refuse a scheme without what its shape is made of."""
    parts = {
        Shape.GRADES: scheme.grades,
        Shape.WEIGHTS: scheme.groups,
        Shape.CELLS: scheme.cells,
        Shape.DEFAULT: scheme.amounts,
    }
    ids = [option.id for group in scheme.groups for option in group.options]
    no_base = scheme.shape is Shape.WEIGHTS and scheme.base is None and not scheme.base_name
    if not parts[scheme.shape] or len(set(ids)) != len(ids) or no_base:
        raise LawError(
            "裁量基准不完整：没有阶次、要素、组合、数额或基数，或者情节重复",
            field="scheme",
            code="benchmark_incomplete",
            message_en="The benchmark is incomplete or repeats a circumstance",
        )
