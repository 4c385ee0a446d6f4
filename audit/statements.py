"""Hot statements: raw SQL that is planned once a connection, or that writes many rows as one parameter."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from time import monotonic
from typing import Any, TypeVar

import orjson
import psycopg
from django.db import connection, models
from psycopg import sql

INSERT = sql.SQL("""
    INSERT INTO {table} ({names})
    SELECT {names} FROM jsonb_to_recordset(%s::jsonb) AS told({typed}) RETURNING id
""")
M = TypeVar("M", bound=models.Model)


class _Prepared(psycopg.Cursor[Any]):
    """A cursor whose statements stay prepared."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_Prepared":
        """Execute; the statement is prepared when it is first met."""
        # Django turns preparing off for its own statements, which it fills in itself.
        self.connection.prepare_threshold = 0
        try:
            super().execute(query, params, **options)
        finally:
            self.connection.prepare_threshold = None
        return self


def rows(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement that is asked often enough to be kept prepared.

    The server binds the parameters, so each must have the type of its column: cast them in the statement.
    """
    connection.ensure_connection()
    raw: Any = _Prepared(connection.connection)
    begun = monotonic()
    with connection.make_cursor(raw) as cursor:
        cursor.execute(statement, params)
        found = list(cursor.fetchall())
    if connection.queries_logged:
        # The driver no longer knows the text of what it prepared.
        connection.queries_log.append({"sql": statement, "time": f"{monotonic() - begun:.3f}"})
    return found


def write_many(
    statement: str, params: Sequence[Any], told: Iterable[Mapping[str, Any]]
) -> list[tuple[Any, ...]]:
    """Write rows told as one JSON parameter, the statement's last; return what the statement returns.

    A row written through the ORM costs the application four times what it costs the database.
    """
    listed = list(told)
    if not listed:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, orjson.dumps(listed).decode()])
        return list(cursor.fetchall()) if cursor.description else []


def insert(rows: Iterable[M]) -> list[M]:
    """Insert new rows of one model, told as one parameter, and give each its key.

    For the hottest acts: `bulk_create` writes every value into the text of the statement.
    """
    fresh = list(rows)
    if not fresh:
        return []
    fields, statement = _inserting(type(fresh[0]))
    told = [{field.column: field.pre_save(row, add=True) for field in fields} for row in fresh]
    with connection.cursor() as cursor:
        cursor.execute(statement, [orjson.dumps(told, default=str).decode()])
        keys = sorted(key for (key,) in cursor.fetchall())
    for row, key in zip(fresh, keys, strict=True):
        row.pk, row._state.adding, row._state.db = key, False, connection.alias
    return fresh


@cache
def _inserting(model: type[models.Model]) -> tuple[list[Any], str]:
    """Return the columns that are told of a row, and the statement that inserts rows of them."""
    columns = model._meta.local_concrete_fields
    fields: list[Any] = [field for field in columns if not (field.primary_key or field.generated)]
    names = sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
    typed = sql.SQL(", ").join(
        sql.Identifier(field.column) + sql.SQL(f" {field.db_type(connection)}") for field in fields
    )
    table = sql.Identifier(model._meta.db_table)
    return fields, INSERT.format(table=table, names=names, typed=typed).as_string()
