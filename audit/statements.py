"""Hot statements: raw SQL that is planned once a connection, or that writes many rows as one parameter."""

from collections.abc import Iterable, Mapping, Sequence
from time import monotonic
from typing import Any

import orjson
import psycopg
from django.db import connection


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
