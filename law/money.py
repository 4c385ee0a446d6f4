"""Amounts of money as they are printed: without idle zeros, and in Chinese capitals, 伍万元整."""

from __future__ import annotations

from decimal import Decimal

from law.errors import LawError

CAPITALS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
LARGEST = Decimal("9999999999999999.99")
FEN = Decimal("0.01")


def plain(value: Decimal | None) -> str:
    """Write a number without idle zeros: 20000, 0.5; nothing where there is none."""
    return "" if value is None else f"{value.normalize():f}"


def in_capitals(amount: Decimal) -> str:
    """Write an amount of yuan in Chinese capitals, with 整 where no fen follow."""
    _check(amount)
    fen = int(amount * 100)
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    text = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"{text}整"
    if jiao:
        text += f"{CAPITALS[jiao]}角"
    elif yuan:
        text += CAPITALS[0]
    return f"{text}{CAPITALS[cents]}分" if cents else f"{text}整"


def _check(amount: Decimal) -> None:
    """Refuse what is no amount: negative, too large, or finer than a fen."""
    if not amount.is_finite() or amount < 0 or amount > LARGEST:
        raise LawError(
            f"金额超出范围：{amount}", field="amount", code="out_of_range", message_en="Amount out of range"
        )
    if amount != amount.quantize(FEN):
        raise LawError(
            f"金额须精确到分：{amount}", field="amount", code="too_fine", message_en="Finer than a fen"
        )


def _whole(number: int) -> str:
    """Write a whole number in capitals, group by group of four places."""
    if number == 0:
        return CAPITALS[0]
    text = ""
    gap = False
    for index in range(len(GROUPS) - 1, -1, -1):
        group = number // 10000**index % 10000
        if group == 0:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += CAPITALS[0]
        text += _group(group) + _mark(index, number)
        gap = False
    return text


def _mark(index: int, number: int) -> str:
    """Give the mark of a group; 亿 stands once where both groups above it are written."""
    if index == 3 and number // 10000**2 % 10000:
        return "万"
    return GROUPS[index]


def _group(group: int) -> str:
    """Write up to four places, with 零 for inner gaps."""
    text = ""
    gap = False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (CAPITALS[0] if gap else "") + CAPITALS[digit] + PLACES[place]
        gap = False
    return text
