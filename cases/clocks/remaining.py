"""How much of a period is left, in the unit the law counts it in, and the chip that shows it."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.clocks.models import Clock
from cases.dossier.law_book import law_book
from desk.formats import in_chinese
from law.clocks import Unit
from law.errors import CalendarUnresolved, LawError

# The registry notes in brackets which rule a clock comes from; the article says so beside the name.
SOURCE_NOTE = re.compile(r"\s*[（(][^（(]*[）)]$")
STATE_LAW = re.compile(r"《中华人民共和国([^》]+)》")


@dataclass(frozen=True, slots=True)
class Left:
    """Days left until a due day; negative when it has passed. unit: working or natural."""

    days: int
    unit: str


def left_until(due_on: date, clock_id: str, on: date) -> Left:
    """Count the days left in the clock's own unit; in calendar days where the calendar is not published."""
    if _counts_workdays(clock_id):
        try:
            calendar = law_book().calendar
            days = calendar.count_workdays(on, due_on)
            return Left(days if days or due_on == on else _nearest(due_on, on), "working")
        except CalendarUnresolved:
            pass
    return Left((due_on - on).days, "natural")


def _nearest(due_on: date, on: date) -> int:
    """Keep a day off from reading as the due day itself."""
    return 1 if due_on > on else -1


def _counts_workdays(clock_id: str) -> bool:
    try:
        return law_book().newest(clock_id).unit is Unit.WORKING_DAY
    except LawError:
        return False


def name_of(clock_id: str) -> str:
    """Name a clock in the reader's language."""
    try:
        clock = law_book().newest(clock_id)
    except LawError:
        return clock_id
    return SOURCE_NOTE.sub("", clock.name_zh if in_chinese() else clock.name_en)


def article_of(clock_id: str) -> str:
    """Cite the article of a clock."""
    try:
        clock = law_book().newest(clock_id)
    except LawError:
        return ""
    return clock.article if in_chinese() else clock.article_en


def short_article(text: str) -> str:
    """Shorten the names of national laws as people say them: 行政处罚法第四十五条."""
    return STATE_LAW.sub(r"\1", text)


def ended_in_time(clock: Clock) -> bool:
    """Tell whether a stopped clock was met."""
    if clock.stopped_at is None or clock.due_on is None:
        return True
    return timezone.localdate(clock.stopped_at) <= clock.due_on


def why_provisional(clock: Clock) -> str:
    """Say which year's calendar is missing, for a provisional due day."""
    years = [step.get("number") for step in clock.derivation.get("steps", []) if step["kind"] == "unresolved"]
    year = years[0] if years else (clock.due_on.year if clock.due_on else "")
    return _("%(year)s年放假安排未导入") % {"year": year}
