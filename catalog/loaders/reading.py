"""Bytes of any spreadsheet to sheets of text: the kind is sniffed, never believed from the file's name."""

import csv
import html
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import xlrd
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
from xlrd.biffh import XLRDError

from law.errors import RuleViolation

XLSX, XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OTHER_FILES = {b"%PDF": "PDF", b"{\\rt": "RTF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG"}
LONGEST_UNPACKED = 300 * 1024 * 1024
PLAIN = re.compile(r"[^\s_\ufeff]*")
EXCEL_RETURN = re.compile(r"_x000d_", re.IGNORECASE)
CARRIAGE = re.compile(r"\r\n?")
ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
LONG_GAP = re.compile(r"[ \t\u00a0\u3000\u2003]{2,}")


@dataclass(slots=True)
class Sheet:
    """One sheet as text, with what its cells hid: merges, hidden rows, values that were no text."""

    name: str
    rows: list[list[str]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    stale: dict[tuple[int, int], str] = field(default_factory=dict)
    was_number: frozenset[tuple[int, int]] = frozenset()
    was_date: frozenset[tuple[int, int]] = frozenset()

    def own(self, row: int, column: int) -> str:
        """Return what stands in a cell itself: nothing under a merge but at its anchor."""
        if self.anchors.get((row, column), (row, column)) != (row, column):
            return ""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def value(self, row: int, column: int) -> str:
        """Return a cell's text; a vertical merge fills down, a horizontal one does not fill across."""
        anchor = self.anchors.get((row, column), (row, column))
        return self.own(*anchor) if anchor[1] == column else ""

    def filled(self, row: int) -> list[int]:
        """List the columns that hold a text of their own."""
        return [column for column in range(len(self.rows[row])) if self.own(row, column)]


def read_sheets(data: bytes) -> list[Sheet]:
    """Read every sheet of an .xlsx, .xls or .csv file, whatever its name says."""
    if data.startswith(XLSX):
        _refuse_bombs(data)
        return _workbook(data, _hidden_rows_xlsx(data))
    if data.startswith(XLS):
        return _workbook(data, _hidden_rows_xls(data))
    for magic, kind in OTHER_FILES.items():
        if data.startswith(magic):
            raise _unreadable(f"这是 {kind} 文件，不是表格")
    return [_csv(data)]


def _unreadable(why: str) -> RuleViolation:
    return RuleViolation(
        "list_unreadable",
        f"文件无法读取：{why}",
        unblock="请另存为 .xlsx、.xls 或 .csv 后重新上传",
        message_en="The file cannot be read as a table",
        unblock_en="Save it as .xlsx, .xls or .csv and upload again",
        field="file",
    )


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _unreadable("压缩结构已损坏") from error
    if unpacked > LONGEST_UNPACKED:
        raise _unreadable("解压后过大")


def _workbook(data: bytes, hidden_rows: dict[str, frozenset[int]]) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _sheet(book, meta.name, shown=meta.visible == SheetVisibleEnum.Visible, hidden_rows=hidden_rows)
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(str(error)) from error


def _sheet(
    book: CalamineWorkbook, name: str, *, shown: bool, hidden_rows: dict[str, frozenset[int]]
) -> Sheet:
    source = book.get_sheet_by_name(name)
    values = source.to_python(skip_empty_area=False)
    numbers, dates = set(), set()
    texts: list[list[str]] = []
    for r, cells in enumerate(values):
        texts.append([text_of(cell) for cell in cells])
        for c, cell in enumerate(cells):
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                numbers.add((r, c))
            elif isinstance(cell, (date, datetime)):
                dates.add((r, c))
    anchors = _anchors(source.merged_cell_ranges or [])
    return Sheet(
        name=name,
        rows=texts,
        hidden=not shown,
        hidden_rows=hidden_rows.get(name, frozenset()),
        anchors=anchors,
        stale=_stale(texts, anchors),
        was_number=frozenset(numbers),
        was_date=frozenset(dates),
    )


def _anchors(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> dict[tuple[int, int], tuple[int, int]]:
    return {
        (r, c): start
        for start, end in ranges
        for r in range(start[0], end[0] + 1)
        for c in range(start[1], end[1] + 1)
    }


def _stale(
    texts: list[list[str]], anchors: dict[tuple[int, int], tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """Find what still lies under a merge and differs from what the merge shows."""
    found = {}
    for (r, c), (anchor_row, anchor_column) in anchors.items():
        if (r, c) == (anchor_row, anchor_column) or r >= len(texts) or c >= len(texts[r]):
            continue
        shown = texts[anchor_row][anchor_column] if anchor_column < len(texts[anchor_row]) else ""
        if texts[r][c] and texts[r][c] != shown:
            found[(r, c)] = texts[r][c]
    return found


def text_of(cell: object) -> str:
    """Write a cell as text: whole numbers without a point, dates in ISO form, layout spaces folded."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()[:10]
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    text = str(cell)
    if PLAIN.fullmatch(text):
        return text
    text = CARRIAGE.sub("\n", EXCEL_RETURN.sub("", text))
    return LONG_GAP.sub(" ", text).strip(" \t\n\u3000\u00a0\ufeff")


def _hidden_rows_xlsx(data: bytes) -> dict[str, frozenset[int]]:
    """Read the row attributes the fast reader does not tell, from the tags themselves."""
    found: dict[str, frozenset[int]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name, path in _sheet_paths(archive):
            content = archive.read(path)
            if b' hidden="' in content:
                found[name] = frozenset(_hidden_in(content.decode("utf-8", "replace")))
    return found


def _hidden_in(content: str) -> Iterator[int]:
    for row in _tags(content, "row"):
        if row.get("hidden") in {"1", "true"} and row.get("r", "").isdigit():
            yield int(row["r"]) - 1


def _sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    links = {link.get("Id", ""): link.get("Target", "") for link in _tags(relations, "Relationship")}
    for sheet in _tags(archive.read("xl/workbook.xml").decode("utf-8", "replace"), "sheet"):
        key = next((value for name, value in sheet.items() if name.endswith(":id")), "")
        path = "xl/" + links.get(key, "").removeprefix("/").removeprefix("xl/")
        if path in names:
            yield sheet.get("name", ""), path


def _tags(content: str, name: str) -> Iterator[dict[str, str]]:
    """List the attributes of every tag of a name, with or without a prefix; nothing of it is expanded."""
    for tag in re.finditer(rf"<(?:\w+:)?{name}\b([^<>]*)>", content):
        yield {key: html.unescape(value) for key, value in ATTRIBUTE.findall(tag[1])}


def _hidden_rows_xls(data: bytes) -> dict[str, frozenset[int]]:
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True)
    except (XLRDError, NotImplementedError, IndexError, KeyError, AssertionError):
        # The reader of cells is another one; a file it can read is not refused for its formats.
        return {}
    return {
        sheet.name: frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden)
        for sheet in book.sheets()
    }


def _csv(data: bytes) -> Sheet:
    text = _decoded(data)
    if "\x00" in text:
        raise _unreadable("不是表格")
    sample = "\n".join(text.splitlines()[:20])
    delimiter = max(",\t;", key=sample.count)
    try:
        rows = [[text_of(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise _unreadable(str(error)) from error
    return Sheet("", rows)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable("文字编码既不是 UTF-8 也不是 GBK")
