"""Walk the hash chains of the trail."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.selectors import count_events, first_broken_link
from cases.dossier.naming import case_called


class Command(BaseCommand):
    """`manage.py verify_trail [--case CASE]`: names the first broken event, or counts what fits."""

    help = "Walks the hash chains of the trail; names the first broken event."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take an optional case."""
        parser.add_argument("--case", metavar="CASE", help="id, case number or lead number; only this chain")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check and report; exit 1 when a link is broken or the case is not there."""
        chain = ""
        if options["case"] is not None:
            case = case_called(options["case"])
            if case is None:
                raise CommandError(f"There is no case {options['case']}.")
            chain = case.chain
        broken = first_broken_link(chain)
        if broken:
            raise CommandError(f"broken: chain {broken.chain}, event {broken.seq} (id {broken.event_id})")
        self.stdout.write(f"{count_events(chain)} events: every chain fits")
