"""Load the fictional county 青禾县, its people, real items and cases in all stages."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from audit import context
from cases.demo.loading import load
from desk import clock
from townships.models import County


class Command(BaseCommand):
    """manage.py load_demo loads the demo county once; a load that was cut short is done again."""

    help = "Load the fictional demo county: bodies, people, real items, about sixty cases in all stages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--yes", action="store_true", help="load although DEMO_COUNTY is not set")
        parser.add_argument("--today", type=date.fromisoformat, metavar="DATE", help="the day seen as today")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, or tell that everything is there."""
        if not (settings.DEMO_COUNTY or options["yes"]):
            raise CommandError("This site is not a demo. Set DEMO_COUNTY=1, or say --yes.")
        county = County.objects.first()
        if county is not None and county.name != "青禾县":
            raise CommandError(f"This site serves {county.name}; the demo is loaded into an empty site only.")
        with context.origin(address="load_demo"):
            fresh = load(today=options["today"] or clock.today(), tell=self._tell)
        self.stdout.write("    demo county loaded" if fresh else "    the demo county is there already")

    def _tell(self, line: str) -> None:
        self.stdout.write(f"    … {line}")
        self.stdout.flush()
