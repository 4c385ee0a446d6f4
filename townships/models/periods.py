"""Periods of whole days as the database sees them: first and last day inclusive, no last day = open."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db.models import BigIntegerField, F, Func, Q, Value
from django.db.models.functions import Coalesce


class Days(Func):
    """daterange(first, last, '[]') over two date columns; stands in exclusion constraints."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, first: str, last: str, **extra: Any) -> None:
        super().__init__(F(first), F(last), Value("[]"), **extra)


def or_none(column: str) -> Coalesce:
    """Read an empty key as 0, so that two rows without it count as equal."""
    return Coalesce(F(column), Value(0), output_field=BigIntegerField())


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose valid_from/valid_to contain the day."""
    first, last = f"{prefix}valid_from__lte", f"{prefix}valid_to"
    return Q(**{first: on}) & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": on}))


def ordered_days(first: str = "valid_from", last: str = "valid_to") -> Q:
    """The check that a period does not end before it begins."""
    return Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)})
