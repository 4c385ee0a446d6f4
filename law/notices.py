"""Read the State Council's yearly notice on holidays: its days off and its make-up working days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from law.calendar import YearCalendar, year_calendar
from law.errors import LawError

NAMES_EN: Mapping[str, str] = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-sweeping Day",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-autumn Festival",
    "国庆节": "National Day",
}
WEEKDAYS = "一二三四五六日"
_NUMBER = re.compile(r"国办发明电〔\d{4}〕\d+号")
_YEAR = re.compile(r"(\d{4})年(?:部分节假日|元旦)")
_PERIOD = re.compile(r"(?m)^\s*[一二三四五六七八九十]+、([^：:\n]+)[：:](.+)$")
_DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^）)]*)[）)])?")
_TOTAL = re.compile(r"共(\d+)天")


def read_notice(text: str, *, source: str) -> YearCalendar:
    """Make a year's calendar from the text of its notice; refuse what does not add up."""
    found = _YEAR.search(text)
    if found is None:
        raise unreadable("文中没有“××××年部分节假日安排”", "The text names no year")
    year = int(found[1])
    off: dict[date, tuple[str, str]] = {}
    work: dict[date, tuple[str, str]] = {}
    read: set[str] = set()
    for name, body in _PERIOD.findall(text):
        holidays = _holidays(name)
        read.update(holidays)
        names = ("、".join(holidays), " and ".join(NAMES_EN[holiday] for holiday in holidays))
        _read_period(year, names, body, off, work)
    missing = [holiday for holiday in NAMES_EN if holiday not in read]
    if missing:
        raise unreadable(
            f"文中缺少{'、'.join(missing)}的安排", f"Missing: {', '.join(NAMES_EN[m] for m in missing)}"
        )
    number = _NUMBER.search(text)
    return year_calendar(year, notice=number[0] if number else "", source=source, off=off, work=work)


def _holidays(text: str) -> list[str]:
    """Read the name of a holiday, or of two that fall together; refuse an unknown one."""
    names = re.split("[、和]", text.strip())
    if any(name not in NAMES_EN for name in names):
        raise unreadable(f"未知的节日：{text.strip()}", f"Unknown holiday: {text.strip()}")
    return names


def _read_period(
    year: int,
    names: tuple[str, str],
    body: str,
    off: dict[date, tuple[str, str]],
    work: dict[date, tuple[str, str]],
) -> None:
    """Read one holiday: its span, the announced number of days, and the days to work."""
    rest, _, following = body.partition("放假")
    first, last = _span(year, rest)
    days = [first + timedelta(days=shift) for shift in range((last - first).days + 1)]
    total = _TOTAL.search(following)
    if total is not None and int(total[1]) != len(days):
        raise unreadable(
            f"{names[0]}共{total[1]}天，但起止为{len(days)}天", f"{names[1]}: days do not add up"
        )
    off.update(dict.fromkeys((day for day in days if day.year == year), names))
    for clause in following.split("。"):
        if clause.rstrip().endswith("上班"):
            work.update(dict.fromkeys(_days(year, clause, first.month), names))


def _span(year: int, text: str) -> tuple[date, date]:
    """Read the first and last day off."""
    days = _days(year, text, None)
    if not days or len(days) > 2:
        raise unreadable(f"无法识别放假起止：{text.strip()}", f"Unreadable span: {text.strip()}")
    if days[-1] < days[0]:
        raise unreadable(f"放假起止颠倒：{text.strip()}", f"Reversed span: {text.strip()}")
    return days[0], days[-1]


def _days(year: int, text: str, month: int | None) -> list[date]:
    """Read dates; a month or year not written is that of the date before; weekdays must agree."""
    found: list[date] = []
    for stated_year, stated_month, number, remark in _DAY.findall(text):
        year = int(stated_year) if stated_year else year
        month = int(stated_month) if stated_month else month
        try:
            day = date(year, month or 0, int(number))
        except ValueError:
            raise unreadable(f"没有这一天：{year}年{month}月{number}日", "No such day") from None
        _check_weekday(day, remark)
        found.append(day)
    return found


def _check_weekday(day: date, remark: str) -> None:
    """Refuse a date whose stated weekday is another."""
    stated = re.search(r"(?:周|星期)([一二三四五六日天])", remark)
    if stated and WEEKDAYS[day.weekday()] != stated[1].replace("天", "日"):
        raise unreadable(f"{day}不是周{stated[1]}", f"{day} is another weekday than stated")


def unreadable(message: str, message_en: str) -> LawError:
    """Return the error of a notice that cannot be read, or does not add up."""
    """Name the field of every unreadable notice."""
    return LawError(message, field="notice", code="notice_unreadable", message_en=message_en)
