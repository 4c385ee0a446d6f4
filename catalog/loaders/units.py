"""The unit of numbers that stand alone, told by heading or by a line above: 罚款（万元）, 单位：元."""

import re
from decimal import Decimal

from catalog.loaders.amounts import MONEY_UNIT, NUMBER, number
from catalog.loaders.headings import BOUND, MONEY_TOLD, UNIT_TOLD, standard
from catalog.loaders.reading import Sheet

ALONE = re.compile(r"\d+(?:\.\d+)?(?:\s*[-—－–~～至]+\s*\d+(?:\.\d+)?)?")
# Numbers with bounds and without their unit: 0.5以上2以下.
BOUNDED = re.compile(r"(?:\d+(?:\.\d+)?|以上|以下|以内|不足|[（(]不?含[）)]|[-—–－~～至到、，,\s])+")
# A sum in words among numbers of yuan: 500元, 一万元.
SUM = re.compile(rf"(?P<sum>{NUMBER})(?:{MONEY_UNIT})")
ONE_NUMBER = re.compile(r"\d+(?:\.\d+)?")
LINE = re.compile(rf"(?:^|[\s（(])(?:金额|货币)?单位[:：]\s*(?:人民币)?(?P<unit>{MONEY_TOLD})\s*[）)]?$")
# Sums that a benchmark keeps as numbers of yuan.
YUAN = frozenset(["low", "high", "default", "per_step", "cap"])
BOUNDS = frozenset(["low", "high"])
TEN_THOUSAND = "万元"


def unit_in(heading: str) -> str:
    """Return the unit a heading names in brackets."""
    found = UNIT_TOLD.search(heading)
    return found["unit"] if found else ""


def unit_above(sheet: Sheet, header_row: int) -> str:
    """Return the unit a line above the header names for the whole table."""
    texts = (sheet.own(row, column) for row in range(header_row) for column in sheet.filled(row))
    return next((found["unit"] for text in texts if (found := LINE.search(text))), "")


def suffix_of(heading: str, unit_above: str = "") -> str:
    """Say what a number alone means under a heading: 罚款幅度（万元） over 最高 is 万元以下."""
    is_bound = standard().field_of(heading) in BOUNDS
    unit = unit_in(heading) or unit_above or ("元" if is_bound else "")
    bound = BOUND.search(heading) if unit else None
    least = bound is not None and (bound["most"] or bound["edge"]) in {"低", "小", "下"}
    edge = "" if bound is None else "以上" if least else "以下"
    money, per, counted = unit.partition("/")
    return f"{money}{edge}{per}{counted}"


def counted_in(text: str, suffix: str) -> str:
    """Write the unit of a heading behind numbers that stand alone, with bounds or without."""
    if not suffix or not text[:1].isdigit():
        return text
    if ALONE.fullmatch(text):
        return f"{text}{suffix}"
    unit = suffix.replace("以上", "").replace("以下", "")
    return ONE_NUMBER.sub(rf"\g<0>{unit}", text) if unit and BOUNDED.fullmatch(text) else text


def in_yuan(text: str, unit: str) -> str:
    """Write a number of a unit in yuan, and a sum that names them; what is neither stays."""
    if told := SUM.fullmatch(text):
        return f"{number(told['sum']).normalize():f}"
    if (
        not unit.startswith(TEN_THOUSAND)
        or not ALONE.fullmatch(text)
        or not text.replace(".", "", 1).isdecimal()
    ):
        return text
    return f"{(Decimal(text) * 10_000).normalize():f}"
