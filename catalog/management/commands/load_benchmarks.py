"""Load benchmarks of any shape from the command line, by two people."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from audit import context
from catalog.access import Officer
from catalog.discretion.starters import ENVIRONMENT, lines_in, load_benchmarks
from catalog.models import PowerList
from desk.clock import now


class Command(BaseCommand):
    """manage.py load_benchmarks --list GD --actor A --publish-as B --effective-on DATE [FILE]."""

    help = "Draft and publish the discretion benchmarks of a file to the items of a list."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", nargs="?", type=Path, default=ENVIRONMENT)
        parser.add_argument(
            "--list", dest="code", required=True, help="code of the list that holds the items"
        )
        parser.add_argument("--actor", required=True, metavar="USER", help="who drafts")
        parser.add_argument(
            "--publish-as", required=True, metavar="USER", help="who publishes, somebody else"
        )
        parser.add_argument("--effective-on", required=True, type=date.fromisoformat, metavar="DATE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file and tell what became of each table."""
        power_list = PowerList.objects.filter(code=options["code"]).first()
        if power_list is None:
            raise CommandError(f"no list {options['code']}")
        with context.origin(address="load_benchmarks"):
            loaded = load_benchmarks(
                lines_in(options["file"]),
                power_list=power_list,
                drafter=self._officer(options["actor"]),
                publisher=self._officer(options["publish_as"]),
                at=now(),
                effective_on=options["effective_on"],
            )
        for title, why in loaded.refused:
            self.stderr.write(f"{title}: {why}")
        self.stdout.write(
            f"{len(loaded.made)} made, {loaded.unchanged} unchanged, {len(loaded.refused)} refused"
        )

    @staticmethod
    def _officer(username: str) -> Officer:
        found = get_user_model().objects.filter(username=username).first()
        if not isinstance(found, Officer):
            raise CommandError(f"no user {username}")
        return found
