"""Tables written as markup and named .xls: web pages, and the XML that old spreadsheets save."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TABLES = re.compile(r"<(?:\w+:)?table\b", re.IGNORECASE)
MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|!--|html|head|meta|table|style|div|body)", re.IGNORECASE)
SPACE = re.compile(r"\s+")
BREAKS = frozenset(["br", "p", "div", "li"])
LONGEST, WIDEST = 1_048_576, 16_384

Place = tuple[int, int]


@dataclass(slots=True)
class Grid:
    """One table: its cells by place, its merges, and what a spreadsheet would tell of them."""

    name: str
    cells: dict[Place, str] = field(default_factory=dict)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    numbers: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    # The last row down to which a cell above takes each column.
    taken: dict[int, int] = field(default_factory=dict)

    @property
    def extent(self) -> Place:
        """Count the rows and the columns before the last cell."""
        rows, columns = zip(*self.cells, strict=True)
        return max(rows) + 1, max(columns) + 1

    def rows(self) -> list[list[str]]:
        """Write the cells row by row, all of one width."""
        height, width = self.extent
        return [[self.cells.get((row, column), "") for column in range(width)] for row in range(height)]


class _Tables(HTMLParser):
    """Collects every table; both kinds of markup name a row and a cell, and say how far a cell reaches."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self.sheet_name = ""
        self.row = self.column = -1
        self.text: list[str] | None = None
        self.keeps_lines = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        said = {key.rpartition(":")[2]: value or "" for key, value in attrs}
        if name == "worksheet":
            self.sheet_name = said.get("name", "")
        elif name == "table":
            self._end_cell()
            self.grids.append(Grid(self.sheet_name))
            self.row = -1
        elif name in {"tr", "row"} and self.grids:
            self._begin_row(said)
        elif name in {"td", "th", "cell"} and self.grids:
            self._begin_cell(name, said)
        elif name == "data" and said.get("type") == "Number":
            self.grids[-1].numbers.add((self.row, self.column))
        elif name in BREAKS and self.text:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag.rpartition(":")[2] in {"td", "th", "cell", "tr", "row", "table"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data if self.keeps_lines else SPACE.sub(" ", data))

    def _begin_row(self, said: dict[str, str]) -> None:
        self._end_cell()
        self.row = _count(said.get("index"), self.row + 2, LONGEST) - 1
        self.column = -1
        if said.get("hidden") == "1" or "display:none" in said.get("style", "").replace(" ", ""):
            self.grids[-1].hidden_rows.add(self.row)

    def _begin_cell(self, name: str, said: dict[str, str]) -> None:
        """Put a cell in the next free column, and mark what it reaches over as taken."""
        self._end_cell()
        grid, self.row = self.grids[-1], max(self.row, 0)
        self.column = _count(said.get("index"), self.column + 2) - 1
        while grid.taken.get(self.column, -1) >= self.row:
            self.column += 1
        if name == "cell":
            across, down = _count(said.get("mergeacross"), 0), _count(said.get("mergedown"), 0, LONGEST)
        else:
            across, down = _count(said.get("colspan"), 1) - 1, _count(said.get("rowspan"), 1, LONGEST) - 1
        last = (self.row + down, self.column + across)
        if across or down:
            grid.merges.append(((self.row, self.column), last))
            grid.taken.update(dict.fromkeys(range(self.column, last[1] + 1), last[0]))
        self.text, self.keeps_lines = [], name == "cell"

    def _end_cell(self) -> None:
        if self.text is not None:
            self.grids[-1].cells[(self.row, self.column)] = "".join(self.text)
            self.column = max((last[1] for first, last in self._merged_here()), default=self.column)
            self.text = None

    def _merged_here(self) -> Iterator[tuple[Place, Place]]:
        merges = self.grids[-1].merges
        if merges and merges[-1][0] == (self.row, self.column):
            yield merges[-1]


def _count(text: str | None, otherwise: int, most: int = WIDEST) -> int:
    return min(int(text), most) if text and text.isdecimal() else otherwise


def is_markup(text: str) -> bool:
    """Tell a page or an XML with a table in it from a text of cells."""
    return bool(MARKUP.match(text)) and bool(TABLES.search(text))


def grids_in(text: str) -> list[Grid]:
    """Read every table that holds a text."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return [grid for grid in parser.grids if any(cell.strip() for cell in grid.cells.values())]
