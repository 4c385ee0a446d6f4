"""Exports: the whole filtered list as CSV, streamed, or as a workbook; no cell can start a formula."""

import csv
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from law.errors import RuleViolation

CHUNK = 500
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column:
    """One exported column: its head and how it is read from a row."""

    label: str | Promise
    value: Callable[[Any], Any]
    width: int = 16


def refuse_misread(words: Collection[str], *, back: str) -> None:
    """Refuse a file by an address not all understood: a page shows what narrows it, a file does not."""
    if words:
        raise RuleViolation(
            "list_question_unknown",
            f"没有导出：地址里的条件 {'、'.join(words)} 看不懂，文件里看不出它没有起作用",
            unblock="回到列表，重新选择条件后再导出",
            link=back,
            message_en=f"No file was made: the address asks by {', '.join(words)}, which cannot be read here",
            unblock_en="Go back to the list, choose what to narrow it by, and export again",
        )


class _Echo:
    """A file that hands back what is written, so that rows stream."""

    def write(self, value: str) -> str:
        """Return the line."""
        return value


def plain(value: Any) -> str | int | float | Decimal | date | None:
    """Make a cell: local times, numbers as numbers, and text a workbook holds and takes for no formula."""
    if value is None or isinstance(value, (bool, int, float, Decimal)):
        return str(value) if isinstance(value, bool) else value
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _cells(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[list[Any]]:
    for row in rows:
        yield [plain(column.value(row)) for column in columns]


def _csv_lines(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # The byte order mark tells Excel that the file is UTF-8.
    yield "\ufeff" + writer.writerow([str(column.label) for column in columns])
    for cells in _cells(rows, columns):
        yield writer.writerow(cells)


def workbook_response(rows: Iterable[Any], columns: Sequence[Column], *, name: str) -> FileResponse:
    """Answer with a workbook of any rows."""
    return FileResponse(
        _workbook(rows, columns), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX
    )


def _workbook(rows: Iterable[Any], columns: Sequence[Column]) -> Any:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.freeze_panes = "A2"
    heads = []
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        cell = WriteOnlyCell(sheet, value=str(column.label))
        cell.font = Font(bold=True)
        heads.append(cell)
    sheet.append(heads)
    for cells in _cells(rows, columns):
        sheet.append(cells)
    spool = tempfile.SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115 - the response closes it
    book.save(spool)
    spool.seek(0)
    return spool


def export_response(
    rows: QuerySet[Any], columns: Sequence[Column], *, kind: str, name: str
) -> StreamingHttpResponse:
    """Answer with the file; rows are read in chunks."""
    chunks = rows.iterator(chunk_size=CHUNK)
    if kind == "xlsx":
        return workbook_response(chunks, columns, name=name)
    response = StreamingHttpResponse(_csv_lines(chunks, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
