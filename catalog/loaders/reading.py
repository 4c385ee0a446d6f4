"""Bytes of any spreadsheet to sheets of text: the kind is sniffed, never believed from the file's name."""

import csv
import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from catalog.loaders import markings
from catalog.loaders.markings import Markings
from catalog.loaders.markup import Grid, grids_in, is_markup
from catalog.loaders.opendocument import CONTENT, of_ods
from law.errors import RuleViolation

XLSX, XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OTHER_FILES = {
    b"%PDF": "PDF",
    b"{\\rt": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"MIME-Version:": "MHT",
}
LONGEST_UNPACKED = 300 * 1024 * 1024
# A text without any of these needs no cleaning.
DIRTY = re.compile(r"[\r\n\t_&<*\[\u00a0\u2003\u3000\ufeff\u200b]|^ | $|^=|  |:mag:")
EXCEL_RETURN = re.compile(r"_x000d_", re.IGNORECASE)
CARRIAGE = re.compile(r"\r\n?")
WEB = re.compile(r"&(?:#?\w{2,8});|<br\s*/?>|\*\*|:mag:|\[[^\]]*\]\(\S+?\)", re.IGNORECASE)
LINK = re.compile(r"\[([^\]]*)\]\(\S+?\)")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# A code that its writer kept from becoming a number: ="0330".
LITERAL = re.compile(r'^="([^"]*)"$')
LONG_GAP = re.compile(r"[ \t\u00a0\u3000\u2003]{2,}")


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
    if data.startswith(XLSX):
        _refuse_bombs(data)
        return _workbook(data, _markings(data))
    if data.startswith(XLS):
        return _workbook(data, markings.of_xls(data))
    for magic, kind in OTHER_FILES.items():
        if data.startswith(magic):
            raise _unreadable(f"这是 {kind} 文件，不是表格")
    text = _decoded(data)
    if "\x00" in text:
        raise _unreadable("不是表格")
    return [_of_grid(grid) for grid in grids_in(text)] if is_markup(text) else [_csv(text)]


def _unreadable(why: str) -> RuleViolation:
    return RuleViolation(
        "list_unreadable",
        f"文件无法读取：{why}",
        unblock="请另存为 .xlsx、.xls、.ods 或 .csv 后重新上传",
        message_en="The file cannot be read as a table",
        unblock_en="Save it as .xlsx, .xls, .ods or .csv and upload again",
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


def _markings(data: bytes) -> dict[str, Markings]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return of_ods(archive) if CONTENT in archive.namelist() else markings.of_xlsx(archive)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise _unreadable("压缩结构已损坏") from error


def _workbook(data: bytes, marked: Mapping[str, Markings]) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _sheet(
                book,
                meta.name,
                shown=meta.visible == SheetVisibleEnum.Visible,
                marked=marked.get(meta.name) or Markings(),
            )
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(str(error)) from error


def _sheet(book: CalamineWorkbook, name: str, *, shown: bool, marked: Markings) -> Sheet:
    source = book.get_sheet_by_name(name)
    values = source.to_python(skip_empty_area=False)
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
    sheet.anchors = _anchors(source.merged_cell_ranges or marked.merges)
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
    return cleaned(str(cell))


def cleaned(text: str) -> str:
    """Fold line ends and layout spaces, and take off what web copies leave in a text."""
    if not DIRTY.search(text):
        return text
    text = LITERAL.sub(r"\1", text)
    if WEB.search(text):
        text = LINK.sub(r"\1", BREAK.sub("\n", text)).replace("**", "").replace(":mag:", "")
        text = html.unescape(text)
    text = CARRIAGE.sub("\n", EXCEL_RETURN.sub("", text)).replace("\u200b", "")
    return LONG_GAP.sub(" ", text).strip(" \t\n\u3000\u00a0\ufeff")


def _of_grid(grid: Grid) -> Sheet:
    written = grid.rows()
    sheet = Sheet(grid.name, [[cleaned(cell) for cell in cells] for cells in written])
    sheet.raw = _uncleaned(written)
    sheet.anchors = _anchors(grid.merges)
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
        raise _unreadable(str(error)) from error
    return Sheet("", [[cleaned(cell) for cell in cells] for cells in lines], raw=_uncleaned(lines))


def _regular(text: str, delimiter: str) -> int:
    """Count the cells of the first rows that are as wide as most of them: the right delimiter has most."""
    rows = islice(csv.reader(io.StringIO(text), delimiter=delimiter), 30)
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    return max((width * count for width, count in widths.items()), default=0)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable("文字编码既不是 UTF-8 也不是 GBK")
