"""Rows of a sheet to items and bands: every row read, or told with the reason why it is no item."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from catalog.loaders.benchmarks import Benchmarks
from catalog.loaders.cells import CellReader
from catalog.loaders.content import band_of
from catalog.loaders.defaults import OF_A_LAW, Defaults, defaults_of_sheet
from catalog.loaders.degrees import joined, spread
from catalog.loaders.entries import Entry, Notice, RowResult, cell_name
from catalog.loaders.headers import Header, find_header, header_as_told, headers_below, lies
from catalog.loaders.headings import Headings, names_items, standard
from catalog.loaders.items import Items
from catalog.loaders.labelled import labelled_ground
from catalog.loaders.layout import BANDED, layout_of
from catalog.loaders.reading import Sheet
from catalog.loaders.refining import refined
from catalog.loaders.skipping import (
    HIDDEN_SHEET,
    LYING,
    NO_HEADER,
    NO_NAME,
    NO_VALUE,
    NOT_CHOSEN,
    NOTE,
    SECTION_HEAD,
    TITLE,
    TOTALS,
    declared_total,
    heads_those_below,
    section_field,
    skip_reason,
)

EQUATION = re.compile(r"罚款[^=＝。；]{0,12}[=＝]")
# The columns of which the basis is taken.
GROUNDED = ("penalty", "coercion", "inspection", "basis", "article_text")


@dataclass(frozen=True, slots=True)
class Told:
    """What a person has said about one sheet: whether it is read, where its header is, what columns mean."""

    used: bool = True
    header_row: int | None = None
    columns: Mapping[int, str] | None = None


@dataclass(slots=True)
class SheetResult:
    """What was read from one sheet."""

    sheet: Sheet
    header: Header | None
    rows: list[RowResult] = field(default_factory=list)
    declared: int | None = None


def read_rows(
    sheet: Sheet, defaults: Defaults, headings: Headings | None = None, told: Told | None = None
) -> SheetResult:
    """Read a sheet row by row; every row that holds a text is accounted for."""
    tables = _tables(sheet, headings or standard(), told or Told())
    result = SheetResult(sheet, tables[0] if tables else None)
    if not tables:
        reason = _why_unread(sheet, headings or standard(), told or Told())
        for row in range(len(sheet.rows)):
            if sheet.filled(row):
                result.rows.append(RowResult(sheet.name, row + 1, sheet.untouched(row), "skipped", reason))
        return result
    first = 0
    for one in tables:
        end = len(sheet.rows) if one.end is None else one.end
        walk = _Walk(sheet, one, defaults_of_sheet(sheet, one, defaults), result)
        walk.begin_below()
        walk.down(range(first, end))
        first = end
    return result


def _why_unread(sheet: Sheet, headings: Headings, told: Told) -> str:
    if sheet.hidden:
        return HIDDEN_SHEET
    if lies(sheet, headings):
        return LYING
    return NO_HEADER if told.used else NOT_CHOSEN


def _tables(sheet: Sheet, headings: Headings, told: Told) -> list[Header]:
    """Find the header of each table of a sheet, and where the next begins; what a person told stays."""
    if not told.used or (sheet.hidden and told.columns is None):
        return []
    if told.columns is not None and told.header_row is not None:
        said = header_as_told(sheet, told.header_row, told.columns, headings)
        first = said if names_items(said.fields.values()) else None
    else:
        said, first = None, find_header(sheet, headings)
    if first is None:
        return []
    found = [first, *headers_below(sheet, first, headings)]
    ends = [*(one.row for one in found[1:]), None]
    tables = [replace(one, end=end) for one, end in zip(found, ends, strict=True)]
    return [one if one.row == told.header_row and said else refined(sheet, one) for one in tables]


class _Walk:
    """The walk down one table: a row is told as no item, or read into the item it belongs to."""

    def __init__(self, sheet: Sheet, header: Header, defaults: Defaults, result: SheetResult) -> None:
        self.sheet, self.header, self.result = sheet, header, result
        self.layout, self.cells = layout_of(header), CellReader(sheet, header)
        self.items = Items(sheet, self.layout, self.cells, defaults)
        self.benchmarks = Benchmarks(header)
        self.whens: dict[int, dict[str, str]] = {}
        # Below a note of several lines nothing but an item with its number is one.
        self.noted = False

    def begin_below(self) -> None:
        """Begin in the section whose head stands between the table above and this one."""
        last = self.result.rows[-1] if self.result.rows else None
        if last is not None and last.reason == SECTION_HEAD:
            self._note_skipped(last)

    def down(self, rows: range) -> None:
        for row in rows:
            filled = self.sheet.filled(row)
            if filled:
                self.result.rows.append(self._row(row, filled))
        self.benchmarks.finish()
        for notice in (notice for result in self.result.rows for notice in result.notices):
            self._place(notice)
        if self.layout.has_basis and not self.layout.bare:
            self.items.tell_baseless()

    def _place(self, notice: Notice) -> None:
        """Name the cell a notice is about by the field it was told of."""
        if notice.cell or not notice.about:
            return
        row, fields = notice.row - 1, GROUNDED if notice.about == "basis" else (notice.about,)
        column = next((c for c in self.header.columns(*fields) if self.sheet.value(row, c)), None)
        notice.cell = "" if column is None else cell_name(row, column)

    def _row(self, row: int, filled: list[int]) -> RowResult:
        result = RowResult(self.sheet.name, row + 1, self.sheet.untouched(row), "skipped")
        self.cells.tell_marks(row, result)
        if row in self.sheet.lifted:
            result.outcome = "continued"
        elif not self._skips(row, filled, result):
            self._read(row, result)
        return result

    def _skips(self, row: int, filled: list[int], result: RowResult) -> bool:
        """Tell a row that is no item, and say why it is none."""
        result.cell = cell_name(row, filled[0])
        result.reason = skip_reason(self.sheet, self.header, row, filled)
        if result.reason == NOTE and self._grounds_the_last(row, filled):
            result.reason = ""
        if not result.reason and self.noted and len(filled) == 1 and self.layout.numbered:
            result.reason = NOTE
        if result.reason:
            if row == self.header.row and self.header is not self.result.header:
                words = "此处起是另一张表，按本行的列名读取"
                result.notices.append(Notice(row + 1, result.cell, "another_header", words))
            self._note_skipped(result)
            return True
        result.cell = cell_name(row, self.layout.key_column)
        if (row, self.layout.key_column) in self.sheet.markings.valueless:
            result.reason = NO_VALUE
        return bool(result.reason)

    def _grounds_the_last(self, row: int, filled: list[int]) -> bool:
        """Tell a line that names the basis of the item right above it, which has none: 依据：…"""
        last = self.items.last
        if last is None or len(filled) > 1 or last.entry.fields["statute_name"]:
            return False
        told = self.layout.has_basis or self.layout.banded
        return not told and labelled_ground(self.sheet.own(row, filled[0]))

    def _note_skipped(self, result: RowResult) -> None:
        self.noted = result.reason == NOTE or (self.noted and result.reason != SECTION_HEAD)
        if result.reason in {SECTION_HEAD, TOTALS, NOTE}:
            self.items.leave()
        if result.reason in {TITLE, SECTION_HEAD}:
            self.benchmarks.begin_section(result.text)
        if EQUATION.search(result.text):
            self.benchmarks.formula = result.text
        if result.reason == TITLE and (named := section_field(result.text)) and not OF_A_LAW.search(named):
            self.items.begin_section(named)
        if result.reason == SECTION_HEAD:
            self.items.begin_section(section_field(result.text))
        elif result.reason == TOTALS:
            self.result.declared = declared_total(result.text)

    def _read(self, row: int, result: RowResult) -> None:
        raw = self.cells.texts(row, result, self.items.last_raw, self.items.by_number)
        heads = heads_those_below(self.sheet, self.header, row, raw, has_basis=self.layout.has_basis)
        item = None if heads else self.items.of(row, raw, result)
        if item is None:
            result.reason = heads or NO_NAME
            return
        result.cell = ""
        if self.layout.banded:
            self._band(row, raw, item.entry, result)

    def _band(self, row: int, raw: dict[str, str], entry: Entry, result: RowResult) -> None:
        if raw.get("exempt"):
            self.benchmarks.spare(entry, raw, result, row + 1)
        if self.layout.shape:
            if self.layout.shape != "exempt":
                self.benchmarks.take(entry, raw, result, row + 1)
            result.outcome = "band" if result.outcome == "continued" else result.outcome
            return
        if raw.get("row_label"):
            raw = joined(raw, self.whens.setdefault(id(entry), {}), entry.bands)
        for one in spread(raw):
            if any(one.get(name) for name in BANDED):
                band, notices = band_of(one, entry, row=row + 1)
                result.notices += notices
                entry.bands.append(band)
        if result.outcome == "continued":
            result.outcome = "band"
