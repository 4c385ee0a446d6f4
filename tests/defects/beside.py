"""Two who act at one moment: one holds what the other waits for."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from tests.platform.processes import eventually

WAITS_FOR_ME = """
    SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


@contextmanager
def beside(job: Callable[[], object]) -> Iterator[list[BaseException]]:
    """Run a job on a connection of its own while the block goes on; enter once it waits or is done."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            job()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert eventually(lambda: not thread.is_alive() or waiting())
    try:
        yield failures
    finally:
        if not connection.in_atomic_block:
            thread.join()


def waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS_FOR_ME)
        return bool(cursor.fetchone()[0])
