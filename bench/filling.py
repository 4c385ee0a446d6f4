"""Fill a table by one statement: what is not told takes the model's default, indexes are made afterwards."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson
from django.db import connection
from django.db.models import Field, GeneratedField, JSONField, Model

INDEXES = """
    SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND NOT i.indisprimary
      AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
"""


# What stands in a column without default that a fill does not tell.
EMPTY = {
    "BooleanField": "false",
    "DateField": "current_date",
    "DateTimeField": "now()",
    "JSONField": "'{}'::jsonb",
    "ArrayField": "'{}'",
}
EMPTY |= dict.fromkeys(("IntegerField", "PositiveIntegerField", "SmallIntegerField"), "0")
EMPTY |= dict.fromkeys(("PositiveSmallIntegerField", "BigIntegerField", "DecimalField"), "0")


def run(statement: str) -> int:
    """Execute a statement; returns the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def fill(model: type[Model], columns: Mapping[str, str], source: str) -> int:
    """Insert rows of a model: columns maps a column to its SQL expression over the source."""
    told = dict(columns)
    for field in model._meta.local_concrete_fields:
        if field.column not in told and not isinstance(field, GeneratedField) and not field.primary_key:
            default = _default_of(field)
            if default is not None:
                told[field.column] = default
    names, expressions = ", ".join(f'"{name}"' for name in told), ", ".join(told.values())
    return run(f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {expressions} FROM {source}')


def _default_of(field: "Field[Any, Any]") -> str | None:
    if field.has_default():
        return _literal(field, field.get_default())
    if field.null:
        return None
    return EMPTY.get(field.get_internal_type(), "''")


def _literal(field: "Field[Any, Any]", value: Any) -> str:
    if isinstance(field, JSONField):
        return f"'{orjson.dumps(value).decode()}'::jsonb"
    if isinstance(value, list):
        return "'{}'"
    if isinstance(value, bool | int):
        return str(value).lower()
    return f"'{value}'"


def advance(*models: type[Model]) -> None:
    """Let the counters of keys go on behind the rows that were filled in."""
    for model in models:
        table = model._meta.db_table
        run(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"
            f' (SELECT coalesce(max(id), 0) + 1 FROM "{table}"), false)'
        )


@contextmanager
def without_indexes(*models: type[Model]) -> Iterator[None]:
    """Take the indexes that no constraint needs away while rows are filled in, and make them anew."""
    kept: list[str] = []
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(INDEXES, [model._meta.db_table])
            for name, definition in cursor.fetchall():
                kept.append(definition)
                cursor.execute(f'DROP INDEX "{name}"')
    yield
    for definition in kept:
        run(definition)


@contextmanager
def bulk() -> Iterator[None]:
    """Leave out triggers and foreign keys on this connection: the rows are right by construction."""
    run("SET session_replication_role = replica")
    run("SET maintenance_work_mem = '512MB'")
    try:
        yield
    finally:
        connection.close()


def timed(say: Callable[[str], None], label: str, work: Callable[[], object]) -> float:
    """Do some work and say how long it took."""
    begun = time.monotonic()
    work()
    took = time.monotonic() - begun
    say(f"{label}: {took:.1f} s")
    return took
