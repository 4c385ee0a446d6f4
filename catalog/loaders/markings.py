"""What the fast reader of cells does not tell: hidden rows, struck-out or red text, comments."""

import html
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from catalog.loaders.sniffing import LARGEST

Cell = tuple[int, int]
Mark = TypeVar("Mark", str, int)
ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
FONT = re.compile(r"<(?:\w+:)?font>(.*?)</(?:\w+:)?font>|<(?:\w+:)?font/>", re.S)
FORMATS = re.compile(r"<(?:\w+:)?cellXfs\b[^>]*>(.*?)</(?:\w+:)?cellXfs>", re.S)
STRUCK = re.compile(r'<(?:\w+:)?strike(?:\s+val="(?:1|true)")?\s*/>')
RED = re.compile(r'<(?:\w+:)?color\b[^>]*rgb="(?:FF)?FF0000"', re.IGNORECASE)
COMMENT = re.compile(r'<(?:\w+:)?comment\b[^>]*ref="([A-Z]+)(\d+)"[^>]*>(.*?)</(?:\w+:)?comment>', re.S)
WORDS = re.compile(r"<(?:\w+:)?t\b[^>]*>(.*?)</(?:\w+:)?t>", re.S)
FORMULA = re.compile(
    r'<(?:\w+:)?c\b[^<>]*\br="(?P<letters>[A-Z]+)(?P<row>\d+)"[^<>]*>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)'
    r"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>(?P<value>[^<]*)</(?:\w+:)?v>)?"
)
WIDEST = 16384
# The ends of what a cell holds, the tags that say where it stands, and the columns behind Z.
HOLDING = (b"v>", b"is>")
PLACED = (b"<row ", b":row ", b"<c ", b":c ")
NUMBER = re.compile(rb"\sr=[\"'][A-Z]{0,3}(\d{1,7})[\"']")
WIDE = re.compile(rb"\sr=[\"'][A-Z]{2}")
FILLED = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Z]{1,3})\d+[\"'][^<>]*(?<!/)>")
FEW_COLUMNS = 26
PERCENT = re.compile(r"0%")
PERCENT_KINDS = {"9", "10"}
ZEROS = re.compile(r"0{2,40}")
MARKS = {"struck": "删除线", "red": "红色字体"}


@dataclass(slots=True)
class Markings:
    """What is marked in one sheet: rows and columns hidden, cells struck out or red, comments, formulas."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    # Cells whose formula was saved without its value.
    valueless: frozenset[Cell] = frozenset()
    marked: dict[Cell, str] = field(default_factory=dict)
    comments: dict[Cell, str] = field(default_factory=dict)
    # How many digits a format of zeros alone shows of a number.
    padded: dict[Cell, int] = field(default_factory=dict)
    # Cells whose format shows a number in per cent: 0.2 as 20%.
    percents: frozenset[Cell] = frozenset()
    # First and last cell of each merge, where the fast reader does not tell of them.
    merges: list[tuple[Cell, Cell]] = field(default_factory=list)
    # How many rows and columns lie before the last cell that holds something.
    extent: Cell = (0, 0)


class _Book:
    """An .xlsx as an archive: only tags that are asked for are read, nothing of it is expanded."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive, self.names = archive, set(archive.namelist())

    def text(self, path: str) -> str:
        return self.archive.read(path).decode("utf-8", "replace") if path in self.names else ""

    def sheets(self) -> Iterator[tuple[str, str]]:
        links = self._links("xl/_rels/workbook.xml.rels")
        for sheet in tags(self.text("xl/workbook.xml"), "sheet"):
            key = next((value for name, value in sheet.items() if name.endswith(":id")), "")
            path = _path(links.get(key, ("", ""))[0])
            if path in self.names:
                yield sheet.get("name", ""), path

    def _links(self, path: str) -> dict[str, tuple[str, str]]:
        found = tags(self.text(path), "Relationship")
        return {link.get("Id", ""): (link.get("Target", ""), link.get("Type", "")) for link in found}

    def comments_of(self, sheet_path: str) -> dict[Cell, str]:
        relations = sheet_path.replace("worksheets/", "worksheets/_rels/") + ".rels"
        links = self._links(relations).values()
        paths = [_path(target) for target, kind in links if kind.endswith("comments")]
        found = {}
        for path in paths:
            for letters, row, body in COMMENT.findall(self.text(path)):
                words = html.unescape("".join(WORDS.findall(body))).strip()
                found[(int(row) - 1, column_of(letters))] = words
        return found

    @cached_property
    def marked_styles(self) -> dict[str, str]:
        """Name the marking of each cell format whose font is struck out or red."""
        styles = self.text("xl/styles.xml")
        fonts = [_marking(font) for font in FONT.findall(styles)]
        formats = FORMATS.search(styles)
        if not any(fonts) or formats is None:
            return {}
        used = [int(one.get("fontId", "0")) for one in tags(formats[1], "xf")]
        return {
            str(number): fonts[font] for number, font in enumerate(used) if font < len(fonts) and fonts[font]
        }

    @cached_property
    def percent_styles(self) -> dict[str, int]:
        """Name each cell format that shows a number in per cent."""
        styles = self.text("xl/styles.xml")
        own = {
            one.get("numFmtId") for one in tags(styles, "numFmt") if PERCENT.search(one.get("formatCode", ""))
        }
        formats = FORMATS.search(styles)
        used = [one.get("numFmtId") for one in tags(formats[1], "xf")] if formats else []
        return {str(number): 1 for number, kind in enumerate(used) if kind in own | PERCENT_KINDS}

    @cached_property
    def padding_styles(self) -> dict[str, int]:
        """Count the digits of each cell format that writes a number with leading zeros."""
        styles = self.text("xl/styles.xml")
        widths = {
            one.get("numFmtId"): len(one["formatCode"])
            for one in tags(styles, "numFmt")
            if ZEROS.fullmatch(one.get("formatCode", ""))
        }
        formats = FORMATS.search(styles)
        if not widths or formats is None:
            return {}
        used = [one.get("numFmtId") for one in tags(formats[1], "xf")]
        return {str(number): widths[kind] for number, kind in enumerate(used) if kind in widths}


def _styled(content: str, styles: Mapping[str, Mark]) -> dict[Cell, Mark]:
    """Find the cells that have one of some formats."""
    found = {}
    for cell in tags(content, "c") if styles else ():
        place = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
        if cell.get("s", "") in styles and place:
            found[(int(place[2]) - 1, column_of(place[1]))] = styles[cell["s"]]
    return found


def _marking(font: str) -> str:
    return "struck" if STRUCK.search(font) else "red" if RED.search(font) else ""


def _path(target: str) -> str:
    return target[1:] if target.startswith("/") else "xl/" + target.removeprefix("../").removeprefix("xl/")


def _extent(content: bytes) -> Cell:
    """Tell how far the cells of a sheet reach that hold something; columns are counted where it matters."""
    last = max(content.rfind(end) for end in HOLDING)
    starts = (content.rfind(start, 0, max(last, 0)) for start in PLACED)
    places = (NUMBER.search(content, at, at + 200) for at in starts if at >= 0)
    rows = max((int(found[1]) for found in places if found), default=0)
    if rows * FEW_COLUMNS <= LARGEST and not WIDE.search(content):
        return rows, FEW_COLUMNS
    columns = {column_of(found.decode()) + 1 for found in set(FILLED.findall(content))}
    return rows, max(columns, default=0)


def column_of(letters: str) -> int:
    """Number a column by its letters: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def tags(content: str, name: str) -> Iterator[dict[str, str]]:
    """List the attributes of every tag of a name, with or without a prefix."""
    for tag in re.finditer(rf"<(?:\w+:)?{name}\b([^<>]*)>", content):
        yield {key: html.unescape(value) for key, value in ATTRIBUTE.findall(tag[1])}


def of_xlsx(archive: zipfile.ZipFile) -> dict[str, Markings]:
    """Read the markings of an .xlsx, sheet by sheet."""
    found, book = {}, _Book(archive)
    for name, path in book.sheets():
        content = ""
        raw = archive.read(path)
        if (
            b' hidden="' in raw
            or b"<f" in raw
            or book.marked_styles
            or book.padding_styles
            or book.percent_styles
        ):
            content = raw.decode("utf-8", "replace")
        found[name] = Markings(
            frozenset(_hidden_in(content)),
            frozenset(_hidden_columns_in(content)),
            frozenset(_valueless_in(content)),
            _styled(content, book.marked_styles),
            book.comments_of(path),
            _styled(content, book.padding_styles),
            frozenset(_styled(content, book.percent_styles)),
            extent=_extent(raw),
        )
    return found


def _hidden_in(content: str) -> Iterator[int]:
    if ' hidden="' not in content:
        return
    for row in tags(content, "row"):
        if row.get("hidden") in {"1", "true"} and row.get("r", "").isdigit():
            yield int(row["r"]) - 1


def _hidden_columns_in(content: str) -> Iterator[int]:
    for column in tags(content, "col"):
        if column.get("hidden") in {"1", "true"}:
            yield from range(int(column["min"]) - 1, min(int(column["max"]), WIDEST))


def _valueless_in(content: str) -> Iterator[Cell]:
    for match in FORMULA.finditer(content):
        if not match["value"] or match["value"].startswith("#"):
            yield int(match["row"]) - 1, column_of(match["letters"])
