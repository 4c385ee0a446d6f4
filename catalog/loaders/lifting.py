"""Tables of grades whose violation stands in lines above them: what the lines say becomes columns."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from catalog.loaders.headers import find_header
from catalog.loaders.headings import NAMING, plain, standard
from catalog.loaders.reading import Sheet
from catalog.loaders.skipping import FOOTNOTE

# What lines say, and the heading under which it is lifted.
HEADINGS = {"number": "序号", "violation": "违法行为", "obligation": "违反条款", "penalty": "处罚依据"}
SAID = {"violation": "violation", "name": "violation", "obligation": "obligation"}
SAID |= {"penalty": "penalty", "basis": "penalty"}
SUMS, WHEN = frozenset(["band", "range"]), frozenset(["grade", "circumstances"])
ORDINAL = re.compile(
    r"^(?:[（(](?P<within>[一二三四五六七八九十\d]{1,4})[）)]|第?(?P<number>[一二三四五六七八九十]{1,4}|\d{1,3}(?:[-.]\d{1,3})*)"
    r"(?:项|[、.．\s]))\s*[、.．]?\s*"
)
LABEL = re.compile(
    r"^[【\[]?(?P<label>[\u4e00-\u9fff]{2,8}?)(?P<number>[一二三四五六七八九十\d]{0,3})(?:[】\]]\s*[：:]?|[：:])\s*"
)
# Lines of one cell, or labels one behind the other in a line.
LINES = re.compile(r"\n|\s+(?=[【\[]?[\u4e00-\u9fff]{2,8}[】\]]?[：:])")
TITLE = re.compile(r"(?:基准|标准|清单|目录|规定|办法|表|附件\d*)(?:[（(][^）)]*[）)])?$")


@dataclass(slots=True)
class _Block:
    """The lines above one run of grades: what they say, and which rows said it."""

    said: dict[str, str] = field(default_factory=dict)
    rows: dict[str, set[int]] = field(default_factory=dict)
    first: int | None = None

    def take(self, row: int, parts: list[tuple[str, str]]) -> None:
        """Take what a line says; of several that may name the violation the last does."""
        for name, text in parts:
            if name in {"violation", "number"}:
                self.said[name], self.rows[name] = text, {row}
            else:
                self.said[name] = f"{self.said[name]}\n{text}" if name in self.said else text
                self.rows.setdefault(name, set()).add(row)


def lifted(sheet: Sheet) -> Sheet:
    """Give a table whose header names no item the columns that the lines above its grades stand for."""
    heads = _headers(sheet)
    blocks = list(_blocks(sheet, heads)) if heads else []
    names = [name for name in HEADINGS if any(name in block.said for block, _rows in blocks)]
    if "number" in names and "number" in _told(sheet.rows[heads[0]]):
        # The grades are numbered too.
        names.remove("number")
    if "violation" not in names:
        return sheet
    width = max(len(cells) for cells in sheet.rows)
    columns = {name: width + place for place, name in enumerate(names)}
    rows = [[*cells, *[""] * (width + len(names) - len(cells))] for cells in sheet.rows]
    anchors, raw = dict(sheet.anchors), dict(sheet.raw)
    for name, column in columns.items():
        rows[heads[0]][column] = HEADINGS[name]
        for block, below in blocks:
            rows[below[0]][column] = block.said.get(name, "")
            anchors |= {(row, column): (below[0], column) for row in below}
    # What is kept of a row is what the file writes in it.
    raw |= {(row, column): "" for row in range(len(rows)) for column in columns.values()}
    said = frozenset(row for block, _rows in blocks for told in block.rows.values() for row in told)
    merged = frozenset(row for row, _column in anchors)
    return replace(sheet, rows=rows, anchors=anchors, raw=raw, merged_rows=merged, lifted=said)


def _headers(sheet: Sheet) -> list[int]:
    """List the rows that head grades without naming an item, where no other header names one."""
    known = standard()
    header = find_header(sheet, known)
    found: list[int] = []
    if header and not _told(header.headings.values()).isdisjoint(NAMING) and not _parts(sheet, header.row):
        return found
    for row in range(len(sheet.rows)):
        filled = sheet.filled(row)
        told = _told(sheet.own(row, column) for column in filled)
        if told & SUMS and told & WHEN and not told.intersection(NAMING) and len(told) * 2 > len(filled):
            found.append(row)
    return found


def _told(headings: Iterable[str]) -> set[str]:
    """Say what headings tell; 违法情形 beside grades are circumstances, and name no item."""
    known = standard()
    fields = {text: known.field_of(text) for text in headings}
    return {
        "circumstances" if name == "violation" and "情" in text else name for text, name in fields.items()
    } - {""}


def _blocks(sheet: Sheet, heads: list[int]) -> Iterator[tuple[_Block, list[int]]]:
    """Yield each run of grades below the header with the lines above it."""
    block, below = _Block(), list[int]()
    for row in range(len(sheet.rows)):
        if not sheet.filled(row) or row in heads or row in sheet.hidden_rows:
            continue
        parts = _parts(sheet, row)
        if parts is None:
            if row > heads[0] and "violation" in block.said:
                below.append(row)
            continue
        if below:
            yield block, below
            block, below = _Block(), []
        block.take(row, parts)
    if below:
        yield block, below


def _parts(sheet: Sheet, row: int) -> list[tuple[str, str]] | None:
    """Read a line: a text alone in its row, or labels each beside its text; another row is no line."""
    texts = [sheet.own(row, column) for column in sheet.filled(row)]
    if len(texts) == 1:
        return list(_of_text(texts[0]))
    pairs = list(zip(texts[::2], texts[1::2], strict=False))
    fields = [_field(label) for label, _text in pairs]
    if len(texts) % 2 or not all(fields):
        return None
    return [(name, text) for name, (_label, text) in zip(fields, pairs, strict=True)]


def _of_text(text: str) -> Iterator[tuple[str, str]]:
    """Part a text into what its lines say, each with its label or, without one, as the violation."""
    last = ""
    for line in LINES.split(text):
        number = ORDINAL.match(line)
        words = line[number.end() :] if number else line
        label = LABEL.match(words)
        last = (_field(label["label"]) if label else last) or ("" if label else _violation(words))
        if last:
            yield last, words[label.end() :] if label else words
        counted = (number and (number["within"] or number["number"])) or (label and label["number"])
        if last == "violation" and counted:
            yield "number", counted


def _field(label: str) -> str:
    return SAID.get(standard().table.get(plain(label), ""), "")


def _violation(words: str) -> str:
    return "" if TITLE.search(words) or FOOTNOTE.match(words) else "violation"
