"""Working days by the State Council's yearly notices; a year not announced is never guessed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from law.errors import CalendarUnresolved, LawError
from law.reading import tables

WEEKEND_ZH, WEEKEND_EN = "周末", "weekend"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DayName:
    """What a special day is called, and whether it is a make-up working day."""

    zh: str
    en: str
    makeup: bool = False


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """The announced exceptions of one year: days off and make-up working days, by name."""

    year: int
    notice: str
    source: str
    days: Mapping[date, DayName]

    def __post_init__(self) -> None:
        """Refuse a day of another year."""
        for day in self.days:
            if day.year != self.year:
                raise LawError(
                    f"{day}不属于{self.year}年的节假日安排",
                    field="calendar",
                    code="calendar_day",
                    message_en=f"{day} is no day of the {self.year} calendar",
                )


class WorkCalendar:
    """Working-day arithmetic over the loaded years by prefix sums."""

    __slots__ = ("_first", "_holidays", "_marks", "_ranks", "_workdays", "_years", "notices", "version")

    def __init__(self, years: Iterable[YearCalendar]) -> None:
        loaded = {year.year: year for year in years}
        self._years = frozenset(loaded)
        self.notices: dict[int, str] = {number: loaded[number].notice for number in sorted(loaded)}
        self._holidays: dict[date, DayName] = {}
        for year in loaded.values():
            self._holidays.update(year.days)
        self._ranks: list[int] = []
        self._workdays: list[date] = []
        self._marks: list[bool] = []
        self._first = date(min(loaded), 1, 1).toordinal() if loaded else 1
        if loaded:
            self._number(max(loaded))
        # A short digest of the loaded days, kept with each computed date.
        self.version = self._digest()

    def _number(self, last_year: int) -> None:
        """Number the working days from the first loaded year to the last."""
        for ordinal in range(self._first, date(last_year, 12, 31).toordinal() + 1):
            day = date.fromordinal(ordinal)
            works = day.year in self._years and self._works(day)
            if works:
                self._workdays.append(day)
            self._marks.append(works)
            self._ranks.append(len(self._workdays))

    def _works(self, day: date) -> bool:
        """Tell a working day of a loaded year."""
        name = self._holidays.get(day)
        return day.weekday() < SATURDAY if name is None else name.makeup

    @property
    def years(self) -> frozenset[int]:
        """Give the loaded years."""
        return self._years

    def covers(self, day: date) -> bool:
        """Tell whether the notice of the day's year is loaded."""
        return day.year in self._years

    def require(self, day: date) -> None:
        """Refuse a day whose year is not loaded."""
        if day.year not in self._years:
            raise CalendarUnresolved(day.year)

    def is_workday(self, day: date) -> bool:
        """Tell a working day; refuse a year that is not loaded."""
        self.require(day)
        return self._marks[day.toordinal() - self._first]

    def name_of(self, day: date) -> DayName | None:
        """Name a day off or a make-up working day; an ordinary working day has no name."""
        self.require(day)
        name = self._holidays.get(day)
        if name is not None:
            return name
        return DayName(WEEKEND_ZH, WEEKEND_EN) if day.weekday() >= SATURDAY else None

    def rank(self, day: date) -> int:
        """Count the working days from the first loaded day up to and including this one."""
        self.require(day)
        return self._ranks[day.toordinal() - self._first]

    def at_rank(self, rank: int, *, near: date) -> date:
        """Give the working day of a rank, provided no year without notice lies between."""
        if rank < 1:
            raise CalendarUnresolved(min(self._years) - 1)
        if rank > len(self._workdays):
            raise CalendarUnresolved(max(self._years) + 1)
        found = self._workdays[rank - 1]
        self._require_between(min(found, near), max(found, near))
        return found

    def _require_between(self, first: date, last: date) -> None:
        """Refuse a span that touches a year not loaded."""
        for year in range(first.year, last.year + 1):
            if year not in self._years:
                raise CalendarUnresolved(year)

    def add_workdays(self, day: date, count: int) -> date:
        """Give the count-th working day after (before, when negative) a day: 民法典第二百零一条."""
        if count == 0:
            return day
        if count > 0:
            return self.at_rank(self.rank(day) + count, near=day)
        eve = day - timedelta(days=1)
        return self.at_rank(self.rank(eve) + 1 + count, near=eve)

    def count_workdays(self, after: date, until: date) -> int:
        """Count the working days in the span after one day up to and including another."""
        self.require(after)
        self._require_between(min(after, until), max(after, until))
        return self.rank(until) - self.rank(after)

    def roll_forward(self, day: date) -> date:
        """Move a last day that is a day off to the next working day: 民法典第二百零三条."""
        return day if self.is_workday(day) else self.next_workday(day)

    def next_workday(self, day: date) -> date:
        """Give the first working day after a day."""
        return self.at_rank(self.rank(day) + 1, near=day)

    def window(self) -> tuple[int, list[int], list[date]]:
        """Give first ordinal, ranks and working days, for counting at full speed."""
        return self._first, self._ranks, self._workdays

    def _digest(self) -> str:
        text = ";".join(
            f"{day.isoformat()}{'+' if name.makeup else '-'}" for day, name in sorted(self._holidays.items())
        )
        years = ",".join(str(year) for year in sorted(self._years))
        return hashlib.sha256(f"{years}|{text}".encode()).hexdigest()[:12]

    @property
    def contiguous(self) -> bool:
        """Tell whether the loaded years leave no gap."""
        return len(self._years) == (max(self._years) - min(self._years) + 1 if self._years else 0)


def year_calendar(
    year: int,
    *,
    notice: str,
    source: str,
    off: Mapping[date, tuple[str, str]],
    work: Mapping[date, tuple[str, str]],
) -> YearCalendar:
    """Make a year from days off and make-up days, each with its holiday's zh and en name."""
    days = {day: DayName(zh, en) for day, (zh, en) in off.items()}
    for day, (zh, en) in work.items():
        if day in days:
            raise LawError(
                f"{day}既放假又上班",
                field="calendar",
                code="calendar_day",
                message_en=f"{day} is both a day off and a working day",
            )
        days[day] = DayName(f"{zh}调休上班", f"make-up working day for {en}", makeup=True)
    return YearCalendar(year=year, notice=notice, source=source, days=days)


@cache
def packaged_years() -> tuple[YearCalendar, ...]:
    """Read the years that ship with this package."""
    found: list[YearCalendar] = []
    for _, content in tables("calendar"):
        off: dict[date, tuple[str, str]] = {}
        work: dict[date, tuple[str, str]] = {}
        for period in content["period"]:
            names = (period["name_zh"], period["name_en"])
            for first, last in period["off"]:
                for shift in range((last - first).days + 1):
                    off[first + timedelta(days=shift)] = names
            work.update(dict.fromkeys(period["work"], names))
        found.append(
            year_calendar(
                content["year"], notice=content["notice"], source=content["source"], off=off, work=work
            )
        )
    return tuple(found)
