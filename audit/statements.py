"""Hot statements: raw SQL that is planned once a connection, or that writes many rows as one parameter."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from time import monotonic
from typing import Any, TypeVar

import orjson
import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from psycopg import sql

# A text too long for its column is refused, not cut, by these as by Django's own statements.
INSERT = """
    INSERT INTO {table} ({names})
    SELECT {names} FROM jsonb_to_recordset(%s::jsonb) AS told({typed}) RETURNING id
"""
UPDATE = """
    UPDATE {table} SET ({names}) = (SELECT {names} FROM jsonb_to_record(%s::jsonb) AS told({typed}))
    WHERE id = %s::bigint
"""
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
    """Return what a statement finds or returns that is asked often enough to be kept prepared.

    The server binds the parameters, so each must have the type of its column: cast them in the statement.
    """
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    raw: Any = _Prepared(database.connection)
    begun = monotonic()
    with database.make_cursor(raw) as cursor:
        cursor.execute(statement, params)
        # To ask for the description would make an object of each column.
        found = raw.fetchall() if raw.pgresult.nfields else []
    if database.queries_logged:
        # The driver no longer knows the text of what it prepared.
        database.queries_log.append({"sql": statement, "time": f"{monotonic() - begun:.3f}"})
    return found


def array(keys: Iterable[int]) -> str:
    """Write keys as the text of an array; a list costs the driver as much as a small statement."""
    return f"{{{','.join(map(str, keys))}}}"


def write_many(
    statement: str, params: Sequence[Any], told: Iterable[Mapping[str, Any]]
) -> list[tuple[Any, ...]]:
    """Write rows told as one JSON parameter, the statement's last; return what the statement returns.

    A row written through the ORM costs the application four times what it costs the database.
    """
    listed = list(told)
    return rows(statement, [*params, as_json(listed)]) if listed else []


def insert(told: Iterable[M]) -> list[M]:
    """Insert new rows of one model, told as one parameter, and give each its key.

    For the hottest acts: `bulk_create` writes every value into the text of the statement.
    """
    fresh = list(told)
    if not fresh:
        return []
    statement = _statement(INSERT, type(fresh[0]))
    keys = sorted(key for (key,) in rows(statement, [as_json([_values(row, add=True) for row in fresh])]))
    return [known(row, key) for row, key in zip(fresh, keys, strict=True)]


def known(row: M, key: int) -> M:
    """Give a row that a statement has inserted its key."""
    row.pk, row._state.adding, row._state.db = key, False, DEFAULT_DB_ALIAS
    return row


def update(row: models.Model) -> None:
    """Write every column of a row that exists, told as one parameter, as `save` does."""
    rows(_statement(UPDATE, type(row)), [as_json(_values(row, add=False)), row.pk])


def as_json(told: object) -> str:
    """Write what is told as one parameter."""
    return orjson.dumps(told, default=str).decode()


def _values(row: models.Model, *, add: bool) -> dict[str, Any]:
    return {field.column: field.pre_save(row, add=add) for field in _columns(type(row))}


@cache
def _columns(model: type[models.Model]) -> list[Any]:
    """Return the columns that are told of a row."""
    columns: Sequence[Any] = model._meta.local_concrete_fields
    return [field for field in columns if not (field.primary_key or field.generated)]


@cache
def _statement(form: str, model: type[models.Model]) -> str:
    """Return the statement of this form for the columns of a model."""
    columns = _columns(model)
    names = sql.SQL(", ").join(sql.Identifier(field.column) for field in columns)
    typed = sql.SQL(", ").join(
        sql.Identifier(field.column) + sql.SQL(f" {field.db_type(connection)}") for field in columns
    )
    table = sql.Identifier(model._meta.db_table)
    return sql.SQL(form).format(table=table, names=names, typed=typed).as_string()
