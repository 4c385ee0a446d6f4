"""Print the accounts of the demo county."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from cases.demo.accounts import demo_password
from cases.demo.people import role_labels
from cases.demo.reading import table
from desk import clock
from townships.models import Officer


class Command(BaseCommand):
    """manage.py demo_accounts prints username, name, role and body of each demo account, and the password."""

    help = "Print the accounts of the demo county and their password."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print a table; nothing where no demo is loaded."""
        shown = {row["username"]: row["does_zh"] for row in table("people")["shown"]}
        officers = Officer.objects.filter(username__in=shown).select_related("body")
        people = {officer.username: officer for officer in officers}
        if not (people and demo_password()):
            self.stdout.write("no demo county is loaded")
            return
        today = clock.today()
        self.stdout.write(f"password of all demo accounts: {demo_password()}\n")
        with translation.override("zh-hans"):
            for username in (name for name in shown if name in people):
                officer, does = people[username], shown[username]
                body = officer.body.short_name if officer.body else ""
                said = "　".join((officer.name, role_labels(officer, today), body, does))
                self.stdout.write(f"{username:<18}{said}")
