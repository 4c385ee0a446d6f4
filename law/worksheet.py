"""Read a spreadsheet of worked examples as people save it: encodings, empty rows, spellings of a day."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from law.errors import LawError
from law.suspensions import Suspension, told_in
from law.time_limits import SHANGHAI

Row = Mapping[str, str]
REQUIRED = ("clock_id", "trigger", "expected_due")
FEN = Decimal("0.01")
BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
BLANKS = "\u200b\ufeff"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def read_file(path: Path) -> Iterator[tuple[int, Row]]:
    """Give each row of a CSV file with its line; columns in any order, empty rows left out."""
    try:
        reader = csv.reader(io.StringIO(_text(path.read_bytes()), newline=""), strict=True)
        table = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise LawError(f"不是CSV表格：{error}", field="file", code="not_a_table") from error
    names = [_plain(name).lower() for name in table[0][1]] if table else []
    for name in REQUIRED:
        if name not in names:
            raise _missing(name)
        if names.count(name) > 1:
            raise LawError(
                f"列重复：{name}",
                field=name,
                code="column_twice",
                message_en=f"The column {name} stands twice",
            )
    return ((line, dict(zip(names, cells, strict=False))) for line, cells in table[1:])


def _text(content: bytes) -> str:
    """Decode a file, or refuse what is no text."""
    for encoding in (BOMS.get(content[:2], "utf-8-sig"), "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    raise LawError("文件不是文本", field="file", code="not_text", message_en="The file is no text")


def _missing(name: str) -> LawError:
    """Name a column that is not there or is empty."""
    return LawError(
        f"缺少列：{name}", field=name, code="column_missing", message_en=f"The column {name} is missing"
    )


def _plain(text: str) -> str:
    """Write full-width characters as plain ones and leave out the blanks around, also those of no width."""
    return unicodedata.normalize("NFKC", text).translate(dict.fromkeys(map(ord, BLANKS))).strip()


def cell(row: Row, name: str) -> str:
    """Give a cell in plain characters; nothing where the column is not there."""
    return _plain(row.get(name) or "")


def require_cells(row: Row, names: Iterable[str]) -> None:
    """Refuse a row that lacks one of the cells."""
    for name in names:
        if not cell(row, name):
            raise _missing(name)


def read_day(text: str, field: str) -> date:
    """Read a day, also as a spreadsheet rewrites it: 2026/3/9."""
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(text)
    except ValueError:
        raise LawError(
            f"不是日期：{text}", field=field, code="not_a_date", message_en=f"not a date: {text}"
        ) from None


def read_instant(text: str, field: str = "trigger") -> datetime:
    """Read an instant; a bare day means its start in Shanghai."""
    text = text.strip()
    if _DAY.fullmatch(text):
        day = read_day(text, field)
        return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise LawError(
            f"不是时刻：{text}", field=field, code="not_a_date", message_en=f"not an instant: {text}"
        ) from None


def read_number(text: str, field: str) -> int:
    """Read a whole number, also as 30.0."""
    value = _decimal(text, field)
    if value != value.to_integral_value():
        raise _no_number(text, field)
    return int(value)


def read_amount(text: str, field: str) -> Decimal:
    """Read an amount of money, with or without separators of thousands."""
    return _decimal(text.replace(",", ""), field).quantize(FEN)


def _decimal(text: str, field: str) -> Decimal:
    """Read a number that is finite."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise _no_number(text, field) from None
    if not value.is_finite() or abs(value) > Decimal("1e15"):
        raise _no_number(text, field)
    return value


def _no_number(text: str, field: str) -> LawError:
    """Name a cell that holds no number."""
    return LawError(f"不是数字：{text}", field=field, code="not_a_number", message_en=f"not a number: {text}")


def read_suspensions(text: str) -> list[Suspension]:
    """Read the suspensions of a row: a JSON list of from, to_exclusive and reason."""
    try:
        items = json.loads(text) if text.strip() else []
        return [_suspension(item) for item in items]
    except (json.JSONDecodeError, AttributeError, TypeError, KeyError):
        raise LawError(
            f"中止须写作JSON列表：{text}",
            field="suspensions",
            code="suspension_form",
            message_en="suspensions are a JSON list of from, to_exclusive and reason",
        ) from None


def _suspension(item: Mapping[str, Any]) -> Suspension:
    """Read one suspension; without an end it is still open."""
    end, reason = item.get("to_exclusive"), item.get("reason") or ""
    return Suspension(
        start=read_day(item["from"], "suspensions"),
        end=read_day(end, "suspensions") if end else None,
        ground=reason,
        notified=item.get("notified", told_in(reason)),
    )
