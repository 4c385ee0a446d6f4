"""What the fast reader of cells does not tell of an .ods: merged cells, per cent, what is hidden."""

import html
import re
import zipfile
from dataclasses import dataclass, field

from catalog.loaders.markings import WIDEST, Cell, Markings
from catalog.loaders.sniffing import DOCUMENT

PART = re.compile(r"<table:(table|table-column|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>")
SAID = re.compile(r'(?:table|office):([\w-]+)="([^"]*)"')
HIDDEN = frozenset(["collapse", "filter"])


@dataclass(slots=True)
class _Walk:
    """The walk through one table: how many columns and rows are met, and where in its row it stands."""

    columns: int = 0
    rows: int = 0
    place: Cell = (0, 0)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[tuple[Cell, Cell]] = field(default_factory=list)
    percents: set[Cell] = field(default_factory=set)
    # The rows and columns before the last cell that holds something, repeated ones counted in full.
    passed: Cell = (0, 0)
    extent: Cell = (0, 0)

    def take(self, kind: str, said: dict[str, str]) -> None:
        """Take the next part of the table."""
        hidden = said.get("visibility") in HIDDEN
        if kind == "table-column":
            first, self.columns = self.columns, self.columns + _count(said, "number-columns-repeated")
            self.hidden_columns.update(range(first, self.columns) if hidden else ())
        elif kind == "table-row":
            first, self.rows = self.rows, self.rows + _count(said, "number-rows-repeated")
            self.hidden_rows.update(range(first, self.rows) if hidden else ())
            self.place, self.passed = (first, 0), (self.passed[0] + _told(said, "number-rows-repeated"), 0)
        else:
            self._cell(said)

    def _cell(self, said: dict[str, str]) -> None:
        row, column = self.place
        down, across = (_count(said, f"number-{name}-spanned") - 1 for name in ("rows", "columns"))
        if down or across:
            self.merges.append((self.place, (row + down, column + across)))
        after = column + _count(said, "number-columns-repeated")
        self.passed = (self.passed[0], self.passed[1] + _told(said, "number-columns-repeated"))
        if "value-type" in said:
            self.extent = (self.passed[0], max(self.extent[1], self.passed[1]))
        if said.get("value-type") == "percentage":
            self.percents.update((row, one) for one in range(column, after))
        self.place = (row, after)

    def markings(self) -> Markings:
        """Return what was met."""
        return Markings(
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            merges=self.merges,
            percents=frozenset(self.percents),
            extent=self.extent,
        )


def of_ods(archive: zipfile.ZipFile) -> dict[str, Markings]:
    """Read the markings of an .ods, sheet by sheet."""
    found: dict[str, _Walk] = {}
    walk = _Walk()
    for part in PART.finditer(archive.read(DOCUMENT).decode("utf-8", "replace")):
        said = dict(SAID.findall(part[2]))
        if part[1] == "table":
            walk = found.setdefault(html.unescape(said.get("name", "")), _Walk())
        else:
            walk.take(part[1], said)
    return {name: walk.markings() for name, walk in found.items()}


def _told(said: dict[str, str], name: str) -> int:
    text = said.get(name, "1")
    return int(text) if text.isdecimal() else 1


def _count(said: dict[str, str], name: str) -> int:
    return min(_told(said, name), WIDEST)
