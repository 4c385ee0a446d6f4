"""How far an item reaches in a list: free words kept, subject, area and excluded penalties also as data."""

import re
from typing import Any

from catalog.loaders.basis import penalty_kinds

WORDS = r"[^，。；;,（）()]{2,60}?"
ENDS = r"(?=[，。；;,（）()]|$)"
ONLY = re.compile(rf"(?:仅限于?|只限于?|限于?|仅适用于|适用于)(?P<what>{WORDS})(?:范围内|范围)?{ENDS}")
EXCEPT = re.compile(
    rf"(?P<what>{WORDS})(?:除外|不在此限|不含在内)"
    rf"|(?:不含|不包括|除)(?P<other>{WORDS})(?:外|以外)?{ENDS}"
)
LIMITING = ("限", "适用", "除", "不含", "不包括", "不在")
BRACKETS = re.compile(r"[（(]([^（）()]*(?:限于|仅限|只限|除外|不含|不包括)[^（）()]*)[）)]\s*$")
LEVEL_DIGITS = {"1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "乡级", "6": "村级"}
BODY_AND_LEVEL = re.compile(r"^(?P<body>[^（()）]{2,}?)\s*[（(](?P<levels>[^（()）]*级[^（()）]*)[)）]$")
BETWEEN = re.compile(r"[、，,；;/\s或和及]+")
PLACES = re.compile(r"[、，,；;\s]+")
STANDINGS = (
    ("suspended", re.compile(r"暂停|冻结|停用|中止")),
    ("cancelled", re.compile(r"取消|废止|删除|失效|注销|收回")),
)


def scope_of(name: str, note: str, place: str = "", level: str = "") -> dict[str, Any]:
    """Read the limits out of a remark, of brackets at the end of the name, of place and level."""
    behind = BRACKETS.findall(name) if name.endswith(("）", ")")) else ()
    limits = _limits("。".join(part for part in (note, *behind) if part))
    limits["area"] = [part for part in PLACES.split(place) if part]
    limits["levels"] = levels_in(level)
    return {name: value for name, value in limits.items() if value}


def _limits(text: str) -> dict[str, list[str]]:
    if not text or not any(word in text for word in LIMITING):
        return {}
    excluded = [(match["what"] or match["other"] or "").strip() for match in EXCEPT.finditer(text)]
    kinds = [kind for words in excluded for kind in penalty_kinds(words)]
    return {
        "subject": [match["what"].strip() for match in ONLY.finditer(text)],
        "excluded": [words for words in excluded if not penalty_kinds(words)],
        "excluded_kinds": list(dict.fromkeys(kinds)),
    }


def levels_in(text: str) -> list[str]:
    """List the levels a cell names: 2,3,4 or 省级、市级."""
    return [LEVEL_DIGITS.get(part, part) for part in BETWEEN.split(text) if part]


def body_and_level(text: str) -> tuple[str, str]:
    """Part a body from the levels that stand in brackets behind it."""
    match = BODY_AND_LEVEL.match(text.strip())
    return (match["body"], match["levels"]) if match else (text, "")


def standing_of(text: str) -> str:
    """Read whether an item is in use from its column of states."""
    return next((standing for standing, words in STANDINGS if words.search(text)), "in_use")
