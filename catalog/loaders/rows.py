"""Rows of a sheet to items and bands: merges filled down, repeats joined, doubtful cells told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from catalog.loaders.benchmarks import Benchmarks
from catalog.loaders.cells import CellReader
from catalog.loaders.content import band_of
from catalog.loaders.defaults import OF_A_LAW, POWER, Defaults, defaults_of_sheet, is_department
from catalog.loaders.degrees import DEGREE, joined, spread
from catalog.loaders.entries import Entry, Notice, RowResult, cell_name
from catalog.loaders.gathering import TEXTS, Gathered
from catalog.loaders.headers import (
    KEYS,
    Header,
    Headings,
    find_header,
    header_as_told,
    headers_below,
    lies,
    names_items,
    standard,
)
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
from catalog.loaders.ticks import listings, remarks, unread

SAYING = ("basis", "penalty", "obligation", "statute", "range", "department", "domain", "note", "place")
# The columns of which the basis is taken.
GROUNDED = ("penalty", "coercion", "inspection", "basis", "article_text")
GROUNDS = ("basis", "penalty", "range")
BANDED = ("grade", "circumstances", "band")


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
    entries: list[Entry] = field(default_factory=list)
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
        _Walk(sheet, one, defaults_of_sheet(sheet, one, defaults), result).down(range(first, end))
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
    """The walk down one sheet: which item is the current one, which section it stands in."""

    def __init__(self, sheet: Sheet, header: Header, defaults: Defaults, result: SheetResult) -> None:
        self.sheet, self.header, self.defaults, self.result = sheet, header, defaults, result
        self.cells = CellReader(sheet, header)
        self.key_column = next(header.columns(name)[0] for name in KEYS if header.has(name))
        self.sub_column = next(iter(header.columns("sub_item")), self.key_column)
        self.benchmarks = Benchmarks(header)
        wide = any(name.startswith(DEGREE) for name in header.fields.values())
        self.banded = wide or header.has("grade", "band") or bool(self.benchmarks.shape)
        # Where tables are named, a ground beside them is the table's.
        grounds = GROUNDS if header.has("table") else ()
        self.bare = self.banded and not header.has(*(name for name in SAYING if name not in grounds))
        self.has_basis = header.has("basis", "penalty", "coercion", "inspection", "article_text")
        self.by_anchor: dict[tuple[int, int], Gathered] = {}
        self.whens: dict[int, dict[str, str]] = {}
        self.by_number: dict[str, dict[str, str]] = {}
        self.last: Gathered | None = None
        self.last_raw: dict[str, str] = {}
        self.domain = self.department = self.power = ""
        # Below a note of several lines nothing but an item with its number is one.
        self.noted, self.numbered = False, header.has("number")

    def down(self, rows: range) -> None:
        for row in rows:
            filled = self.sheet.filled(row)
            if filled:
                self.result.rows.append(self._row(row, filled))
        self.benchmarks.finish()
        for notice in (notice for result in self.result.rows for notice in result.notices):
            self._place(notice)
        if self.has_basis and not self.bare:
            self._tell_baseless()

    def _place(self, notice: Notice) -> None:
        """Name the cell a notice is about by the field it was told of."""
        if notice.cell or not notice.about:
            return
        row, fields = notice.row - 1, GROUNDED if notice.about == "basis" else (notice.about,)
        column = next((c for c in self.header.columns(*fields) if self.sheet.value(row, c)), None)
        notice.cell = "" if column is None else cell_name(row, column)

    def _tell_baseless(self) -> None:
        """Tell each item left without a basis under a column for it (行政处罚法第三十八条)."""
        words = "本行没有读出处罚依据，发布后只能登记、分派，补充依据前不能据以作出处罚"
        for item in self.by_anchor.values():
            fields = item.entry.fields
            if not (fields["statute_name"] or fields["penalty_text"]):
                item.origin.notices.append(Notice(item.entry.row, "", "no_basis", words))

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
        if not result.reason and self.noted and len(filled) == 1 and self.numbered:
            result.reason = NOTE
        if result.reason:
            if row == self.header.row and self.header is not self.result.header:
                words = "此处起是另一张表，按本行的列名读取"
                result.notices.append(Notice(row + 1, result.cell, "another_header", words))
            self._note_skipped(result)
            return True
        result.cell = cell_name(row, self.key_column)
        if (row, self.key_column) in self.sheet.markings.valueless:
            result.reason = NO_VALUE
        return bool(result.reason)

    def _read(self, row: int, result: RowResult) -> None:
        raw = self.cells.texts(row, result, self.last_raw, self.by_number)
        heads = heads_those_below(self.sheet, self.header, row, raw, has_basis=self.has_basis)
        item = None if heads else self._item(row, raw, result)
        if item is None:
            result.reason = heads or NO_NAME
            return
        result.cell = ""
        if self.banded:
            self._band(row, raw, item.entry, result)
        self.last, self.last_raw = item, raw
        if raw.get("number"):
            self.by_number[raw["number"].strip("（()）、.． ")] = raw

    def _note_skipped(self, result: RowResult) -> None:
        self.noted = result.reason == NOTE or (self.noted and result.reason != SECTION_HEAD)
        if result.reason in {SECTION_HEAD, TOTALS, NOTE}:
            # What follows does not go on with the item above.
            self.last = None
        if result.reason == TITLE and (named := section_field(result.text)) and not OF_A_LAW.search(named):
            self._begin_section(named)
        if result.reason == SECTION_HEAD:
            self._begin_section(section_field(result.text))
        elif result.reason == TOTALS:
            self.result.declared = declared_total(result.text)

    def _begin_section(self, named: str) -> None:
        """Take the kind of power, the department or the field that a section head names."""
        if POWER.search(named):
            self.power = named
        elif is_department(named):
            self.department, self.domain = named, ""
        else:
            self.domain = named or self.domain

    def _item(self, row: int, raw: dict[str, str], result: RowResult) -> Gathered | None:
        """Find the item this row belongs to, or begin a new one."""
        key = self._key(row, raw)
        if key in self.by_anchor:
            return self._joined(self.by_anchor[key], raw, result)
        if not raw.get(self.header.fields[self.key_column]) and not raw.get("sub_item"):
            return self._continued(row, raw, result)
        if self.last is not None and self.banded and self._same_item(raw):
            result.outcome = "continued"
            return self.last
        if self.last is not None and self.header.has("number") and self.last.is_cut_before(raw):
            return self._mended(self.last, row, raw, result)
        return self._begun(row, key, raw, result)

    def _key(self, row: int, raw: dict[str, str]) -> tuple[int, int]:
        """Name the cell an item stands in: its part where it has parts, else its name."""
        column = self.sub_column if raw.get("sub_item") else self.key_column
        return (self.sheet.anchors.get((row, column), (row, 0))[0], column)

    def _begun(self, row: int, key: tuple[int, int], raw: dict[str, str], result: RowResult) -> Gathered:
        raw.setdefault("section_department", self.department)
        raw.setdefault("power_type", self.power or self.defaults.power_type)
        codes = raw["code"].split("\n") if raw.get("code") else []
        entry = Entry(row + 1, self.sheet.name, {}, codes, table_title=self.defaults.table_title)
        item = Gathered(entry, raw, result, self.domain, self.defaults)
        item.read()
        area, number = entry.fields["domain"], entry.fields["number"]
        entry.listings = listings(raw, field=area, number=number)
        if self.defaults.township:
            entry.listings.append(["township", self.defaults.township, area, number])
        entry.bare = self.bare
        entry.damaged_code = raw.get("damaged_code", "")
        entry.shares_code = bool(raw.get("sub_item")) or self.cells.code_is_merged(row)
        for name, text in remarks(raw).items():
            words = f"“{text}”按打勾读取，括号内的限定没有采用，请写入该事项的备注"
            result.notices.append(Notice(row + 1, "", "tick_with_remark", words, name))
        if self.numbered and self.by_number and len(self.sheet.filled(row)) == 1:
            words = "本行只有名称，没有序号和其他内容，按事项读取；是说明文字的，请删去后重新上传"
            result.notices.append(Notice(row + 1, cell_name(row, self.key_column), "name_alone", words))
        for name, text in unread(raw).items():
            words = f"“{text}”既不是打勾也不是留空，没有列入“{name.rpartition(':')[2]}”，请核对"
            result.notices.append(Notice(row + 1, "", "tick_not_read", words, name))
        result.outcome, result.entry = "item", entry
        self.by_anchor[key] = item
        self.result.entries.append(entry)
        return item

    def _continued(self, row: int, raw: dict[str, str], result: RowResult) -> Gathered | None:
        if self.last is None or not any(raw.get(name) for name in (*BANDED, *TEXTS)) or raw.get("number"):
            return None
        if raw.get("damaged_code"):
            return None
        message = "本行没有事项名称，也不在合并单元格内，按上一事项的续行读取"
        cell = cell_name(row, self.key_column)
        result.notices.append(Notice(row + 1, cell, "continued_without_merge", message))
        return self._joined(self.last, raw, result)

    def _joined(self, item: Gathered, raw: dict[str, str], result: RowResult) -> Gathered:
        result.outcome = "continued"
        if not self.banded:
            item.join(raw)
        return item

    def _mended(self, item: Gathered, row: int, raw: dict[str, str], result: RowResult) -> Gathered:
        message = "本行没有序号，上一行的名称没有写完，按被分页截断的同一事项读取"
        notice = Notice(row + 1, cell_name(row, self.key_column), "cut_by_the_page", message)
        result.notices.append(notice)
        result.outcome = "continued"
        item.mend(raw)
        raw.update(item.raw)
        return item

    def _same_item(self, raw: dict[str, str]) -> bool:
        keys = ["number", "name", "violation", "code"]
        if not self.benchmarks.shape:
            keys += ["statute", "basis"]
        return all(raw.get(key, "") == self.last_raw.get(key, "") for key in keys)

    def _band(self, row: int, raw: dict[str, str], entry: Entry, result: RowResult) -> None:
        if self.benchmarks.shape:
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
