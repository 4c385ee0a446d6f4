"""How dates, amounts, counts, provisions and sentences are written on paper."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from law.money import in_capitals

BLANK = "/"
LOCAL = ZoneInfo("Asia/Shanghai")
DIGITS = "〇一二三四五六七八九"


def local(value: str) -> datetime | None:
    """Read an ISO date or instant in local time; nothing for other text."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found.astimezone(LOCAL) if found.tzinfo else found


def day(value: str) -> str:
    """Write an ISO date or instant as 2026年1月2日, without leading zeros; anything else as it is."""
    found = local(value)
    return f"{found.year}年{found.month}月{found.day}日" if found else value


def minute(value: str) -> str:
    """Write an ISO instant to the minute, 2026年1月2日9时05分, as records of evidence need it."""
    found = local(value)
    if found is None or len(value) <= 10:
        return day(value)
    return f"{found.year}年{found.month}月{found.day}日{found.hour}时{found.minute:02}分"


def exact(value: object) -> Decimal | None:
    """Read an amount of yuan; nothing for what is not one."""
    try:
        amount = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def figures(value: object) -> str:
    """Write an amount in figures: 1,000.00."""
    amount = exact(value)
    return str(value) if amount is None else f"{amount:,.2f}"


def amount(value: object) -> str:
    """Write an amount in capitals and figures: 人民币壹仟元整（￥1,000.00）."""
    found = exact(value)
    return str(value) if found is None else f"人民币{in_capitals(found)}（￥{found:,.2f}）"


def numeral(value: int) -> str:
    """Write a count from 1 to 99 in Chinese numerals: 一, 十二, 三十."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def joined(items: Sequence[str]) -> str:
    """Join names with the enumeration comma."""
    return "、".join(item for item in items if item)


def sentences(parts: Iterable[object]) -> str:
    """End each part that says something as a sentence of its own, and join them."""
    return "".join(f"{str(part).strip().rstrip('。；')}。" for part in parts if part)


def provision(cited: Mapping[str, Any] | None) -> str:
    """Cite a provision: 《…法》第一条."""
    found = cited or {}
    statute = str(found.get("statute") or "").strip("《》")
    return (f"《{statute}》" if statute else "") + str(found.get("article") or "")
