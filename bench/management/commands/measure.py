"""Fill the database unless it is filled, measure every line, report."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from bench import report, site
from bench.bench import Bench
from bench.cast import cast_of
from bench.line import Line
from bench.lines import acts, catalogue, deadlines, lists, pages, printing, routing, searching, sweeping
from bench.meter import Meter, load
from bench.scales import SCALES, Scale
from desk import clock

# Each makes its own cases ready just before they are measured; those that change the queues come
# late, and the catalogue's, which bring tens of thousands of items along, last.
SUBJECTS: tuple[Callable[[Bench], list[Line]], ...] = (
    lists.lines,
    searching.lines,
    routing.lines,
    pages.lines,
    acts.lines,
    printing.lines,
    deadlines.lines,
    sweeping.lines,
    catalogue.lines,
)


class Command(BaseCommand):
    """Measure one scale."""

    help = "Measure the product against raw SQL at one scale; started by `python -m bench`."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the scale and where results are kept."""
        parser.add_argument("scale", choices=sorted(SCALES))
        parser.add_argument("results", type=Path)
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--only", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Fill, measure, print one JSON object and a table, keep the result."""
        scale = SCALES[options["scale"]]
        self._quiet = options["json"]
        filled = site.fill_unless_filled(scale, clock.today(), self._say)
        deadlines.forget()
        before = load()
        lines = self._measure(scale, options["only"])
        result = report.whole(
            scale,
            lines,
            options["results"],
            **filled,
            postgres=f"{connection.pg_version / 10000:g}",
            load=[round(before, 1), round(load(), 1)],
        )
        if not options["only"]:
            report.keep(result, options["results"])
        self.stdout.write(json.dumps(result, ensure_ascii=False))
        if not self._quiet:
            self.stdout.write(report.table(result))

    def _say(self, text: str) -> None:
        sys.stderr.write(f"==> {text}\n")

    def _measure(self, scale: Scale, only: str) -> list[dict[str, Any]]:
        with psycopg.connect(site.address(), autocommit=True) as floor:
            bench = Bench(scale, cast_of(scale), clock.today(), clock.now(), floor)
            meter, found = Meter(floor), []
            for subject in SUBJECTS:
                for line in subject(bench):
                    if line.key.startswith(only):
                        begun = time.monotonic()
                        line.measure(meter, scale.rounds)
                        found.append(line.result())
                        self._say(f"{line.key}: {time.monotonic() - begun:.1f} s")
        return found
