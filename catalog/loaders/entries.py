"""What is read out of a file: items, their bands, and what became of every row."""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import orjson

CENT = Decimal("0.01")
MARKS = {"(": "（", ")": "）", ":": "：", ";": "；", ",": "，", "[": "〔", "]": "〕", "［": "〔", "］": "〕"}
WIDEN = str.maketrans(MARKS | {chr(ord(digit) + 0xFEE0): digit for digit in "0123456789"})
# The same marks as bytes, so that a full-width form makes no other digest.
FULL_WIDTH = [(full.encode(), half.encode()) for half, full in MARKS.items() if half in "():;,"]
APART = {"number", "scope"}


@dataclass(slots=True)
class Notice:
    """Something a person should look at: where, what kind, in words."""

    row: int
    cell: str
    code: str
    message: str
    # The field that is meant, until the sheet tells in which cell it stands.
    about: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give the notice as plain data."""
        return {"row": self.row, "cell": self.cell, "code": self.code, "message": self.message}


@dataclass(slots=True)
class Band:
    """One grade of a discretion table as read."""

    grade: str
    circumstances: str = ""
    penalty_text: str = ""
    fine_min: str | None = None
    fine_max: str | None = None
    unit: str = ""
    no_penalty: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Give the grade as plain data."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Entry:
    """One item as read: the fields of a version, its codes and its bands."""

    row: int
    sheet: str
    fields: dict[str, Any]
    codes: list[str] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    table_title: str = ""
    identity: str = ""
    situations: list[str] = field(default_factory=list)
    # role, statute, article, text of each provision cited
    citations: list[list[str]] = field(default_factory=list)
    # kind, name, field and number of each further list the row places the item in
    listings: list[list[str]] = field(default_factory=list)
    # each further benchmark table or exemption, of any shape
    benchmarks: list[dict[str, Any]] = field(default_factory=list)
    # a file of benchmarks alone says nothing of what the item is
    bare: bool = False
    damaged_code: str = ""
    # its code stands for several items: a part of an item, or a cell merged over rows
    shares_code: bool = False
    carried_digest: str = ""
    staged_digest: str = ""

    @property
    def digest(self) -> str:
        """Return the digest of what the item says; its number in the list is no part of that.

        The scope as structured is read from the note, which counts; full-width forms do not matter.
        """
        if self.staged_digest:
            return self.staged_digest
        said = {name: value for name, value in self.fields.items() if name not in APART}
        if said.get("standing") == "in_use":
            del said["standing"]
        return digest_of([said, sorted(self.codes)])

    @property
    def is_benchmark(self) -> bool:
        """Tell a benchmark alone from an item with its grades: it names neither code nor department."""
        named = self.codes or (self.fields["department_name"] and not self.bare)
        return bool(self.bands or self.benchmarks) and not named

    @property
    def tables(self) -> list[dict[str, Any]]:
        """List the benchmark tables: the item's own grades, and those of other shapes."""
        further = [one for one in self.benchmarks if "scheme" in one]
        if not self.bands:
            return further
        bands = [band.as_dict() for band in self.bands]
        own = {"title": self.table_title, "digest": self.bands_digest, "bands": bands}
        return [own, *further]

    @property
    def exemptions(self) -> list[dict[str, Any]]:
        """List the entries of lists of minor and first offences."""
        return [one for one in self.benchmarks if "conditions" in one]

    @property
    def bands_digest(self) -> str:
        """Return the digest of the discretion table; empty when there is none."""
        return digest_of([self.table_title, [band.as_dict() for band in self.bands]]) if self.bands else ""

    def as_dict(self) -> dict[str, Any]:
        """Give the entry as plain data to be staged, its digest with it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "bands": [band.as_dict() for band in self.bands], "staged_digest": self.digest}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Entry":
        """Make a staged entry again."""
        bands = [Band(**band) for band in data["bands"]]
        return cls(**{**data, "bands": bands})


@dataclass(slots=True)
class RowResult:
    """What became of one row of a sheet."""

    sheet: str
    row: int
    cells: list[str]
    outcome: str
    reason: str = ""
    cell: str = ""
    entry: Entry | None = None
    notices: list[Notice] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the beginning of the row's text."""
        return " ".join(cell for cell in self.cells if cell)[:200]


def digest_of(content: object) -> str:
    """Return the SHA-256 of plain data in canonical form."""
    plain = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    for full, half in FULL_WIDTH:
        plain = plain.replace(full, half)
    return hashlib.sha256(plain).hexdigest()


def canonical(text: str) -> str:
    """Write a name as lists write it at best: full-width marks, no spaces; for comparison only."""
    return "".join(text.translate(WIDEN).split())


def money(value: Decimal | None) -> str | None:
    """Write a sum with two places, as the database keeps it."""
    return None if value is None else str(value.quantize(CENT))


def cell_name(row: int, column: int) -> str:
    """Name a cell as a spreadsheet does: row 4 (0-based), column 2 is C5."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
