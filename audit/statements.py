"""Hot statements: raw SQL that the database parses and plans once a connection, not once a question."""

from collections.abc import Sequence
from time import monotonic
from typing import Any

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
