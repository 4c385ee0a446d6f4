"""How near is near: green, yellow, red and overdue, by working days that a county may set."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.dossier.law_book import law_book
from law.errors import CalendarUnresolved
from law.parameters import find_parameter

YELLOW, RED = "warning.yellow", "warning.red"
DEFAULTS: Mapping[str, int] = {YELLOW: 3, RED: 1}
LABELS: Mapping[str, str | Promise] = {
    "overdue": _("逾期"),
    "red": _("红"),
    "yellow": _("黄"),
    "green": _("绿"),
    "open": _("暂定或中止"),
}


@dataclass(frozen=True, slots=True)
class Levels:
    """The last due days that count as red and as yellow, seen from a day."""

    on: date
    red_until: date
    yellow_until: date

    def of(self, due_on: date | None) -> str:
        """Name the level of a due day."""
        if due_on is None:
            return "open"
        if due_on < self.on:
            return "overdue"
        if due_on <= self.red_until:
            return "red"
        return "yellow" if due_on <= self.yellow_until else "green"

    def within(self, level: str) -> Q:
        """Give the condition on a clock's due day for a level."""
        return {
            "overdue": Q(due_on__lt=self.on),
            "red": Q(due_on__gte=self.on, due_on__lte=self.red_until),
            "yellow": Q(due_on__gt=self.red_until, due_on__lte=self.yellow_until),
            "green": Q(due_on__gt=self.yellow_until),
            "open": Q(due_on=None),
        }[level]


def days_of(key: str, *, on: date) -> int:
    """Return the county's number of working days for a level, or the default."""
    found = find_parameter(key, on=on, book=law_book())
    return int(found.value) if found else DEFAULTS[key]


def levels(on: date) -> Levels:
    """Return the levels as they are on a day."""
    red = ahead(on, days_of(RED, on=on))
    return Levels(on, red, max(red, ahead(on, days_of(YELLOW, on=on))))


def ahead(on: date, days: int) -> date:
    """Go so many working days on; calendar days where the calendar is not published."""
    try:
        return law_book().calendar.add_workdays(on, days)
    except CalendarUnresolved:
        return on + timedelta(days=days)
