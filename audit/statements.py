"""Hot statements: raw SQL that the database parses and plans once a connection, not once a question."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


class _Prepared(psycopg.Cursor[Any]):
    """A cursor whose statements stay prepared."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_Prepared":
        """Execute; the statement is prepared when it is first met."""
        super().execute(query, params, **{**options, "prepare": True})
        return self


def rows(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement that is asked often enough to be kept prepared.

    The server binds the parameters, so each must have the type of its column: cast them in the statement.
    """
    connection.ensure_connection()
    raw: Any = _Prepared(connection.connection)
    wrapped = connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw)
    with wrapped as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())
