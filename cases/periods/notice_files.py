"""Read a year's days off from what was published: the State Council's notice, or a table of days."""

import csv
import io
from datetime import date

from desk.keys import day_of
from law.calendar import YearCalendar, year_calendar
from law.notices import NAMES_EN, read_notice, unreadable

OFF = frozenset({"off", "holiday_off", "holiday", "放假", "休"})
WORK = frozenset({"work", "makeup", "makeup_workday", "makeup_work", "workday", "上班", "调休上班", "班"})
ENCODINGS = ("utf-8-sig", "gb18030")


def read(text: str, *, source: str, notice: str = "") -> YearCalendar:
    """Read a notice or a CSV table (date, kind, name); refuse what is neither."""
    if text.lstrip("\ufeff \n").lower().startswith("date,"):
        return read_table(text.lstrip("\ufeff \n"), source=source, notice=notice)
    return read_notice(text, source=source)


def read_table(text: str, *, source: str, notice: str = "") -> YearCalendar:
    """Make one year from rows of date, kind (off or work) and the holiday's name."""
    off: dict[date, tuple[str, str]] = {}
    work: dict[date, tuple[str, str]] = {}
    for number, row in enumerate(_rows(text), start=2):
        day, kind = _day(row.get("date") or "", number), (row.get("kind") or "").strip().lower()
        name = (row.get("name") or "").strip()
        if kind in OFF:
            off[day] = (name, NAMES_EN.get(name, name))
        elif kind in WORK:
            work[day] = (name, NAMES_EN.get(name, name))
        else:
            raise unreadable(f"第{number}行：类型须为 off 或 work", f"line {number}: unknown kind")
    years = {day.year for day in (*off, *work)}
    if len(years) != 1:
        raise unreadable("表中须正好是一个年份的日期", "The table must hold the days of exactly one year")
    if not off:
        raise unreadable("表中没有放假日", "The table holds no day off")
    return year_calendar(years.pop(), notice=notice, source=source, off=off, work=work)


def _rows(text: str) -> list[dict[str, str]]:
    try:
        return list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise unreadable("不是CSV表格", "This is no CSV table") from error


def decoded(content: bytes) -> str:
    """Decode a file, or refuse what is no text."""
    for encoding in () if b"\0" in content else ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable("文件不是文本", "The file is no text")


def _day(text: str, number: int) -> date:
    day = day_of(text.strip())
    if day is None:
        raise unreadable(f"第{number}行：不是日期“{text}”", f"line {number}: no such day")
    return day
