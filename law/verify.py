"""Check worked examples, as a lawyer keeps them in a spreadsheet, against the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from law.book import LawBook
from law.collection import SURCHARGE, surcharge
from law.errors import CalendarUnresolved, LawError
from law.time_limits import SHANGHAI, Due, due, earliest_act
from law.worksheet import (
    REQUIRED,
    Row,
    cell,
    read_amount,
    read_day,
    read_file,
    read_instant,
    read_number,
    read_suspensions,
    require_cells,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One worked example: where it stands in the file, what it expects and what the engine finds."""

    id: str
    expected: str
    found: str
    line: int = 0

    @property
    def passed(self) -> bool:
        """Tell whether both agree."""
        return self.expected == self.found

    def __str__(self) -> str:
        """Say a mismatch in one line."""
        return f"{self.id} (line {self.line}): expected {self.expected or 'nothing'}, found {self.found}"


def verify_file(path: Path, *, book: LawBook | None = None) -> list[Outcome]:
    """Check every row of a CSV file as spreadsheets save it; empty rows are passed over."""
    return _verify(read_file(path), book or LawBook.default())


def verify_rows(rows: Iterable[Row], *, book: LawBook | None = None) -> list[Outcome]:
    """Check rows of worked examples; a row that cannot be computed fails with the reason."""
    return _verify(enumerate(rows, start=2), book or LawBook.default())


def _verify(rows: Iterable[tuple[int, Row]], book: LawBook) -> list[Outcome]:
    """Check numbered rows."""
    found: list[Outcome] = []
    for line, row in rows:
        name = cell(row, "id") or f"line {line}"
        try:
            expected = _expected(row)
            actual = _compute(row, book)
        except LawError as error:
            expected = cell(row, "expected_due")
            actual = f"error {error.field}: {error.message_en}"
        found.append(Outcome(name, expected, actual, line))
    return found


def _expected(row: Row) -> str:
    """Bring the expected result into one spelling."""
    kind, text = cell(row, "kind") or "due", cell(row, "expected_due")
    if kind == "amount":
        return str(read_amount(text, "expected_due"))
    if not text[:1].isdigit():
        return text
    if kind == "due_instant" and len(text) > len("2026-01-01"):
        return read_instant(text, "expected_due").astimezone(SHANGHAI).isoformat()
    return read_day(text, "expected_due").isoformat()


def _compute(row: Row, book: LawBook) -> str:
    """Compute the kind of result that a row asks for."""
    require_cells(row, REQUIRED)
    kind = cell(row, "kind") or "due"
    if kind not in KINDS:
        raise LawError(
            f"未知的结果类型：{kind}", field="kind", code="kind_unknown", message_en=f"unknown kind {kind}"
        )
    return KINDS[kind](row, book)


def _found(row: Row, book: LawBook) -> Due:
    """Compute the row's period after comparing its length and counting with the clock's own."""
    found = due(
        cell(row, "clock_id"),
        trigger=read_instant(cell(row, "trigger")),
        book=book,
        profile=cell(row, "profile") or "national",
        suspensions=read_suspensions(cell(row, "suspensions")),
        extension=read_number(cell(row, "extension") or "0", "extension"),
    )
    _compare(row, found)
    return found


def _compare(row: Row, found: Due) -> None:
    """Refuse a row whose length, unit or roll is not what the clock's row says."""
    clock = found.clock
    own = {"unit": clock.unit.value, "roll": clock.convention.roll}
    stated = {name: cell(row, name) for name in own}
    for name, value in own.items():
        if stated[name] and stated[name] != value:
            raise _differs(name, stated[name], value)
    if clock.length is not None:
        _compare_number(row, clock.length)


def _compare_number(row: Row, own: int) -> None:
    """Refuse a row that states another number of days than is counted; it may state none."""
    stated = cell(row, "n")
    if stated and read_number(stated, "n") != own:
        raise _differs("n", stated, str(own))


def _differs(name: str, stated: str, own: str) -> LawError:
    """Name the cell that is not what the law says."""
    return LawError(
        f"{name}与期限规定不符：{stated}，应为{own}",
        field=name,
        code="row_differs",
        message_en=f"{stated} is not {own}",
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
    if found.provisional or found.due_on is None:
        return found.kind
    try:
        return earliest_act(found).isoformat()
    except CalendarUnresolved as error:
        return error.code


def _amount_text(row: Row, book: LawBook) -> str:
    """Give the surcharge on the day of payment."""
    book.versions(cell(row, "clock_id"))
    if cell(row, "clock_id") != SURCHARGE:
        raise _differs("clock_id", cell(row, "clock_id"), SURCHARGE)
    payment_due = read_instant(cell(row, "trigger")).astimezone(SHANGHAI).date()
    paid = cell(row, "paid_on")
    late = timedelta(days=0 if paid else read_number(cell(row, "n"), "n"))
    found = surcharge(
        principal=read_amount(cell(row, "principal"), "principal"),
        payment_due=payment_due,
        paid_on=read_day(paid, "paid_on") if paid else payment_due + late,
        suspensions=read_suspensions(cell(row, "suspensions")),
        book=book,
        profile=cell(row, "profile") or "national",
    )
    if paid:
        _compare_number(row, found.days)
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
