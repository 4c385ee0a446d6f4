"""Bytes of any spreadsheet to sheets of text: the kind is sniffed, never believed from the file's name."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from catalog.loaders import markings
from catalog.loaders.cleaning import DIRTY, cleaned, text_of
from catalog.loaders.markings import Markings
from catalog.loaders.markup import Grid, grids_in, is_markup
from catalog.loaders.old_excel import sheets_of
from catalog.loaders.opendocument import of_ods
from catalog.loaders.sniffing import DOCUMENT, XLS, XLSX, refuse_others, require_extent, unreadable

# What a text may begin with to be taken for one without a mark of its encoding.
PLAIN_TEXT = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\s -~]")
MOSTLY = 0.8
Merge = tuple[tuple[int, int], tuple[int, int]]
READING = (CalamineError, OSError, ValueError)


@dataclass(slots=True)
class Sheet:
    """One sheet as text, with what its cells hid: merges, hidden rows, values that were no text."""

    name: str
    rows: list[list[str]]
    hidden: bool = False
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    stale: dict[tuple[int, int], str] = field(default_factory=dict)
    was_number: frozenset[tuple[int, int]] = frozenset()
    was_date: frozenset[tuple[int, int]] = frozenset()
    raw: dict[tuple[int, int], str] = field(default_factory=dict)
    merged_rows: frozenset[int] = frozenset()
    markings: Markings = field(default_factory=Markings)
    # Rows whose text is read with the rows below them.
    lifted: frozenset[int] = frozenset()

    @property
    def hidden_rows(self) -> frozenset[int]:
        """Name the rows that are hidden."""
        return self.markings.hidden_rows

    def untouched(self, row: int) -> list[str]:
        """Return a row as the file writes it, before any cleaning."""
        if not self.raw:
            return self.rows[row]
        return [self.raw.get((row, column), text) for column, text in enumerate(self.rows[row])]

    def own(self, row: int, column: int) -> str:
        """Return what stands in a cell itself: nothing under a merge but at its anchor."""
        if row in self.merged_rows and self.anchors.get((row, column), (row, column)) != (row, column):
            return ""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def value(self, row: int, column: int) -> str:
        """Return a cell's text; a vertical merge fills down, a horizontal one does not fill across."""
        if row not in self.merged_rows:
            cells = self.rows[row]
            return cells[column] if column < len(cells) else ""
        anchor = self.anchors.get((row, column), (row, column))
        return self.own(*anchor) if anchor[1] == column else ""

    def filled(self, row: int) -> list[int]:
        """List the columns that hold a text of their own."""
        if row not in self.merged_rows:
            return [column for column, text in enumerate(self.rows[row]) if text]
        return [column for column in range(len(self.rows[row])) if self.own(row, column)]


def read_sheets(data: bytes) -> list[Sheet]:
    """Read every sheet of an .xlsx, .xls, .ods or .csv file or of a web page, whatever its name says."""
    refuse_others(data)
    if data.startswith(XLSX):
        return _workbook(data, _markings(data))
    if data.startswith(XLS):
        return [
            _sheet(old.name, old.values, old.merges, shown=old.shown, marked=old.markings)
            for old in sheets_of(data)
        ]
    text = _decoded(data)
    if "\x00" in text:
        raise unreadable("不是表格")
    return [_of_grid(grid) for grid in grids_in(text)] if is_markup(text) else [_csv(text)]


def _markings(data: bytes) -> dict[str, Markings]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return of_ods(archive) if DOCUMENT in archive.namelist() else markings.of_xlsx(archive)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise unreadable("压缩结构已损坏") from error


def _workbook(data: bytes, marked: Mapping[str, Markings]) -> list[Sheet]:
    for name, marks in marked.items():
        require_extent(name, marks.extent)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _of_book(book, meta, marked.get(meta.name) or Markings())
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except BaseException as error:
        # The reader panics at some damages, which is no ordinary exception.
        if isinstance(error, READING) or type(error).__name__ == "PanicException":
            raise unreadable("内容已损坏，或者不是表格") from error
        raise


def _of_book(book: CalamineWorkbook, meta: SheetMetadata, marked: Markings) -> Sheet:
    source = book.get_sheet_by_name(meta.name)
    values = source.to_python(skip_empty_area=False)
    merges = source.merged_cell_ranges or marked.merges
    shown = meta.visible == SheetVisibleEnum.Visible
    return _sheet(meta.name, values, merges, shown=shown, marked=marked)


def _sheet(
    name: str, values: Sequence[Sequence[object]], merges: Sequence[Merge], *, shown: bool, marked: Markings
) -> Sheet:
    sheet = Sheet(name=name, rows=[], hidden=not shown, markings=marked)
    numbers: set[tuple[int, int]] = set()
    dates: set[tuple[int, int]] = set()
    for r, cells in enumerate(values):
        sheet.rows.append([_told(sheet, (r, c), cell, numbers, dates) for c, cell in enumerate(cells)])
    for (r, c), width in marked.padded.items():
        if (r, c) in numbers:
            # Shown with leading zeros by its format: what people read is the code.
            sheet.rows[r][c] = sheet.rows[r][c].zfill(width)
            numbers.discard((r, c))
    for r, c in marked.percents & numbers:
        # 20% is kept as 0.2; people read what is shown.
        sheet.rows[r][c] = f"{(Decimal(sheet.rows[r][c]) * 100).normalize():f}%"
    sheet.anchors = _anchors(merges, sheet.rows)
    sheet.merged_rows = frozenset(row for row, _column in sheet.anchors)
    sheet.stale = _stale(sheet.rows, sheet.anchors)
    sheet.was_number, sheet.was_date = frozenset(numbers), frozenset(dates)
    return sheet


def _told(
    sheet: Sheet,
    place: tuple[int, int],
    cell: object,
    numbers: set[tuple[int, int]],
    dates: set[tuple[int, int]],
) -> str:
    """Write a cell as text, and keep what the text does not tell."""
    if isinstance(cell, str):
        if not DIRTY.search(cell):
            return cell
        text = cleaned(cell)
        if text != cell:
            sheet.raw[place] = cell
        return text
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        numbers.add(place)
    elif isinstance(cell, (date, datetime)):
        dates.add(place)
    return text_of(cell)


def _anchors(
    ranges: Sequence[Merge], rows: Sequence[Sequence[str]]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Name the first cell of each merge for all its cells, as far as the sheet is filled."""
    height, width = len(rows), max(map(len, rows), default=0)
    return {
        (r, c): start
        for start, end in ranges
        for r in range(start[0], min(end[0] + 1, height))
        for c in range(start[1], min(end[1] + 1, width))
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


def _of_grid(grid: Grid) -> Sheet:
    require_extent(grid.name, grid.extent)
    written = grid.rows()
    sheet = Sheet(grid.name, [[cleaned(cell) for cell in cells] for cells in written])
    sheet.raw = _uncleaned(written)
    sheet.anchors = _anchors(grid.merges, written)
    sheet.merged_rows = frozenset(row for row, _column in sheet.anchors)
    sheet.was_number = frozenset(grid.numbers)
    sheet.markings = Markings(hidden_rows=frozenset(grid.hidden_rows))
    return sheet


def _uncleaned(rows: list[list[str]]) -> dict[tuple[int, int], str]:
    return {
        (r, c): cell
        for r, cells in enumerate(rows)
        for c, cell in enumerate(cells)
        if DIRTY.search(cell) and cleaned(cell) != cell
    }


def _csv(text: str) -> Sheet:
    try:
        delimiter = max(",\t;|", key=lambda mark: _regular(text, mark))
        lines = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise unreadable(str(error)) from error
    return Sheet("", [[cleaned(cell) for cell in cells] for cells in lines], raw=_uncleaned(lines))


def _regular(text: str, delimiter: str) -> int:
    """Count the cells of the first rows that are as wide as most of them: the right delimiter has most."""
    rows = islice(csv.reader(io.StringIO(text), delimiter=delimiter), 30)
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    return max((width * count for width, count in widths.items()), default=0)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for text in _tried(data, ("utf-16-le", "utf-16-be") if b"\x00" in data else ("utf-8-sig", "gb18030")):
        start = text[:2000]
        if "\x00" not in start and len(PLAIN_TEXT.findall(start)) >= len(start) * MOSTLY:
            return text
    raise unreadable("文字编码不是 UTF-8、GBK 或者 UTF-16，或者不是表格")


def _tried(data: bytes, encodings: Sequence[str]) -> Iterator[str]:
    for encoding in encodings:
        try:
            yield data.decode(encoding)
        except UnicodeDecodeError:
            continue
