"""Recompute open clocks after the law's own data changed: show which dates move, then write them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.clocks.models import Clock
from cases.dossier.law_book import law_book
from cases.periods import recompute
from cases.periods.recompute import Cause
from desk import clock
from law.errors import LawError


class Command(BaseCommand):
    """Without --write it only reads and shows; ended clocks are never touched."""

    help = "Recompute open clocks whose rule in law/data changed; each case's trail keeps the former date."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer the clocks, the reason for the trail, and writing."""
        parser.add_argument("clocks", nargs="*", help="clocks of law/data; all that run without any")
        parser.add_argument("--write", action="store_true", help="write the dates that move")
        parser.add_argument("--note", default="", help="what changed, for the trail; needed with --write")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show or write, clock by clock."""
        if options["write"] and not options["note"].strip():
            raise CommandError("note: say what changed in the law / 须写明法律数据的变动")
        book, count = law_book(), 0
        for clock_id in options["clocks"] or self._running():
            try:
                book.versions(clock_id)
            except LawError as error:
                raise CommandError(f"{error.field}: {error.message} / {error.message_en}") from error
            cause = Cause(clock_id=clock_id, note=options["note"])
            count += recompute.run(cause, at=clock.now()) if options["write"] else self._show(cause)
        told = "moved" if options["write"] else "would move; nothing was written"
        self.stdout.write(f"{count} open clocks {told}")

    def _running(self) -> list[str]:
        running = Clock.objects.filter(state=Clock.State.RUNNING).order_by("clock_id")
        return list(running.values_list("clock_id", flat=True).distinct())

    def _show(self, cause: Cause) -> int:
        count = 0
        for row in recompute.moved(cause, book=law_book()):
            count += 1
            self.stdout.write(str(row))
        return count
