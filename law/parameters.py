"""The value of a rule in force on a day: found, or refused; never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from law.book import LawBook
from law.errors import LawError
from law.values import Value

Parameter = Value


def parameter(key: str, *, on: date, book: LawBook | None = None, **keys: str) -> Parameter:
    """Give the most specific value in force on a day; raise when there is none."""
    found = find_parameter(key, on=on, book=book, **keys)
    if found is None:
        shown = "，".join(f"{name}={value}" for name, value in keys.items() if value)
        raise LawError(
            f"{on}没有有效的参数{key}{f'（{shown}）' if shown else ''}",
            field=key,
            code="parameter_not_in_force",
            message_en=f"No value of {key} is in force on {on}{f' for {shown}' if shown else ''}",
        )
    return found


def find_parameter(key: str, *, on: date, book: LawBook | None = None, **keys: str) -> Parameter | None:
    """Give the most specific value in force on a day, or nothing."""
    values = (book or LawBook.default()).values
    rows = [row for row in values if row.key == key and row.in_force(on) and row.matches(keys)]
    return max(rows, key=lambda row: row.rank) if rows else None


def decimal_parameter(key: str, *, on: date, book: LawBook | None = None, **keys: str) -> Decimal:
    """Give a value that is an amount or a rate."""
    found = parameter(key, on=on, book=book, **keys)
    if isinstance(found.value, str):
        raise LawError(f"参数{key}不是数字", field=key, code="not_a_number", message_en=f"{key} is no number")
    return Decimal(found.value)


def awaiting_confirmation(book: LawBook | None = None) -> list[Parameter]:
    """List values of low confidence or that only a county can set (待确认参数)."""
    return [row for row in (book or LawBook.default()).values if row.configurable and not row.approved_by]
