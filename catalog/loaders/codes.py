"""Codes of items: text with leading zeros, in one of many schemes; what a spreadsheet did to them."""

import re
import unicodedata

BASIC_LENGTH = 12
IMPLEMENTATION_LENGTHS = {31, 33}
# More digits than these a spreadsheet does not keep of a number.
EXACT_DIGITS = 15
SPACE = re.compile(r"\s+")
SEVERAL = re.compile(r"[、，,；;/\n]+")
POWER_OF_TEN = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")


def scheme_of(code: str) -> str:
    """Name the scheme of a code by its length and characters, no harder than that."""
    if code.isdigit() and len(code) == BASIC_LENGTH:
        return "basic"
    if code.isascii() and code.isalnum() and len(code) in IMPLEMENTATION_LENGTHS:
        return "implementation"
    return "local"


def codes_in(cell: str) -> list[str]:
    """List the codes of one cell; the mark by which spreadsheets keep text is no part of a code."""
    text = unicodedata.normalize("NFKC", cell)
    parts = (SPACE.sub("", part.strip().removeprefix("'")) for part in SEVERAL.split(text))
    return [part for part in parts if part]


def is_damaged(code: str, *, was_number: bool, longest: int) -> bool:
    """Tell a code that lost its leading zeros or last digits: basic codes have twelve."""
    if POWER_OF_TEN.fullmatch(code):
        return True
    if was_number and len(code) > EXACT_DIGITS:
        return True
    short = code.isdigit() and 7 <= len(code) < BASIC_LENGTH
    return short and (was_number or longest >= BASIC_LENGTH)
