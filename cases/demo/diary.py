"""A diary of simulated days: acts happen on working days, in order, and never after the last day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.dossier.law_book import law_book

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = 9


def instant(day: date, hour: int = MORNING, minute: int = 0) -> datetime:
    """Return an instant of a day in the county."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def latest_known_day(today: date) -> date:
    """Return today, or the last day whose calendar is published: windows after it have no end yet."""
    calendar = law_book().calendar
    return today if calendar.covers(today) else date(max(calendar.years), 12, 31)


@dataclass(slots=True)
class Diary:
    """Where the clock of one case stands."""

    now: datetime

    @classmethod
    def begin(cls, day: date, hour: int = MORNING, minute: int = 0) -> "Diary":
        """Open the diary on a day, or on the next working day."""
        return cls(instant(law_book().calendar.roll_forward(day), hour, minute))

    @property
    def day(self) -> date:
        """The day at which the clock stands."""
        return self.now.astimezone(SHANGHAI).date()

    def later(self, workdays: int = 1, *, hour: int = MORNING, minute: int = 0) -> datetime:
        """Turn to so many working days later."""
        return self.turn(law_book().calendar.add_workdays(self.day, workdays), hour=hour, minute=minute)

    def same_day(self, minutes: int = 30) -> datetime:
        """Let some minutes pass."""
        self.now += timedelta(minutes=minutes)
        return self.now

    def after(self, last_day: date | None, *, hour: int = MORNING, minute: int = 0) -> datetime:
        """Turn to the first working day after a last day has run out."""
        if last_day is None or last_day < self.day:
            return self.later(hour=hour, minute=minute)
        return self.turn(law_book().calendar.next_workday(last_day), hour=hour, minute=minute)

    def turn(self, day: date, *, hour: int = MORNING, minute: int = 0) -> datetime:
        """Turn to an hour of a day; never back."""
        self.now = max(self.now + timedelta(minutes=1), instant(day, hour, minute))
        return self.now
