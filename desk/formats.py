"""How dates and money read to a person."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from desk import clock

WEEKDAYS = "一二三四五六日"
ENGLISH = {"short": "j M", "full": "j F Y", "week": "l j F Y"}
NUMERIC = {"brief", "iso"}


def in_chinese() -> bool:
    """Tell whether the page is in Chinese."""
    return (get_language() or "zh").startswith("zh")


def weekday(day: date) -> str:
    """Name the day of the week as a sentence about it needs it: 六 after 周 or 星期, else Saturday."""
    return WEEKDAYS[day.weekday()] if in_chinese() else date_format(day, "l")


def local_day(value: date | datetime) -> date:
    """Return the local calendar day of a date or instant."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def cn_date(value: date | datetime | None, style: str = "full") -> str:
    """Write a day: short 10月9日, full 2026年10月9日, week 2026年10月9日 星期五, brief 10-09, iso 2026-10-09.

    A short or brief day of another year names that year: 12月31日 would be read as this year's.
    """
    if not isinstance(value, date):
        return ""
    day = local_day(value)
    this_year = day.year == clock.today().year
    if style in NUMERIC:
        return f"{day:%m-%d}" if style == "brief" and this_year else day.isoformat()
    if style == "short" and not this_year:
        style = "full"
    if not in_chinese():
        return date_format(day, ENGLISH[style])
    short = f"{day.month}月{day.day}日"
    if style == "short":
        return short
    full = f"{day.year}年{short}"
    return f"{full} 星期{weekday(day)}" if style == "week" else full


def cn_month(day: date) -> str:
    """Write the month of a day."""
    return f"{day.month}月" if in_chinese() else date_format(day, "M")


def cn_datetime(value: datetime | None, style: str = "full") -> str:
    """Write an instant in local time: the day in the style asked for, then hours and minutes."""
    if not isinstance(value, datetime):
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{cn_date(local, style)} {local:%H:%M}"


def money(value: Decimal | int | str | None) -> str:
    """Write yuan: thousands parted, two places only when there are fen."""
    if value is None or value == "":
        return ""
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return str(value)
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f}" if whole else f"{amount:,.2f}"


def shortened(text: str, most: int) -> str:
    """Keep at most so many characters, the last of them an ellipsis where something was left out."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
