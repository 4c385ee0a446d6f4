"""A benchmark as rows of a sheet (pasted or uploaded) into the structure of its shape, row by row."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from catalog.discretion.circumstances import items_of
from catalog.loaders.amounts import fines_in, no_penalty_in
from catalog.loaders.basis import penalty_kinds
from catalog.loaders.reading import Sheet, read_sheets
from catalog.models import BenchmarkShape
from law.errors import RuleViolation

HEADINGS = {
    "grade": ("裁量阶次", "阶次", "违法程度", "处罚档次", "档次"),
    "circumstances": ("适用条件", "裁量情节", "适用情形", "情节"),
    "penalty": ("处罚标准", "裁量标准", "罚款", "裁量幅度", "处罚幅度"),
    "target": ("处罚对象", "对象"),
    "factor": ("裁量要素", "要素", "因素"),
    "option": ("情形", "要素情形"),
    "weight": ("裁量权重", "权重", "百分值"),
    "low": ("下限", "最低"),
    "high": ("上限", "最高"),
    "default": ("默认", "默认值"),
    "unit": ("单位",),
    "start": ("起点",),
    "step": ("每满", "每超"),
    "per_step": ("加罚",),
    "cap": ("封顶",),
}
FIELDS = {heading: name for name, headings in HEADINGS.items() for heading in headings}
NEEDED = {
    BenchmarkShape.GRADES: ("grade", "circumstances", "penalty"),
    BenchmarkShape.WEIGHTS: ("factor", "option", "weight"),
    BenchmarkShape.CELLS: ("penalty",),
    BenchmarkShape.DEFAULT: ("low", "high"),
}
TIMES = re.compile(
    r"[＝=][^。；]{0,20}?(?:总和|之和|百分值|权重)[^×xX*。；]{0,6}[×xX*](?P<base>[^×xX*。；，（(]{2,40})"
    r"(?:[×xX*](?P<rate>\d+(?:\.\d+)?)\s*[%％])?"
)
FLOOR = re.compile(r"不足\s*(?P<floor>\d+)\s*[%％][^。；]{0,8}按\s*(?P=floor)\s*[%％]")
NUMBERS = ("low", "high", "default", "start", "step", "per_step", "cap")
TEMPLATES = {
    BenchmarkShape.GRADES: ("裁量阶次", "适用条件", "处罚标准", "处罚对象"),
    BenchmarkShape.WEIGHTS: ("裁量要素", "情形", "权重"),
    BenchmarkShape.CELLS: ("违法程度", "区域", "罚款", "处罚对象"),
    BenchmarkShape.DEFAULT: ("下限", "上限", "默认", "单位", "处罚对象", "起点", "每满", "加罚", "封顶"),
}


def refuse(row: int, why: str, why_en: str) -> RuleViolation:
    """Refuse a sheet for what stands in one of its rows."""
    return RuleViolation(
        "benchmark_row",
        f"第{row}行：{why}",
        unblock="按公布的裁量基准更正该行后重新提交",
        message_en=f"Row {row}: {why_en}",
        unblock_en="Correct the row after the published benchmark and submit again",
        field="rows",
    )


def pasted(text: str) -> list[list[str]]:
    """Split what was pasted from a sheet: lines into cells at tabs or upright bars."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [
        [cell.strip() for cell in line.replace("｜", "|").split("\t" if "\t" in line else "|")]
        for line in lines
    ]


def uploaded(data: bytes) -> list[list[str]]:
    """Read the first filled sheet of a file; vertical merges fill down inside their range."""
    for sheet in read_sheets(data):
        rows = list(_rows_of(sheet))
        if not sheet.hidden and rows:
            return rows
    return []


def _rows_of(sheet: Sheet) -> Iterator[list[str]]:
    width = max((len(row) for row in sheet.rows), default=0)
    for row in range(len(sheet.rows)):
        if row not in sheet.hidden_rows and sheet.filled(row):
            yield [sheet.value(row, column).strip() for column in range(width)]


def scheme_from(
    shape: str,
    rows: Sequence[Sequence[str]],
    about: dict[str, Any],
    *,
    numbers: Sequence[int] | None = None,
) -> dict[str, Any]:
    """Build the structure of a shape from its rows, the first of which names the columns.

    numbers: how the rows below it are numbered in their file, where they are not counted from two.
    """
    if len(rows) < 2:
        raise refuse(
            1, "首行写列名，其后每行一条", "the first row names the columns, each further one is an entry"
        )
    heads = [_head(cell, shape) for cell in rows[0]]
    lacking = [HEADINGS[name][0] for name in NEEDED[BenchmarkShape(shape)] if name not in heads]
    if lacking:
        raise refuse(1, f"缺少列：{'、'.join(lacking)}", f"missing columns: {', '.join(lacking)}")
    records = [
        (number, {head: cell for head, cell in zip(heads, row, strict=False) if head})
        for number, row in zip(numbers or count(2), rows[1:], strict=False)
    ]
    build = {
        BenchmarkShape.GRADES: _grades,
        BenchmarkShape.WEIGHTS: _weights,
        BenchmarkShape.CELLS: _cells,
        BenchmarkShape.DEFAULT: _default,
    }[BenchmarkShape(shape)]
    return {"shape": str(shape), **about, **build(records, heads)}


def about_of(formula: str) -> dict[str, Any]:
    """Read base, rate and floor of weighted factors out of the formula that stands with a table."""
    found: dict[str, Any] = {}
    times, floor = TIMES.search(formula), FLOOR.search(formula)
    if times is not None:
        sums = fines_in(f"处{times['base']}罚款")
        if sums and sums[0].high is not None and sums[0].unit == "元":
            found["base"] = str(sums[0].high)
        else:
            found["base_name"] = times["base"].strip()
        if times["rate"]:
            found["rate"] = str(Decimal(times["rate"]) / 100)
    if floor is not None:
        found["floor"] = floor["floor"]
    return found


def _head(cell: str, shape: str) -> str:
    """Name the field of a column; in a table of several axes every column but the sums is an axis."""
    name = FIELDS.get(cell.replace(" ", ""), cell)
    return cell if shape == BenchmarkShape.CELLS and name not in {"penalty", "target"} else name


Records = list[tuple[int, dict[str, str]]]


def _amounts(number: int, record: dict[str, str]) -> list[dict[str, str]]:
    """Read the sums of a cell: the first for the addressee of the row, a second for the person in charge."""
    text = record.get("penalty", "")
    found = fines_in(text if "罚" in text or "处" in text else f"处{text}罚款")
    if not found:
        raise refuse(number, f"读不出罚款数额：{text}", f"no sum of a fine can be read from '{text}'")
    targets = [record.get("target", ""), *[_("直接责任人员")] * (len(found) - 1)]
    return [
        {
            "low": "" if fine.low is None else str(fine.low),
            "high": "" if fine.high is None else str(fine.high),
            "unit": fine.unit,
            "target": target,
        }
        for fine, target in zip(found, targets, strict=True)
    ]


def _without_fine(text: str) -> bool:
    """Tell a penalty that is no sum: a warning, a licence revoked."""
    kinds = penalty_kinds(text)
    return bool(kinds) and "fine" not in kinds


def _grades(records: Records, heads: list[str]) -> dict[str, Any]:
    grades: list[dict[str, Any]] = []
    for number, record in records:
        name, text = record.get("grade", ""), record.get("circumstances", "")
        if not name:
            raise refuse(number, "没有写阶次", "the grade is missing")
        free = no_penalty_in(record.get("penalty", ""))
        amounts = [] if free or _without_fine(record.get("penalty", "")) else _amounts(number, record)
        texts, needs_all = items_of(text)
        former = grades[-1] if grades and grades[-1]["name"] == name else None
        if former is not None and former["text"] == text:
            former["amounts"] += amounts
        elif former is not None and former["amounts"] == amounts and not (needs_all or former["needs_all"]):
            _add_options(former, texts)
        else:
            grades.append(
                {
                    "id": f"g{len(grades) + 1}",
                    "name": name,
                    "text": text,
                    "penalty": record.get("penalty", ""),
                    "options": [],
                    "amounts": amounts,
                    "needs_all": needs_all,
                    "no_penalty": free,
                }
            )
            _add_options(grades[-1], texts)
    return {"grades": grades}


def _add_options(group: dict[str, Any], texts: Sequence[str], **more: str) -> None:
    for text in texts:
        group["options"].append({"id": f"{group['id']}.{len(group['options']) + 1}", "text": text, **more})


def _weights(records: Records, heads: list[str]) -> dict[str, Any]:
    groups: dict[str, dict[str, Any]] = {}
    start = "0"
    for number, record in records:
        factor, weight = record.get("factor", ""), record.get("weight", "").rstrip("%％").strip()
        if not factor or not weight:
            raise refuse(number, "要素和权重都要填写", "factor and weight are both needed")
        if "起点" in factor:
            start = weight
            continue
        group = groups.setdefault(factor, {"id": f"f{len(groups) + 1}", "name": factor, "options": []})
        _add_options(group, [record.get("option", "")], weight=weight)
    return {"groups": list(groups.values()), "start": start}


def _cells(records: Records, heads: list[str]) -> dict[str, Any]:
    axes = [head for head in heads if head not in {"", "penalty", "target"}]
    if not axes:
        raise refuse(
            1,
            "多维组合表须有至少一个维度列",
            "a table of combinations has one column for a dimension at least",
        )
    groups = {axis: {"id": f"a{n}", "name": axis, "options": []} for n, axis in enumerate(axes, 1)}
    cells: dict[tuple[str, ...], dict[str, Any]] = {}
    for number, record in records:
        key = tuple(_option(groups[axis], record.get(axis, ""), number) for axis in axes)
        free = no_penalty_in(record["penalty"])
        cell = cells.setdefault(key, {"options": list(key), "amounts": [], "no_penalty": free})
        cell["amounts"] += [] if free else _amounts(number, record)
    return {"groups": list(groups.values()), "cells": list(cells.values())}


def _option(group: dict[str, Any], text: str, number: int) -> str:
    """Return the id of an axis' value, made known where it is new."""
    if not text:
        raise refuse(number, f"维度“{group['name']}”没有填写", f"the dimension '{group['name']}' is empty")
    known = next((row for row in group["options"] if row["text"] == text), None)
    if known is None:
        _add_options(group, [text])
        known = group["options"][-1]
    return str(known["id"])


def _default(records: Records, heads: list[str]) -> dict[str, Any]:
    amounts = [
        {
            **{name: record.get(name, "").replace(",", "") for name in NUMBERS if record.get(name)},
            "unit": record.get("unit", "") or "元",
            "target": record.get("target", ""),
        }
        for _number, record in records
    ]
    return {"amounts": amounts}
