"""Open the first system administrator's account of a new site."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from desk import clock
from law.errors import RuleViolation
from townships.roles import Role
from townships.services import accounts, appointments


class Command(BaseCommand):
    """Open an account with the role of system administrator; prints the first password once."""

    help = "Open the account of a system administrator and print its first password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for account and name."""
        parser.add_argument("username")
        parser.add_argument("name")

    @transaction.atomic
    def handle(self, *args: Any, username: str, name: str, **options: Any) -> None:
        """Open it, or say why not."""
        person = accounts.Person(username=username, name=name)
        try:
            officer, password = accounts.create_user(person=person, actor=None, at=clock.now())
            appointments.set_role(
                officer=officer,
                role=Role.SYSTEM_ADMIN,
                body=None,
                valid_from=clock.today(),
                actor=None,
                at=clock.now(),
            )
        except RuleViolation as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{officer.username}\t{password}")
