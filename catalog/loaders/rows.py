"""Rows of a sheet to items and bands: merges filled down, repeats joined, doubtful cells told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.loaders.content import band_of, fields_of, situations_of
from catalog.loaders.entries import Entry, Notice, RowResult, cell_name
from catalog.loaders.headers import Header, find_header
from catalog.loaders.reading import Sheet
from catalog.loaders.skipping import (
    HIDDEN_SHEET,
    NO_HEADER,
    NO_NAME,
    SECTION_HEAD,
    TOTALS,
    declared_total,
    section_field,
    skip_reason,
)

BANDED = ("grade", "circumstances", "band")
BASIC_CODE = 12
TEXTS = ("basis", "penalty", "obligation", "statute", "violation", "range", "note", "sub_item")
SAME = re.compile(r"^[（(]?(?:同上|具体法条条款同上|依据同上)[)）]?$")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a list says about all its items, where its rows do not."""

    department_name: str = ""
    domain: str = ""
    table_title: str = ""
    domains: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class SheetResult:
    """What was read from one sheet."""

    sheet: Sheet
    header: Header | None
    rows: list[RowResult] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    declared: int | None = None


def read_rows(sheet: Sheet, defaults: Defaults) -> SheetResult:
    """Read a sheet row by row; every row that holds a text is accounted for."""
    header = None if sheet.hidden else find_header(sheet)
    result = SheetResult(sheet, header)
    if header is None:
        reason = HIDDEN_SHEET if sheet.hidden else NO_HEADER
        for row in range(len(sheet.rows)):
            if sheet.filled(row):
                result.rows.append(RowResult(sheet.name, row + 1, sheet.rows[row], "skipped", reason))
        return result
    _Reader(sheet, header, defaults, result).read()
    return result


class _Reader:
    """The walk down one sheet: which item is the current one, which section it stands in."""

    def __init__(self, sheet: Sheet, header: Header, defaults: Defaults, result: SheetResult) -> None:
        self.sheet, self.header, self.defaults, self.result = sheet, header, defaults, result
        naming = [header.columns(name) for name in ("name", "violation", "sub_item")]
        self.key_column = next(columns[0] for columns in naming if columns)
        self.longest_code = max((len(self._code(row)) for row in range(len(sheet.rows))), default=0)
        self.banded = header.has("grade") or (header.has("band") and header.has("circumstances"))
        self.by_anchor: dict[int, Entry] = {}
        self.last: Entry | None = None
        self.last_raw: dict[str, str] = {}
        self.domain = ""

    def read(self) -> None:
        for row in range(len(self.sheet.rows)):
            if self.sheet.filled(row):
                self.result.rows.append(self._row(row))

    def _row(self, row: int) -> RowResult:
        result = RowResult(self.sheet.name, row + 1, self.sheet.rows[row], "skipped")
        result.notices += self._stale(row)
        result.reason = skip_reason(self.sheet, self.header, row)
        if result.reason:
            result.cell = cell_name(row, self.sheet.filled(row)[0])
            self._note_skipped(result)
            return result
        raw = self._raw(row, result)
        entry = self._entry(row, raw, result)
        if entry is None:
            result.reason, result.cell = NO_NAME, cell_name(row, self.key_column)
            return result
        if self.banded:
            self._band(row, raw, entry, result)
        self.last, self.last_raw = entry, raw
        return result

    def _note_skipped(self, result: RowResult) -> None:
        if result.reason == SECTION_HEAD:
            self.domain = section_field(result.text) or self.domain
        elif result.reason == TOTALS:
            self.result.declared = declared_total(result.text)

    def _stale(self, row: int) -> list[Notice]:
        return [
            Notice(row + 1, cell_name(*key), "stale_value", f"合并单元格下残留的旧值，未采用：{text[:80]}")
            for key, text in self.sheet.stale.items()
            if key[0] == row
        ]

    def _raw(self, row: int, result: RowResult) -> dict[str, str]:
        """Collect a row's texts by field; columns of one field are joined."""
        raw: dict[str, str] = {}
        for column, name in self.header.fields.items():
            text = self.sheet.value(row, column)
            if name in TEXTS and SAME.match(text):
                text = self.last_raw.get(name, "")
                message = "“同上”已取上一行的内容" if text else "“同上”之上没有内容"
                result.notices.append(Notice(row + 1, cell_name(row, column), "same_as_above", message))
            if text:
                raw[name] = f"{raw[name]}\n{text}" if name in raw else text
        self._doubtful(row, raw, result)
        return raw

    def _doubtful(self, row: int, raw: dict[str, str], result: RowResult) -> None:
        """Tell of numbers and codes that a spreadsheet has changed, and mend what can be read back."""
        for column in self.header.columns("number"):
            if (row, column) in self.sheet.was_date:
                _year, month, day = raw["number"].split("-")
                raw["number"] = f"{int(month)}-{int(day)}"
                message = f"序号被表格软件当作日期，按 {raw['number']} 读取"
                result.notices.append(Notice(row + 1, cell_name(row, column), "number_was_date", message))
        code = self._code(row)
        if code and self._damaged(row, code):
            cell = cell_name(row, self.header.columns("code")[0])
            message = f"编码 {code} 疑似被当作数字而丢失前导零，未作为编码采用"
            result.notices.append(Notice(row + 1, cell, "code_damaged", message))
            raw["damaged_code"], code = code, ""
        raw["code"] = code

    def _code(self, row: int) -> str:
        columns = self.header.columns("code")
        code = self.sheet.value(row, columns[0]) if columns and row >= self.header.first_data_row else ""
        return re.sub(r"\s+", "", code.removeprefix("'"))

    def _damaged(self, row: int, code: str) -> bool:
        """Tell a code whose leading zeros are lost: basic codes have twelve digits."""
        if re.fullmatch(r"\d(?:\.\d+)?[eE]\+\d+", code):
            return True
        was_number = (row, self.header.columns("code")[0]) in self.sheet.was_number
        short = code.isdigit() and 7 <= len(code) < BASIC_CODE
        return short and (was_number or self.longest_code >= BASIC_CODE)

    def _entry(self, row: int, raw: dict[str, str], result: RowResult) -> Entry | None:
        """Find the item this row belongs to, or begin a new one."""
        anchor_row = self.sheet.anchors.get((row, self.key_column), (row, 0))[0]
        if anchor_row in self.by_anchor:
            result.outcome = "continued"
            return self._joined(self.by_anchor[anchor_row], raw)
        if not raw.get(self.header.fields[self.key_column]):
            return self._continued(row, raw, result)
        if self.last is not None and self.banded and self._same_item(raw):
            result.outcome = "continued"
            return self.last
        return self._begun(row, anchor_row, raw, result)

    def _begun(self, row: int, anchor_row: int, raw: dict[str, str], result: RowResult) -> Entry:
        fields, notices = fields_of(raw, row=row + 1, domain=self.domain, defaults=self.defaults)
        result.notices += notices
        codes = [raw["code"]] if raw.get("code") else []
        entry = Entry(row + 1, self.sheet.name, fields, codes, table_title=self.defaults.table_title)
        entry.situations = situations_of(fields["violation"] or fields["name"])
        entry.damaged_code = raw.get("damaged_code", "")
        result.outcome, result.entry = "item", entry
        self.by_anchor[anchor_row] = entry
        self.result.entries.append(entry)
        return entry

    def _continued(self, row: int, raw: dict[str, str], result: RowResult) -> Entry | None:
        if self.last is None or not any(raw.get(name) for name in (*BANDED, *TEXTS)) or raw.get("number"):
            return None
        message = "本行没有事项名称，也不在合并单元格内，按上一事项的续行读取"
        cell = cell_name(row, self.key_column)
        result.notices.append(Notice(row + 1, cell, "continued_without_merge", message))
        result.outcome = "continued"
        return self._joined(self.last, raw)

    def _same_item(self, raw: dict[str, str]) -> bool:
        keys = ("number", "name", "violation", "statute", "basis", "code")
        return all(raw.get(key, "") == self.last_raw.get(key, "") for key in keys)

    def _joined(self, entry: Entry, raw: dict[str, str]) -> Entry:
        """Add further bases or situations that stand on the lower rows of one item."""
        if self.banded:
            return entry
        for name, target in (("violation", "violation"), ("basis", "penalty_text"), ("note", "scope_note")):
            text = raw.get(name, "")
            if text and text not in entry.fields[target]:
                entry.fields[target] = f"{entry.fields[target]}\n{text}".strip()
        return entry

    def _band(self, row: int, raw: dict[str, str], entry: Entry, result: RowResult) -> None:
        if not any(raw.get(name) for name in BANDED):
            return
        band, notices = band_of(raw, entry, row=row + 1)
        result.notices += notices
        entry.bands.append(band)
        if result.outcome == "continued":
            result.outcome = "band"
