"""Where the data of a sheet begin and what its columns mean: found by score over a table of headings."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from catalog.loaders.reading import Sheet

TABLE = Path(__file__).parents[1] / "data" / "headers.toml"
DEPTH = 30
LONGEST_HEADING = 24
REMARK = re.compile(r"[(\[【].*[)\]】]$")
NAMING = {"name", "violation", "sub_item"}


@dataclass(frozen=True, slots=True)
class Header:
    """The header found: its row, the first row of data, and the field of each column."""

    row: int
    first_data_row: int
    headings: dict[int, str]
    fields: dict[int, str]

    def columns(self, *names: str) -> list[int]:
        """List the columns that feed one of the fields, left to right."""
        return [column for column, name in self.fields.items() if name in names]

    def has(self, *names: str) -> bool:
        """Tell whether any column feeds one of the fields."""
        return bool(self.columns(*names))


@cache
def aliases() -> dict[str, str]:
    """Map each known heading to its field."""
    with TABLE.open("rb") as file:
        table: dict[str, list[str]] = tomllib.load(file)
    return {plain(heading): name for name, headings in table.items() for heading in headings}


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """Strip a heading of spaces, line breaks, full-width forms and a bracketed remark."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", heading))
    return REMARK.sub("", text) or text


@cache
def field_of(heading: str) -> str:
    """Name the field a heading feeds: exactly, or by the longest known heading it contains."""
    text = plain(heading)
    if not text or len(text) > LONGEST_HEADING:
        return ""
    if text in aliases():
        return aliases()[text]
    known = [alias for alias in aliases() if len(alias) >= 3 and alias in text]
    return aliases()[max(known, key=len)] if known else ""


def find_header(sheet: Sheet) -> Header | None:
    """Find the header in the first rows: the row with most known headings, one of which names the item."""
    best: tuple[float, int] | None = None
    for row in range(min(DEPTH, len(sheet.rows))):
        score = _score(sheet, row)
        if score and (best is None or score > best[0]):
            best = (score, row)
    return _header(sheet, best[1]) if best else None


def _score(sheet: Sheet, row: int) -> float:
    texts = [sheet.own(row, column) for column in sheet.filled(row)]
    fields = {name for text in texts if (name := field_of(text))}
    if len(fields) < 2 or not fields & NAMING:
        return 0
    exact = sum(plain(text) in aliases() for text in texts)
    return len(fields) + exact / 10 - sum(len(text) > LONGEST_HEADING for text in texts)


def _header(sheet: Sheet, row: int) -> Header:
    """Read one header row, or two when some of its cells reach into the next."""
    reaching = [key for key, anchor in sheet.anchors.items() if anchor[0] == row and key[0] > row]
    last = max((key[0] for key in reaching), default=row)
    width = max(len(cells) for cells in sheet.rows[row : last + 1])
    headings: dict[int, str] = {}
    for column in range(width):
        texts = [sheet.own(line, column) for line in range(last, row - 1, -1)]
        across = sheet.anchors.get((row, column))
        if across and across[1] != column:
            texts.append(sheet.own(*across))
        known = [text for text in texts if text and field_of(text)]
        heading = next(iter(known or [text for text in texts if text]), "")
        # One heading merged over several columns names the first of them alone.
        if heading and not (last == row and across and across[1] != column):
            headings[column] = heading
    return Header(row, last + 1, headings, _fields(headings))


def _fields(headings: dict[int, str]) -> dict[int, str]:
    fields = {column: name for column, text in headings.items() if (name := field_of(text))}
    return dict(sorted(fields.items()))
