"""Small workbooks with one hazard each, made in the test."""

import io

from openpyxl import Workbook

from catalog.loaders.defaults import Defaults
from catalog.loaders.files import read_list


def workbook(rows, *, merges=(), stale=False, hidden=(), change=None) -> bytes:
    """Make an .xlsx of rows; stale merges leave the values below them, as careless editors do."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        if stale:
            sheet.merged_cells.add(area)
        else:
            sheet.merge_cells(area)
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    if change:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(data: bytes, **defaults):
    """Read bytes as a list named T."""
    return read_list(data, file_name="list.xlsx", list_code="T", defaults=Defaults(**defaults))


def names(result):
    return [entry.fields["name"] for entry in result.entries]


def reasons(result):
    return [row.reason for row in result.rows if row.outcome == "skipped"]


def codes(result):
    return [notice.code for row in result.rows for notice in row.notices]
