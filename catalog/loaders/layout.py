"""What the columns of a table say of its rows: where an item is named, whether grades or a basis are read."""

from dataclasses import dataclass

from catalog.loaders.benchmarks import shape_of
from catalog.loaders.degrees import DEGREE
from catalog.loaders.headers import Header
from catalog.loaders.headings import KEYS

SAYING = ("basis", "penalty", "obligation", "statute", "range", "department", "domain", "note", "place")
GROUNDS = ("basis", "penalty", "range")
BANDED = ("grade", "circumstances", "band")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that name an item and a part of it, and what else stands in the table."""

    key: str
    key_column: int
    sub_column: int
    numbered: bool
    has_basis: bool
    # The shape of its benchmarks, where they are more than plain grades.
    shape: str
    banded: bool
    # Benchmarks alone, without a word on what the item is.
    bare: bool


def layout_of(header: Header) -> Layout:
    """Find out what a table holds by the fields of its columns."""
    key_column = next(header.columns(name)[0] for name in KEYS if header.has(name))
    shape = shape_of(header)
    wide = any(name.startswith(DEGREE) for name in header.fields.values())
    banded = wide or header.has("grade", "band") or bool(shape)
    # Where tables are named, a ground beside them is the table's.
    grounds = GROUNDS if header.has("table") else ()
    return Layout(
        key=header.fields[key_column],
        key_column=key_column,
        sub_column=next(iter(header.columns("sub_item")), key_column),
        numbered=header.has("number"),
        has_basis=header.has("basis", "penalty", "coercion", "inspection", "article_text"),
        shape=shape,
        banded=banded,
        bare=banded and not header.has(*(name for name in SAYING if name not in grounds)),
    )
