"""The filled site: tables by the product's migrations, rows in bulk, statistics for the planner."""

import os
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import connection

from audit.models import Event
from audit.selectors import first_broken_link
from bench import caseload, filling, reference
from bench.scales import Scale
from cases.clocks.models import Clock
from cases.dossier.models import Case
from cases.instruments.models import Instrument
from cases.parties.models import Party
from papers.models import Paper

SERIAL = ("max_parallel_workers_per_gather", "max_parallel_maintenance_workers")


def address() -> str:
    """Return the address of the database, for connections beside Django's."""
    return os.environ["DATABASE_URL"]


def fill_unless_filled(scale: Scale, today: date, say: Callable[[str], None]) -> dict[str, Any]:
    """Make the tables and fill them; a kept database is brought up to date and used again."""
    _make_tables()
    if Case.objects.exists():
        say("the kept database is used again")
        return {"fill_seconds": None, "disk_mb": _disk_mb()}
    with filling.bulk():
        seconds = filling.timed(say, "filling", lambda: _fill(scale, today, say))
    broken = first_broken_link(f"case:{scale.cases}")
    if broken is not None:
        raise RuntimeError(f"the filled trail is broken: {broken}")
    return {"fill_seconds": round(seconds, 1), "disk_mb": _disk_mb()}


def _make_tables() -> None:
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    for name in SERIAL:
        # What a parallel worker burns does not show in its backend's account.
        filling.run(f"ALTER DATABASE {connection.settings_dict['NAME']} SET {name} = 0")
    connection.close()


def _fill(scale: Scale, today: date, say: Callable[[str], None]) -> None:
    reference.fill_reference(scale)
    with filling.without_indexes(Case, Clock, Event, Party, Paper, Instrument):
        filling.timed(say, "cases", lambda: caseload.fill_cases(scale, today))
        filling.timed(say, "trail", lambda: caseload.fill_trail(scale))
    filling.timed(say, "statistics", lambda: filling.run("VACUUM ANALYZE"))


def _disk_mb() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0] / 1e6)
