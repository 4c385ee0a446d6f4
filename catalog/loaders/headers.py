"""Where the data of a sheet begin: its header, found by score over the headings known or as a person told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from catalog.loaders.degrees import DEGREE, degree_in
from catalog.loaders.headings import (
    BOUND,
    CITED,
    GROUNDS,
    LONGEST_HEADING,
    NAMING,
    ONE_OF,
    PLACE,
    UNIT_TOLD,
    Headings,
    named,
    names_items,
    plain,
    shown,
)
from catalog.loaders.reading import Sheet

DEPTH = 30
# Some lists stand below the whole notice that published them.
DEEPEST = 400
# How many rows a header has below its first, and how many of its cells are known headings.
TALLEST, MANY = 2, 0.6
# How many cells the header of a further table has at least.
FEWEST = 3
# A column of its own for the sum leaves the heading above it to no other column.
TAKEN_ONCE = frozenset(["band", "range"])


@dataclass(frozen=True, slots=True)
class Header:
    """The header found: its row, the first row of data, and the field of each column."""

    row: int
    first_data_row: int
    headings: dict[int, str]
    fields: dict[int, str]
    # Where the next table of the sheet begins.
    end: int | None = None
    # What the lowest row of the header adds to a heading above it: 立木材积 under 裁量情节.
    lowest: Mapping[int, str] = field(default_factory=dict)

    def first_rows(self, sheet: Sheet, seen: int) -> range:
        """Name the first rows of data of this table."""
        end = len(sheet.rows) if self.end is None else self.end
        return range(self.first_data_row, min(end, self.first_data_row + seen))

    def values(self, sheet: Sheet, column: int, seen: int) -> list[str]:
        """List what stands first in a column of this table, merges filled down."""
        return [text for row in self.first_rows(sheet, seen) if (text := sheet.value(row, column))]

    def columns(self, *names: str) -> list[int]:
        """List the columns that feed one of the fields, left to right."""
        return [column for column, name in self.fields.items() if name in names]

    def has(self, *names: str) -> bool:
        """Tell whether any column feeds one of the fields."""
        return any(name in names for name in self.fields.values())


def find_header(sheet: Sheet, headings: Headings) -> Header | None:
    """Find the header in the first rows: the row with most known headings, one of which names the item."""
    rows = len(sheet.rows)
    best = _best(sheet, range(min(DEPTH, rows)), headings)
    if best is None:
        best = _best(sheet, range(DEPTH, min(DEEPEST, rows)), headings)
    return None if best is None else header_at(sheet, _first_row(sheet, best, headings), headings)


def _best(sheet: Sheet, rows: Iterable[int], headings: Headings) -> int | None:
    """Name the best row: of several tables below each other in the first one."""
    scores = {row: score for row in rows if (score := _score(sheet, row, headings))}
    first = next((row for row in scores if _is_all_headings(sheet, row, headings)), None)
    near = {row: score for row, score in scores.items() if first is None or first <= row <= first + TALLEST}
    return max(near, key=lambda row: (near[row], -row), default=None)


def _is_all_headings(sheet: Sheet, row: int, headings: Headings) -> bool:
    """Tell a row that holds headings and little else from a line of labels and their texts."""
    texts = [sheet.own(row, column) for column in sheet.filled(row)]
    return sum(headings.knows(text) for text in texts) >= len(texts) * MANY


def lies(sheet: Sheet, headings: Headings) -> bool:
    """Tell a table laid on its side: its headings stand below each other in its first column."""
    first = min((filled[0] for row in range(len(sheet.rows)) if (filled := sheet.filled(row))), default=0)
    texts = [sheet.own(row, first) for row in range(min(DEPTH, len(sheet.rows)))]
    fields = {headings.field_of(text) for text in texts if headings.knows(text)} - {""}
    return len(fields) > 2 and bool(fields.intersection(NAMING))


def _first_row(sheet: Sheet, row: int, headings: Headings) -> int:
    """Go up to the row in which a header of several rows begins: by its merges, or by headings over gaps."""
    reaching = [anchor[0] for key, anchor in sheet.anchors.items() if key[0] == row and anchor[0] < row]
    if reaching:
        return min(reaching)
    if row == 0:
        return row
    above = [column for column in sheet.filled(row - 1) if headings.field_of(sheet.own(row - 1, column))]
    over_gaps = [column for column in above if not sheet.own(row, column)]
    return row - 1 if over_gaps and len(above) == len(sheet.filled(row - 1)) else row


def _score(sheet: Sheet, row: int, headings: Headings) -> float:
    texts = [sheet.own(row, column) for column in sheet.filled(row)]
    fields = {name for text in texts if (name := headings.field_of(text))}
    if len(fields) < 2 or not names_items(fields):
        return 0
    exact = sum(headings.knows(text) for text in texts)
    return len(fields) + exact / 10 - sum(len(text) > LONGEST_HEADING for text in texts)


def header_at(sheet: Sheet, row: int, headings: Headings) -> Header:
    """Read one header row, or two when some of its cells reach into the next or leave it to the next."""
    reaching = [key[0] for key, anchor in sheet.anchors.items() if anchor[0] == row and key[0] > row]
    last = max(reaching, default=row)
    if last == row and _goes_on(sheet, row, headings):
        last = row + 1
    found = _headings(sheet, row, last, headings)
    return Header(row, last + 1, found, _fields(found, headings), lowest=_lowest(sheet, row, last, found))


def _lowest(sheet: Sheet, row: int, last: int, found: Mapping[int, str]) -> dict[int, str]:
    """List what stands lowest over the columns whose heading is taken from above it."""
    own = {column: sheet.own(last, column) for column in found} if last > row else {}
    return {column: text for column, text in own.items() if text and text not in found[column]}


def headers_below(sheet: Sheet, header: Header, headings: Headings) -> Iterator[Header]:
    """Find the headers of further tables in one sheet, whose columns are others than those above."""
    for row in range(header.first_data_row + 1, len(sheet.rows)):
        filled = sheet.filled(row)
        if len(filled) < FEWEST or not headings.knows(sheet.own(row, filled[0])):
            continue
        if not _is_all_headings(sheet, row, headings):
            continue
        found = header_at(sheet, row, headings)
        if names_items(found.fields.values()) and found.headings != header.headings:
            header = found
            yield found


def _goes_on(sheet: Sheet, row: int, headings: Headings) -> bool:
    """Tell a second header row without merges: known headings only, under gaps or grouping cells."""
    if row + 1 >= len(sheet.rows):
        return False
    below = {column: sheet.own(row + 1, column) for column in sheet.filled(row + 1)}
    known = [text for text in below.values() if headings.field_of(text)]
    if len(known) < 2 or len(known) < len(below) * 0.6:
        return False
    first = min(sheet.filled(row), default=0)
    return first not in below and any(not sheet.own(row, column) for column in below)


def _headings(sheet: Sheet, row: int, last: int, known: Headings) -> dict[int, str]:
    width = max(len(cells) for cells in sheet.rows[row : last + 1])
    lower = [known.field_of(sheet.own(last, column)) for column in range(width)] if last > row else []
    found: dict[int, str] = {}
    for column in range(width):
        across = sheet.anchors.get((row, column))
        texts = [sheet.own(last, column), *_above(sheet, column, range(last - 1, row - 1, -1))]
        heading = _heading(texts, known, lower)
        # One heading merged over several columns names the first of them alone.
        if heading and not (last == row and across and across[1] != column):
            found[column] = heading
    return found


def _above(sheet: Sheet, column: int, rows: Iterable[int]) -> Iterator[str]:
    """Yield the texts over the lowest row of a header, each also to the right as far as it is merged."""
    for row in rows:
        yield sheet.own(*sheet.anchors.get((row, column), (row, column)))


def _heading(texts: list[str], known: Headings, lower: list[str]) -> str:
    """Name a column by the texts over it, the lowest first; lower: the fields of the lowest row."""
    own, over = texts[0], [text for text in texts[1:] if text]
    # A degree in the middle of three rows tells more than the group above it.
    above = next((text for text in over if degree_in(plain(text))[0]), over[-1] if over else "")
    of_own, of_above = known.field_of(own), known.field_of(above)
    if own and above and _belongs(own, above, of_own, of_above, lower):
        return f"{above} {own}"
    if of_own in NAMING and of_above == "code":
        # 主项 and 子项 under 事项编码 are codes.
        return above
    if any(one.search(own) for one in (PLACE, *ONE_OF.values())) and not known.knows(own):
        # The name of a place, a level, a kind of power under a heading for all of them.
        return own
    if own and not of_own and of_above in TAKEN_ONCE.intersection(lower):
        # 具体表现 under 裁量基准, where 处罚标准 beside it holds the sum.
        return own
    unit = UNIT_TOLD.search(above)
    if unit and (of_own in TAKEN_ONCE or of_own.startswith(DEGREE)) and not UNIT_TOLD.search(own):
        return f"{own}{unit[0]}"
    met = [text for text in texts if text and known.field_of(text)]
    heading = next(iter(met or [text for text in texts if text]), "")
    return f"{heading}{own}" if BOUND.fullmatch(own) and heading != own else heading


def _belongs(own: str, above: str, of_own: str, of_above: str, lower: list[str]) -> bool:
    """Tell a heading that says nothing without the one above it.

    A degree over 适用情形; 违法依据 and 处罚依据 each over 条款; 罚款（万元） over 下限.
    """
    if degree_in(plain(above))[0]:
        return True
    if of_own in CITED:
        return of_above in GROUNDS and lower.count(of_own) > 1
    return bool(BOUND.fullmatch(own)) and of_above in TAKEN_ONCE


def _fields(headings: dict[int, str], known: Headings) -> dict[int, str]:
    fields = {
        column: named(name, text) for column, text in headings.items() if (name := known.field_of(text))
    }
    return {column: name for column, name in sorted(fields.items()) if name != "ignored"}


def header_as_told(sheet: Sheet, row: int, columns: Mapping[int, str], known: Headings) -> Header:
    """Make the header a person has told: its row, and the field of each column."""
    guessed = header_at(sheet, row, known)
    told = {
        column: named(shown(name), guessed.headings.get(column, ""))
        for column, name in sorted(columns.items())
    }
    return Header(row, guessed.first_data_row, guessed.headings, told)
