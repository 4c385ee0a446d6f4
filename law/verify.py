"""Check worked examples, as a lawyer keeps them in a spreadsheet, against the engine."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path

from law.book import LawBook
from law.collection import surcharge
from law.errors import LawError
from law.suspensions import Suspension
from law.time_limits import SHANGHAI, Due, due, earliest_act

Row = Mapping[str, str]
REQUIRED = ("clock_id", "trigger", "expected_due")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One worked example: what it expects and what the engine finds."""

    id: str
    expected: str
    found: str

    @property
    def passed(self) -> bool:
        """Tell whether both agree."""
        return self.expected == self.found


def verify_file(path: Path, *, book: LawBook | None = None) -> list[Outcome]:
    """Check every row of a CSV file, in UTF-8 or as Chinese spreadsheets save it."""
    try:
        reader = csv.DictReader(io.StringIO(_text(path.read_bytes()), newline=""), strict=True)
        missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
        if missing:
            raise LawError(
                f"缺少列：{missing[0]}",
                field=missing[0],
                code="column_missing",
                message_en=f"The column {missing[0]} is missing",
            )
        return verify_rows(list(reader), book=book)
    except csv.Error as error:
        raise LawError(f"不是CSV表格：{error}", field="file", code="not_a_table") from error


def _text(content: bytes) -> str:
    """Decode a file, or refuse what is no text."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LawError("文件不是文本", field="file", code="not_text", message_en="The file is no text")


def verify_rows(rows: Iterable[Row], *, book: LawBook | None = None) -> list[Outcome]:
    """Check rows of worked examples; a row that cannot be computed fails with the reason."""
    found: list[Outcome] = []
    for number, row in enumerate(rows, start=2):
        name = row.get("id") or f"line {number}"
        expected = _normal(row.get("expected_due") or "", row.get("kind") or "due")
        try:
            actual = _compute(row, book or LawBook.default())
        except LawError as error:
            actual = f"error {error.field}: {error.message_en}"
        except (ValueError, KeyError, TypeError, InvalidOperation) as error:
            actual = f"error: {error}"
        found.append(Outcome(name, expected, actual))
    return found


def _normal(text: str, kind: str) -> str:
    """Bring an expected result into one spelling."""
    text = text.strip()
    if kind == "amount":
        try:
            return str(Decimal(text).quantize(Decimal("0.01")))
        except InvalidOperation:
            return text
    if kind == "due_instant" and "T" in text:
        return read_instant(text).astimezone(SHANGHAI).isoformat()
    return text


def _compute(row: Row, book: LawBook) -> str:
    """Compute the kind of result that a row asks for."""
    missing = [name for name in REQUIRED if not row.get(name)]
    if missing:
        raise LawError(
            f"缺少列：{missing[0]}", field=missing[0], code="column_missing", message_en="column missing"
        )
    kind = row.get("kind") or "due"
    if kind not in KINDS:
        raise LawError(
            f"未知的结果类型：{kind}", field="kind", code="kind_unknown", message_en=f"unknown kind {kind}"
        )
    return KINDS[kind](row, book)


def _found(row: Row, book: LawBook) -> Due:
    """Compute the row's period after comparing its length and counting with the clock's own."""
    trigger = read_instant(row["trigger"])
    found = due(
        row["clock_id"],
        trigger=trigger,
        book=book,
        profile=row.get("profile") or "national",
        suspensions=read_suspensions(row.get("suspensions") or ""),
        extension=int(row.get("extension") or 0),
    )
    _compare(row, found)
    return found


def _compare(row: Row, found: Due) -> None:
    """Refuse a row whose length, unit or roll is not what the clock's row says."""
    clock = found.clock
    own = {"n": str(clock.length), "unit": clock.unit.value, "roll": clock.convention.roll}
    for name, value in own.items():
        stated = (row.get(name) or "").strip()
        if stated and stated != value:
            raise LawError(
                f"{name}与期限规定不符", field=name, code="row_differs", message_en=f"{stated} is not {value}"
            )


def _due_text(row: Row, book: LawBook) -> str:
    """Give the due date, or what stands in its place."""
    found = _found(row, book)
    if found.provisional or found.due_on is None:
        return found.kind
    return found.due_on.isoformat()


def _instant_text(row: Row, book: LawBook) -> str:
    """Give the due instant."""
    found = _found(row, book)
    return found.due_at.isoformat() if found.due_at else found.kind


def _earliest_text(row: Row, book: LawBook) -> str:
    """Give the first working day on which one may act."""
    found = _found(row, book)
    return found.kind if found.provisional else earliest_act(found).isoformat()


def _amount_text(row: Row, book: LawBook) -> str:
    """Give the surcharge on the day of payment."""
    payment_due = read_instant(row["trigger"]).astimezone(SHANGHAI).date()
    paid = row.get("paid_on")
    paid_on = date.fromisoformat(paid) if paid else payment_due + timedelta(days=int(row["n"]))
    found = surcharge(
        principal=Decimal(row["principal"]),
        payment_due=payment_due,
        paid_on=paid_on,
        suspensions=read_suspensions(row.get("suspensions") or ""),
        book=book,
        profile=row.get("profile") or "national",
    )
    return str(found.amount)


KINDS: Mapping[str, Callable[[Row, LawBook], str]] = {
    "due": _due_text,
    "due_instant": _instant_text,
    "latest_notice_date": _due_text,
    "earliest_working_date": _earliest_text,
    "amount": _amount_text,
    "suspended": _due_text,
    "calendar_unresolved": _due_text,
}


def read_suspensions(text: str) -> list[Suspension]:
    """Read the suspensions of a row: a JSON list of from, to_exclusive and reason."""
    found: list[Suspension] = []
    for item in json.loads(text) if text.strip() else []:
        end = item.get("to_exclusive")
        found.append(
            Suspension(
                start=date.fromisoformat(item["from"]),
                end=date.fromisoformat(end) if end else None,
                ground=item.get("reason") or "",
                notified=item.get("notified"),
            )
        )
    return found


def read_instant(text: str) -> datetime:
    """Read an instant; a bare date means the start of that day in Shanghai."""
    found = datetime.fromisoformat(text.strip())
    return found.replace(tzinfo=SHANGHAI) if len(text.strip()) == 10 else found
