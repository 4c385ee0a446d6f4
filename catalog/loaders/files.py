"""A whole file: every sheet read, items told apart, and the report that loses no row."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.loaders.collecting import uncollected
from catalog.loaders.entries import Entry, Notice, RowResult, canonical
from catalog.loaders.headers import Headings
from catalog.loaders.parting import read_tables
from catalog.loaders.rows import Defaults, SheetResult, Told, read_rows
from catalog.loaders.skipping import DUPLICATE


@dataclass(slots=True)
class FileResult:
    """What was read from one file."""

    file_name: str
    sha256: str
    sheets: list[SheetResult]
    data: bytes = b""

    @property
    def rows(self) -> list[RowResult]:
        """List what became of every row of every sheet."""
        return [row for sheet in self.sheets for row in sheet.rows]

    @property
    def entries(self) -> list[Entry]:
        """List the items of the file, told apart."""
        return [row.entry for row in self.rows if row.entry is not None]

    @property
    def used(self) -> int:
        """Count the rows that feed an item."""
        return sum(row.outcome != "skipped" for row in self.rows)

    def report(self) -> dict[str, Any]:
        """Write the report in the form outsiders may rely on."""
        return {
            "file": self.file_name,
            "sha256": self.sha256,
            "rows_read": len(self.rows),
            "rows_used": self.used,
            "rows_skipped": len(self.rows) - self.used,
            "items": len(self.entries),
            "bands": sum(len(entry.bands) for entry in self.entries),
            "sheets": [_sheet_report(sheet) for sheet in self.sheets],
        }


@uncollected()
def read_list(
    data: bytes,
    *,
    file_name: str,
    list_code: str,
    defaults: Defaults,
    headings: Headings | None = None,
    told: Sequence[Told] = (),
) -> FileResult:
    """Read a published list, whatever its layout; told: what a person said, by sheet."""
    said = [*told, *[None] * len(read := read_tables(data))]
    sheets = [read_rows(sheet, defaults, headings, one) for sheet, one in zip(read, said, strict=False)]
    result = FileResult(file_name, hashlib.sha256(data).hexdigest(), sheets, data)
    _tell_apart(result, list_code)
    for sheet in sheets:
        _check_total(sheet)
    return result


def _tell_apart(result: FileResult, list_code: str) -> None:
    """Give every item its identity; an item that stands twice word for word is taken once."""
    seen: dict[str, Entry] = {}
    coded = {(e.fields["name"], e.codes[0].lstrip("0")): e for e in result.entries if e.codes}
    for row in result.rows:
        entry = row.entry
        if entry is None:
            continue
        twin = coded.get((entry.fields["name"], entry.damaged_code)) if entry.damaged_code else None
        entry.identity = identity_of(entry, list_code)
        same = seen.get(entry.identity)
        if same is not None and not (entry.codes or entry.bare) and same.digest != entry.digest:
            entry.identity = f"{entry.identity}:{_short(entry.fields['statute_name'], entry.digest)}"
        twin = twin or seen.get(entry.identity)
        if twin is not None:
            _drop(result, row, twin)
        else:
            seen[entry.identity] = entry


def _drop(result: FileResult, row: RowResult, twin: Entry) -> None:
    dropped, row.entry = row.entry, None
    if dropped is not None and dropped.benchmarks:
        # A further table of an item met before.
        twin.benchmarks += dropped.benchmarks
        row.outcome = "band"
        return
    row.outcome, row.reason = "skipped", DUPLICATE
    row.notices.append(Notice(row.row, "", "duplicate", f"与第 {twin.row} 行为同一事项，未重复采用"))
    if dropped is not None and not twin.bands:
        twin.bands = dropped.bands


def identity_of(entry: Entry, list_code: str) -> str:
    """Say by what an item is known again: its code, or its name and department within the list."""
    if entry.codes:
        return f"code:{entry.codes[0]}"
    return f"{list_code}:{_short(canonical(entry.fields['name']), entry.fields['department_name'])}"


def _short(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:32]


def _check_total(sheet: SheetResult) -> None:
    found = sum(row.entry is not None for row in sheet.rows)
    if sheet.declared is not None and sheet.declared != found:
        message = f"合计行写明 {sheet.declared} 项，实际读出 {found} 项"
        sheet.rows[-1].notices.append(Notice(sheet.rows[-1].row, "", "total_differs", message))


def _sheet_report(sheet: SheetResult) -> dict[str, Any]:
    header = sheet.header
    used = sum(row.outcome != "skipped" for row in sheet.rows)
    headings = header.headings.items() if header else ()
    return {
        "sheet": sheet.sheet.name,
        "header_row": header.row + 1 if header else None,
        "columns": {
            " ".join(text.split()): header.fields.get(column) if header else None for column, text in headings
        },
        "rows_read": len(sheet.rows),
        "rows_used": used,
        "rows_skipped": len(sheet.rows) - used,
        "items": sum(row.entry is not None for row in sheet.rows),
        "skipped": [
            {"row": row.row, "cell": row.cell, "reason": row.reason, "text": row.text}
            for row in sheet.rows
            if row.outcome == "skipped"
        ],
        "warnings": [notice.as_dict() for row in sheet.rows for notice in row.notices],
    }
