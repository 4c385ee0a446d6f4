"""Print a case file from the command line: the same bound PDF as in the browser."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import context
from cases.archive.volumes import bind_file
from cases.dossier.naming import case_called
from desk import clock
from law.errors import RuleViolation
from papers import files


class Command(BaseCommand):
    """manage.py print_case CASE -o FILE.pdf binds the file of a case, named by id or number."""

    help = "Bind the file of a case into one PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("case", metavar="CASE", help="id, case number or lead number")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Bind and write; a case that is not there or a refusal ends with its reason."""
        case = case_called(options["case"])
        if case is None:
            raise CommandError(f"There is no case {options['case']}.")
        try:
            with context.origin(address="print_case"):
                volume = bind_file(case=case, actor=None, at=clock.now())
        except RuleViolation as refusal:
            raise CommandError(str(refusal)) from refusal
        try:
            options["output"].write_bytes(files.open_checked(volume.file))
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from error
        self.stdout.write(f"{case}: {volume.page_count} folios, {options['output']}")
