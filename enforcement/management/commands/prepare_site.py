"""Bring database and static files up to date, and load the demo county once."""

import hashlib
import traceback
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Migrate, collect, load; each step is skipped where there is nothing to do."""

    help = "Migrate, collect static files where they changed, and load the demo county once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a site without demo data."""
        parser.add_argument("--no-demo", action="store_true", help="do not load the demo county")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do the steps and say which."""
        self.stdout.write("==> migrating the database")
        call_command("migrate", interactive=False, verbosity=0)
        self._collect()
        if not options["no_demo"]:
            self._load_demo()

    def _collect(self) -> None:
        mark = Path(settings.STATIC_ROOT) / ".collected"
        fingerprint = _fingerprint()
        if mark.exists() and mark.read_text(encoding="ascii") == fingerprint:
            return
        self.stdout.write("==> collecting static files")
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(fingerprint, encoding="ascii")

    def _load_demo(self) -> None:
        """Load the demo county; a load that was cut short is done again."""
        mark = Path(settings.VAR_DIR) / "demo-loaded"
        known = get_commands()
        has_users = get_user_model().objects.exists()
        if "load_demo" in known and not (mark.exists() and has_users):
            self._load_once(mark)
        if "demo_accounts" in known:
            accounts = StringIO()
            call_command("demo_accounts", stdout=accounts)
            target = Path(settings.VAR_DIR) / "run" / "accounts.txt"
            target.write_text(accounts.getvalue(), encoding="utf-8")

    def _load_once(self, mark: Path) -> None:
        """Load the demo; a site without it is still a site, so a failure is told and not fatal."""
        self.stdout.write("==> loading the demo county (once)")
        try:
            call_command("load_demo", stdout=self.stdout)
        except Exception:
            self.stderr.write(f"{traceback.format_exc()}!!! the demo county could not be loaded")
        else:
            mark.touch()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name, size, changed in sorted(_static_files()):
        digest.update(f"{name} {size} {changed}\n".encode())
    return digest.hexdigest()


def _static_files() -> Iterator[tuple[str, int, int]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            yield name, facts.st_size, facts.st_mtime_ns
