"""Import a year's days off: read, show what moves, and put it in force with two people's names."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.dossier.law_book import law_book
from cases.periods import calendars, recompute
from cases.periods.notice_files import decoded, read
from cases.periods.recompute import Cause
from desk import clock
from law.calendar import YearCalendar
from law.errors import LawError, RuleViolation
from townships.models import Officer


class Command(BaseCommand):
    """Without names it only reads and shows; --by proposes; --approved-by, another one, puts it in force."""

    help = "Import the State Council's yearly notice (text or CSV) and recompute the open clocks it moves."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer file or text, source, and the two people."""
        given = parser.add_mutually_exclusive_group(required=True)
        given.add_argument("file", nargs="?", type=Path, help="notice as text, or CSV: date,kind,name")
        given.add_argument("--text", help="the notice itself")
        parser.add_argument("--source", required=True, help="where it was published")
        parser.add_argument("--notice", default="", help="number of the notice, for a CSV")
        parser.add_argument("--by", default="", help="user name of whoever imports")
        parser.add_argument("--approved-by", default="", help="user name of the second person")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, then do as much as the names allow."""
        try:
            year = self._read(options)
            self._say_days(year)
            if not options["by"]:
                self._preview(year)
                return
            self._import(year, options["by"], options["approved_by"])
        except LawError as error:
            raise CommandError(f"{error.field}: {error.message} / {error.message_en}") from error
        except RuleViolation as refusal:
            raise CommandError(f"{refusal.message}{refusal.unblock}") from refusal

    def _read(self, options: dict[str, Any]) -> YearCalendar:
        text = options["text"]
        if text is None:
            try:
                text = decoded(options["file"].read_bytes())
            except OSError as error:
                raise CommandError(f"file: {error}") from error
        return read(text, source=options["source"], notice=options["notice"])

    def _say_days(self, year: YearCalendar) -> None:
        work = sum(1 for name in year.days.values() if name.makeup)
        self.stdout.write(
            f"{year.year} {year.notice}: {len(year.days) - work} days off, {work} make-up working days"
        )

    def _preview(self, year: YearCalendar) -> None:
        book = law_book().with_overrides(years=[year])
        count = 0
        for row in recompute.moved(Cause(year=year.year), book=book):
            count += 1
            self.stdout.write(str(row))
        self.stdout.write(f"{count} open clocks would move; nothing was written")

    def _import(self, read_year: YearCalendar, by: str, approved_by: str) -> None:
        year = calendars.propose(actor=_officer(by), at=clock.now(), read=read_year)
        if not approved_by:
            self.stdout.write(f"proposed as {year.pk}; a second person approves it")
            return
        calendars.approve(year=year, actor=_officer(approved_by), at=clock.now())
        self.stdout.write(f"{calendars.recompute_waiting(at=clock.now())} open clocks moved")


def _officer(username: str) -> Officer:
    """Find the person, who must belong to the legal department."""
    officer = Officer.objects.filter(username=username, is_active=True).first()
    if officer is None or not officer.may("authority.edit", clock.today()):
        raise CommandError(f"{username}: not a member of the legal department")
    return officer
