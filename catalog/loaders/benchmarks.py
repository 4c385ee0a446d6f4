"""Benchmark tables of every shape out of the rows of a list: factors, axes, defaults, persons, exemptions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from catalog.discretion.circumstances import items_of
from catalog.discretion.reading import about_of, refuse, scheme_from
from catalog.loaders.amounts import fines_in
from catalog.loaders.basis import read_basis
from catalog.loaders.content import one_line
from catalog.loaders.entries import Entry, Notice, RowResult, digest_of, money
from catalog.loaders.headers import Header
from catalog.loaders.headings import AXIS, standard
from catalog.loaders.reading import Sheet
from law.benchmarks import read_scheme
from law.errors import LawError, RuleViolation

# What a sheet of each shape must hold, and the columns it may.
HEADS = {
    "weights": {"factor": "裁量要素", "option": "情形", "weight": "权重"},
    "default": {
        "low": "下限",
        "high": "上限",
        "default": "默认",
        "unit": "单位",
        "target": "处罚对象",
        "start": "起点",
        "step": "每满",
        "per_step": "加罚",
        "cap": "封顶",
    },
    "cells": {"band": "罚款", "target": "处罚对象"},
    "grades": {"grade": "裁量阶次", "circumstances": "适用条件", "band": "处罚标准", "target": "处罚对象"},
}
PERSON = re.compile(r"责任人|负责人|主管人员|法定代表人|从业人员|经营者|驾驶人")
IN_CHARGE = "直接负责的主管人员和其他直接责任人员"
FIRST = re.compile(r"首违|初次")
SPARED = re.compile(r"首违|初次|轻微")
SPARING = re.compile(r"不予(?:行政)?处罚|不罚|免罚|免予(?:行政)?处罚")
LENIENT = re.compile(r"(?:从轻|减轻)(?:行政)?处罚")
SEEN = 200


def shape_of(header: Header) -> str:
    """Say which shape of benchmark the columns of a sheet hold; none for plain grades of the party."""
    if header.has("weight") and header.has("factor"):
        return "weights"
    if header.has("low") and header.has("high"):
        return "default"
    if any(name.startswith(AXIS) for name in header.fields.values()):
        return "cells"
    apart = header.has("target", "table", "band_person")
    if apart and header.has("band") and header.has("grade", "circumstances"):
        return "grades"
    # Beside degrees the conditions of no penalty are a part of the same row.
    graded = header.has("grade") and header.has("band")
    return "exempt" if header.has("exempt") and not graded else ""


def axes_of(sheet: Sheet, header: Header) -> dict[int, str]:
    """Propose as axes the columns without a known heading of a sheet whose items repeat over sums alone.

    A column of degrees (违法程度) is an axis among others where no circumstances stand beside it.
    """
    if header.has("circumstances", "weight", "low") or not header.has("band"):
        return {}
    naming = header.columns("name", "violation", "sub_item")
    rows = header.first_rows(sheet, SEEN)
    values = [sheet.value(row, naming[0]) for row in rows if sheet.filled(row)] if naming else []
    if len(values) < 2 or len(set(values)) * 2 > len(values) + 1:
        return {}
    known = set(header.fields) - set(header.columns("grade"))
    free = {
        column: f"{AXIS}{heading}"
        for column, heading in header.headings.items()
        if heading
        and column not in known
        and not standard().knows(heading)
        and not heading.startswith("是否")
    }
    degrees = {column: f"{AXIS}{header.headings[column]}" for column in header.columns("grade")}
    return free | degrees if free else {}


@dataclass(slots=True)
class _Table:
    """The rows of one table as they are met."""

    entry: Entry
    result: RowResult
    raw: dict[str, str]
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    formula: str = ""


class Benchmarks:
    """Collects the tables of one sheet, item by item, and reads them at its end."""

    def __init__(self, header: Header) -> None:
        self.shape = shape_of(header)
        self.heads = HEADS.get(self.shape, {}) | {
            name: name.removeprefix(AXIS) for name in header.fields.values() if name.startswith(AXIS)
        }
        self.said = " ".join(header.headings.values())
        self.apart = header.has("penalty", "basis")
        self.tables: dict[tuple[int, str, str, str], _Table] = {}
        self.grounds: dict[int, str] = {}
        # What a line above or below the table says of how its factors are reckoned.
        self.formula = ""
        # Whether the section met last spares its offences; one of 从轻, 减轻 does not.
        self.spares = True
        self.spared: dict[int, tuple[Entry, list[str]]] = {}

    def spare(self, entry: Entry, raw: dict[str, str], result: RowResult, row: int) -> None:
        """Take the conditions of no penalty that a row names; those of one item are one text."""
        if not self.spares:
            words = "本节是从轻、减轻处罚的情形，没有作为不予处罚的条件读取"
            result.notices.append(Notice(row, "", "not_spared", words, "exempt"))
            return
        _entry, texts = self.spared.setdefault(id(entry), (entry, []))
        if raw["exempt"] not in texts:
            texts.append(raw["exempt"])

    def begin_section(self, head: str) -> None:
        """Learn from a section head whether what stands below it is spared or only treated leniently."""
        if LENIENT.search(head) and not SPARING.search(self.said):
            self.spares = bool(SPARING.search(head))
        elif SPARING.search(head):
            self.spares = True

    def take(self, entry: Entry, raw: dict[str, str], result: RowResult, row: int) -> None:
        """Take a row as part of a table of its item."""
        target = one_line(raw.get("target", ""))
        person = target if PERSON.search(target) else ""
        # A row that goes on without merges leaves its ground to the row above.
        ground = raw.get("penalty") or raw.get("basis") or self.grounds.get(id(entry), "")
        self.grounds[id(entry)] = ground
        key = (id(entry), one_line(raw.get("table", "")), ground if self.apart else "", person)
        table = self.tables.setdefault(key, _Table(entry, result, raw))
        table.formula = table.formula or raw.get("formula") or raw.get("note") or ""
        self._add(table, raw, row)
        if raw.get("band_person"):
            self._add(table, {**raw, "band": raw["band_person"], "target": IN_CHARGE}, row)

    def _add(self, table: _Table, raw: dict[str, str], row: int) -> None:
        table.rows.append([one_line(raw.get(name, "")) for name in self.heads])
        table.numbers.append(row)

    def finish(self) -> None:
        """Read all tables; one that cannot be read is left out, and told with its row."""
        for (_entry, name, _ground, person), table in self.tables.items():
            try:
                made = self._read(table, name, person)
            except (RuleViolation, LawError) as refusal:
                words = f"裁量表“{name or table.entry.fields['name'][:40]}”未采用：{refusal}"
                table.result.notices.append(Notice(table.numbers[0], "", "benchmark_refused", words))
                continue
            table.entry.benchmarks.append(made)
        for entry, texts in self.spared.values():
            entry.benchmarks.append(self._exemption(entry, "\n".join(texts)))

    def _read(self, table: _Table, name: str, person: str) -> dict[str, Any]:
        about = about_of(table.formula or self.formula) if self.shape == "weights" else {}
        if self.shape == "weights" and not about.keys() & {"base", "base_name"}:
            raise refuse(
                table.numbers[0],
                "没有读出计算公式（罚款金额＝裁量百分值总和×基数）中的基数，不能据以计算",
                "the formula names no sum that the weights are a share of",
            )
        heads = list(self.heads.values())
        scheme = scheme_from(self.shape, [heads, *table.rows], about, numbers=table.numbers)
        # What cannot be reckoned with is not brought in.
        read_scheme(scheme)
        own = self._own_ground(table)
        parts = [table.entry.table_title, name, own.get("statute_name", ""), person]
        says = {"shape": self.shape, "target": person, "scheme": scheme, **own}
        return {
            "title": " ".join(part for part in parts if part),
            "digest": digest_of([parts, says]),
            "bands": list(_bands(scheme)),
            **says,
        }

    def _own_ground(self, table: _Table) -> dict[str, Any]:
        """Return the ground of a table where it is another than its item's (行政处罚法第二十九条)."""
        text = table.raw.get("penalty") or table.raw.get("basis") or ""
        basis = read_basis(text)
        fields = table.entry.fields
        if not basis.statute_name or (not table.entry.bare and basis.statute_name == fields["statute_name"]):
            return {}
        fine = next(iter(fines_in(table.raw.get("range") or basis.text)), None)
        return {
            "statute_name": basis.statute_name,
            "penalty_article": basis.penalty_article,
            "fine_min": money(fine.low) if fine else None,
            "fine_max": money(fine.high) if fine else None,
            "fine_unit": fine.unit if fine else "",
        }

    def _exemption(self, entry: Entry, text: str) -> dict[str, Any]:
        conditions, needs_all = items_of(text)
        title = self.said if SPARED.search(self.said) else entry.table_title
        kind = "first" if FIRST.search(title) else "minor"
        says = {"shape": kind, "conditions": conditions, "needs_all": needs_all or len(conditions) < 2}
        return {"title": entry.table_title, "digest": digest_of(says), **says}


def _bands(scheme: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of grades that a case cites."""
    for grade in scheme.get("grades", ()):
        first = grade["amounts"][0] if grade["amounts"] else {}
        yield {
            "grade": grade["name"][:60],
            "circumstances": "；".join(option["text"] for option in grade["options"]),
            "penalty_text": grade["penalty"],
            "fine_min": first.get("low") or None,
            "fine_max": first.get("high") or None,
            "unit": first.get("unit", "元"),
            "no_penalty": grade["no_penalty"],
        }
