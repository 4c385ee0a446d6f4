"""Old .xls workbooks: their cells, merges and markings, read without leaving Python."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from catalog.loaders.markings import PERCENT, ZEROS, Cell, Markings
from catalog.loaders.sniffing import locked, require_extent, unreadable

# What a damaged file makes the reader stumble over.
STUMBLING = (
    CompDocError,
    NotImplementedError,
    LookupError,
    ArithmeticError,
    AssertionError,
    ValueError,
    struct.error,
)
Said = TypeVar("Said", str, int)


@dataclass(frozen=True, slots=True)
class OldSheet:
    """One sheet: its values row by row, its merges, and how it is marked."""

    name: str
    shown: bool
    values: list[list[object]]
    merges: list[tuple[Cell, Cell]]
    markings: Markings


def sheets_of(data: bytes) -> list[OldSheet]:
    """Read every sheet; a workbook with a password and a damaged one are refused."""
    try:
        book = _opened(data, formats=True) or _opened(data, formats=False)
    except XLRDError as error:
        raise locked() if "encrypted" in str(error) else unreadable("内容已损坏，或者不是表格") from error
    if book is None:
        raise unreadable("内容已损坏，或者不是表格")
    for sheet in book.sheets():
        require_extent(sheet.name, (sheet.nrows, sheet.ncols))
    return [_sheet(book, sheet) for sheet in book.sheets()]


def _opened(data: bytes, *, formats: bool) -> xlrd.Book | None:
    """Open a workbook with its formats or, where these cannot be read, without."""
    try:
        return xlrd.open_workbook(
            file_contents=data, formatting_info=formats, ragged_rows=True, logfile=io.StringIO()
        )
    except STUMBLING:
        return None


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> OldSheet:
    values = [_values(book, sheet.row(row), sheet.ncols) for row in range(sheet.nrows)]
    merges = [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells]
    return OldSheet(sheet.name, sheet.visibility == 0, values, merges, _markings(book, sheet))


def _values(book: xlrd.Book, cells: list[xlrd.sheet.Cell], width: int) -> list[object]:
    return [*(_value(book, cell) for cell in cells), *[""] * (width - len(cells))]


def _value(book: xlrd.Book, cell: xlrd.sheet.Cell) -> object:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(float(cell.value), book.datemode)
        except (ValueError, OverflowError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value


def _markings(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Markings:
    failed = frozenset(place for place, cell in _cells(sheet) if cell.ctype == xlrd.XL_CELL_ERROR)
    if not book.formatting_info:
        return Markings(valueless=failed)
    struck, shown = {}, {}
    for number, style in enumerate(book.xf_list):
        if style.font_index < len(book.font_list) and book.font_list[style.font_index].struck_out:
            struck[number] = "struck"
        if form := book.format_map.get(style.format_key):
            shown[number] = form.format_str
    padding = {number: len(text) for number, text in shown.items() if ZEROS.fullmatch(text)}
    percent = {number: 1 for number, text in shown.items() if PERCENT.search(text)}
    return Markings(
        frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
        failed,
        _styled(sheet, struck),
        {place: note.text.strip() for place, note in sheet.cell_note_map.items()},
        _styled(sheet, padding),
        frozenset(_styled(sheet, percent)),
    )


def _styled(sheet: xlrd.sheet.Sheet, styles: dict[int, Said]) -> dict[Cell, Said]:
    """Find the cells that have one of some formats."""
    cells = _cells(sheet) if styles else ()
    return {place: styles[cell.xf_index] for place, cell in cells if cell.xf_index in styles}


def _cells(sheet: xlrd.sheet.Sheet) -> Iterator[tuple[Cell, xlrd.sheet.Cell]]:
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            yield (row, column), cell
