"""Walk the hash chains of the trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.selectors import first_broken_link


class Command(BaseCommand):
    """`manage.py verify_trail [--case CASE]`: names the first broken event, or says that all fit."""

    help = "Walks the hash chains of the trail; names the first broken event."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an optional case id."""
        parser.add_argument("--case", type=int, help="check only this case's chain")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and report; exit 1 when a link is broken."""
        chain = f"case:{options['case']}" if options["case"] else ""
        broken = first_broken_link(chain)
        if broken:
            raise CommandError(f"broken: chain {broken.chain}, event {broken.seq} (id {broken.event_id})")
        self.stdout.write("every chain fits")
