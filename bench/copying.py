"""The floor of an act: one statement that writes the very rows which the act was seen to write."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import ForeignKey, GeneratedField, Model
from psycopg.types.json import Jsonb

Rows = dict[type[Model], list[dict[str, Any]]]
OFFSET = 1_000_000_000
_number = itertools.count(1)


def capture(act: Callable[[], object]) -> Rows:
    """Do an act and return every row that it added."""
    models = [model for model in _models() if model._meta.pk.get_internal_type() == "BigAutoField"]
    before = {model: _last(model) for model in models}
    act()
    rows = {model: _rows(model, before[model]) for model in models}
    return {model: found for model, found in rows.items() if found}


def _models() -> Iterator[type[Model]]:
    for name in settings.FIRST_PARTY_APPS:
        yield from (model for model in apps.get_app_config(name).get_models() if model._meta.managed)


def _last(model: type[Model]) -> int:
    with connection.cursor() as cursor:
        # Earlier copies stand behind the offset, where the product's own keys never come.
        cursor.execute(f'SELECT coalesce(max(id), 0) FROM "{model._meta.db_table}" WHERE id < {OFFSET}')
        return int(cursor.fetchone()[0])


def _rows(model: type[Model], after: int) -> list[dict[str, Any]]:
    names = [
        field.column for field in model._meta.local_concrete_fields if not isinstance(field, GeneratedField)
    ]
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {columns} FROM "{model._meta.db_table}" WHERE id > %s AND id < {OFFSET} ORDER BY id',
            [after],
        )
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Copier:
    """Writes the captured rows again under new keys, by one prepared statement with its further parts."""

    def __init__(self, rows: Rows, further: Mapping[str, str] | None = None) -> None:
        self._rows = rows
        self._keys = {model: {row["id"] for row in found} for model, found in rows.items()}
        parts = [
            f"i{number} AS ({self._insert(model, row)})" for number, (model, row) in enumerate(self._each())
        ]
        parts += [f"{name} AS ({statement})" for name, statement in (further or {}).items()]
        self.statement = f"WITH {', '.join(parts)} SELECT 1"

    @property
    def count(self) -> int:
        """How many rows it inserts."""
        return sum(len(found) for found in self._rows.values())

    def _each(self) -> Iterator[tuple[type[Model], dict[str, Any]]]:
        for model, found in self._rows.items():
            yield from ((model, row) for row in found)

    def _insert(self, model: type[Model], row: dict[str, Any]) -> str:
        types = {field.column: field.db_type(connection) for field in model._meta.local_concrete_fields}
        names = ", ".join(f'"{name}"' for name in row)
        # A serial key is told here, so its type is that of the column and not of the counter.
        values = ", ".join(f"%s::{types[name].split(' GENERATED')[0]}" for name in row)
        return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({values})'

    def values(self, case_id: int | None = None) -> list[Any]:
        """Return the values of the next copy; texts that must be unique get a mark of their own."""
        shift = OFFSET * next(_number)
        return [value for model, row in self._each() for value in self._copied(model, row, shift, case_id)]

    def _copied(
        self, model: type[Model], row: dict[str, Any], shift: int, case_id: int | None
    ) -> Iterator[Any]:
        for field in model._meta.local_concrete_fields:
            if field.column in row:
                yield self._value(model, field, row, shift, case_id)

    def _value(
        self, model: type[Model], field: Any, row: dict[str, Any], shift: int, case_id: int | None
    ) -> Any:
        value = row[field.column]
        target = model if field.primary_key else getattr(field, "related_model", None)
        if isinstance(field, ForeignKey) or field.primary_key:
            if value in self._keys.get(target, ()):
                return value + shift
            return case_id if target._meta.label == "cases.Case" and case_id else value
        if field.column == "target_id":
            return self._target(row, shift, case_id)
        if field.column == "chain" and str(value).startswith("case:"):
            case = {"target_type": "cases.case", "target_id": int(value.removeprefix("case:"))}
            return f"case:{self._target(case, shift, case_id)}"
        if field.column in {"lead_number", "number"} and value:
            return f"{value}#{shift // OFFSET}"
        return Jsonb(value) if isinstance(value, dict | list) else value

    def _target(self, row: Mapping[str, Any], shift: int, case_id: int | None) -> int:
        model = apps.get_model(row["target_type"])
        if row["target_id"] in self._keys.get(model, ()):
            return int(row["target_id"]) + shift
        if model._meta.label == "cases.Case" and case_id:
            return case_id
        return int(row["target_id"])
