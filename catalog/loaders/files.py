"""A whole file: every sheet read, items told apart, and the report that loses no row."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.loaders.collecting import uncollected
from catalog.loaders.content import outside_statute, plain_name
from catalog.loaders.defaults import Defaults
from catalog.loaders.entries import Entry, Notice, RowResult, canonical
from catalog.loaders.headings import Headings
from catalog.loaders.parting import read_tables
from catalog.loaders.rows import SheetResult, Told, read_rows
from catalog.loaders.skipping import DOUBLE_CODE, DUPLICATE, TOTALS


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
    _leave_parents_code(result.entries)
    seen: dict[str, Entry] = {}
    coded = {(e.fields["name"], e.codes[0].lstrip("0")): e for e in result.entries if e.codes}
    for row in result.rows:
        entry = row.entry
        if entry is None:
            continue
        twin = coded.get((entry.fields["name"], entry.damaged_code)) if entry.damaged_code else None
        _leave_shared_code(entry, row, seen)
        entry.identity = identity_of(entry, list_code)
        same = seen.get(entry.identity)
        if same is not None and not (entry.codes or entry.bare) and same.digest != entry.digest:
            entry.identity = f"{entry.identity}:{_short(entry.fields['statute_name'], entry.digest)}"
        twin = twin or seen.get(entry.identity)
        if twin is not None:
            _drop(result, row, twin)
        else:
            seen[entry.identity] = entry
    _give_to_items(result)


def _leave_parents_code(entries: list[Entry]) -> None:
    """Leave the parts of an item the codes of their own, where that of the whole stands beside them."""
    parts = [entry for entry in entries if entry.shares_code and len(entry.codes) > 1]
    borne = Counter(code for entry in parts for code in entry.codes)
    for entry in parts:
        entry.codes = [code for code in entry.codes if borne[code] == 1] or entry.codes


def _give_to_items(result: FileResult) -> None:
    """Give benchmarks of a table of their own to the one item of the same file that they name."""
    alone = [(row, row.entry) for row in result.rows if row.entry is not None and row.entry.is_benchmark]
    items: dict[str, list[Entry]] = {}
    for item in result.entries if alone else ():
        if not (item.bands or item.benchmarks):
            for name in {plain_name(item.fields["name"]), plain_name(item.fields["violation"])}:
                items.setdefault(name, []).append(item)
    for row, entry in alone:
        named = items.get(plain_name(entry.fields["name"]), [])
        if len(named) == 1 and entry.fields["statute_name"] in {"", named[0].fields["statute_name"]}:
            _give(row, entry, named.pop())


def _give(row: RowResult, entry: Entry, item: Entry) -> None:
    item.bands, item.benchmarks = entry.bands, [*item.benchmarks, *entry.benchmarks]
    row.entry, row.outcome = None, "band"
    words = f"按名称作为第 {item.row} 行事项“{item.fields['name'][:40]}”的裁量基准"
    row.notices.append(Notice(row.row, "", "item_by_name", words))
    for problem in filter(None, (outside_statute(band, item.fields) for band in item.bands)):
        row.notices.append(Notice(row.row, "", "band_outside_statute", problem))


def _leave_shared_code(entry: Entry, row: RowResult, seen: dict[str, Entry]) -> None:
    """Read an item without a code it shares: its parent's, or a number begun anew on a sheet."""
    other = seen.get(identity_of(entry, "")) if entry.codes and not entry.bare else None
    if other is None or _same_name(other, entry) or not (entry.shares_code or entry.sheet != other.sheet):
        return
    where = f"第 {other.row} 行" if entry.sheet == other.sheet else f"工作表“{other.sheet}”第 {other.row} 行"
    words = f"编码 {entry.codes[0]} 已由{where}的另一事项使用，本项不带编码读取，请核对"
    row.notices.append(Notice(row.row, "", "code_shared", words))
    entry.codes = []


def _same_name(one: Entry, other: Entry) -> bool:
    return plain_name(one.fields["name"]) == plain_name(other.fields["name"])


def _drop(result: FileResult, row: RowResult, twin: Entry) -> None:
    dropped, row.entry = row.entry, None
    if dropped is not None and dropped.benchmarks:
        # A further table of an item met before.
        twin.benchmarks += dropped.benchmarks
        row.outcome = "band"
        return
    if dropped is not None and _listed_too(twin, dropped):
        row.outcome = "continued"
        return
    row.outcome, row.reason, words = "skipped", DUPLICATE, f"与第 {twin.row} 行为同一事项，未重复采用"
    if dropped is not None and dropped.codes and not _same_name(twin, dropped):
        row.reason = DOUBLE_CODE
        words = f"编码 {dropped.codes[0]} 已由第 {twin.row} 行的另一事项使用，本行未采用，请核对"
    row.notices.append(Notice(row.row, "", "duplicate", words))
    if dropped is not None and not twin.bands:
        twin.bands = dropped.bands


def _listed_too(twin: Entry, entry: Entry) -> bool:
    """Take an item of one township's sheet into the lists of another's, where both say the same of it."""
    further = [one for one in entry.listings if one[:2] not in [known[:2] for known in twin.listings]]
    if entry.sheet == twin.sheet or not further:
        return False
    twin.listings += further
    return True


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
        total = next(row for row in reversed(sheet.rows) if row.reason == TOTALS)
        total.notices.append(Notice(total.row, "", "total_differs", message))


def _sheet_report(sheet: SheetResult) -> dict[str, Any]:
    header = sheet.header
    used = sum(row.outcome != "skipped" for row in sheet.rows)
    fields = header.fields if header else {}
    headings = header.headings.items() if header else ()
    columns = {" ".join(text.split()): fields.get(column) for column, text in headings}
    return {
        "sheet": sheet.sheet.name,
        "header_row": header.row + 1 if header else None,
        "columns": columns,
        # The database keeps the keys of a document in an order of its own.
        "headings": list(columns),
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
