"""Take the rows that a test has written, put them back, and remove them; other tables are left alone.

To truncate all tables takes half a second. The rows go past the triggers that keep the trail, which only a
superuser of the database may do.
"""

import functools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

# What the migrations wrote, and every test finds.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}
Rows = Mapping[str, bytes]


def empty_written_tables() -> None:
    """Remove every row of every table but those of the migrations."""
    with _past_the_triggers() as cursor:
        for table in _written(cursor):
            cursor.execute(f"DELETE FROM {table}")


def taken() -> Rows:
    """Read every row there is, table by table."""
    with connection.cursor() as cursor:
        return {table: _copied(cursor, table) for table in _written(cursor)}


def put_back(rows: Rows) -> None:
    """Write rows that were taken, with the keys they had."""
    with _past_the_triggers() as cursor:
        for table, lines in rows.items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(lines)


@contextmanager
def _past_the_triggers() -> Iterator[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def _written(cursor: Any) -> list[str]:
    cursor.execute(_asking())
    return [table for (table,) in cursor.fetchall()]


@functools.cache
def _asking() -> str:
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    return " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables)


def _copied(cursor: Any, table: str) -> bytes:
    with cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(copy)
