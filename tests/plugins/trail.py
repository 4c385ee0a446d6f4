"""The triggers that keep the trail from being emptied, for tests that must empty it."""

from django.db import connection

NO_TRUNCATE = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger\\_no\\_truncate%'
"""


def set_truncate_guards(state: str) -> None:
    """ENABLE or DISABLE the triggers that keep a table from being emptied."""
    with connection.cursor() as cursor:
        cursor.execute(NO_TRUNCATE)
        for table, trigger in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} {state} TRIGGER "{trigger}"')
