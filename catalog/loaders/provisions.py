"""Every provision a row cites, with its role: several bases in one cell or one in each of many columns."""

import re
from typing import Any

from catalog.loaders.basis import ARTICLE, CITED, ONE, STATUTE, penalty_kinds, read_basis

NUMBERED = r"(?:[（(]?\d{1,2}[)）]?[、.．]\s*|[①-⑳]\s*|【[^】]{2,12}】\s*|增补依据[:：]\s*)"
# Numbers that also count the parts of an article begin a basis only before a law.
BEFORE_A_LAW = r"(?:(?:[（(]\d{1,2}[)）]|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]{1,2})\s*(?=[《【]))"
SEGMENT = re.compile(
    rf"(?:^|\n|(?<=[。；;]))\s*[;；]?\s*(?:{NUMBERED}|{BEFORE_A_LAW})+"
    r"|\n(?=\s*《)|(?<=[。；;])\s*(?=《[^《》]{2,60}》(?:[（(][^）)]{2,20}[)）])?\s*第)"
)
# Articles of one statute, one below the other: 《某法》第四十六条 …… 第七十七条 ……
NEXT_ARTICLE = re.compile(rf"(?:\n|(?<=[。…]))\s*(?={ARTICLE}[\s：:])")
DUTY = re.compile(r"应当|不得|禁止|必须|须经")
MAIN = {"coercion": "coercion", "inspection": "inspection"}
BY_COLUMN = (
    ("penalty", "penalty"),
    ("coercion", "coercion"),
    ("inspection", "inspection"),
    ("discretion", "discretion"),
)


def citations_of(raw: dict[str, str], fields: dict[str, Any]) -> list[list[str]]:
    """List role, statute, article and text of what a row cites; the first is what its fields say."""
    main = MAIN.get(fields["power_type"], "penalty")
    found: dict[tuple[str, str, str], str] = {}
    named = fields["statute_name"]
    if raw.get("obligation"):
        for statute, article, text in bases_in(raw["obligation"], named):
            _add(found, "obligation", statute, article, text)
    else:
        _add(found, "obligation", named, fields["obligation_article"], fields["obligation_text"])
    _add(found, main, named, fields["penalty_article"], fields["penalty_text"])
    for name, role in BY_COLUMN:
        if raw.get(name):
            for statute, article, text in bases_in(raw[name], named):
                _add(found, role, statute, article, text)
    basis = raw.get("basis", "")
    if basis and ("\n" in basis or basis.count("《") > 1):
        for statute, article, text in bases_in(basis, named):
            _add(found, "obligation" if is_duty(text) else main, statute, article, text)
    return [[*key, text] for key, text in found.items()]


def _add(found: dict[tuple[str, str, str], str], role: str, statute: str, articles: str, text: str) -> None:
    for article in ONE.findall(articles) or [articles]:
        if article and statute:
            found.setdefault((role, statute, article), text)


def segments(cell: str) -> list[str]:
    """Part a cell into the bases it lists, each as it is written."""
    return [part for one in SEGMENT.split(cell) if one.strip() for part in _by_article(one.strip())]


def _by_article(segment: str) -> list[str]:
    """Part the articles of one statute, each under its name."""
    first, *others = NEXT_ARTICLE.split(segment)
    named = STATUTE.search(first)
    if not others or named is None:
        return [segment]
    parts = [f"{named[0]}{other.strip()}" for other in others]
    return [first.strip(), *parts] if CITED.search(first, named.end()) else parts


def is_duty(text: str) -> bool:
    """Tell the words that lay down a duty from those that impose something for its breach."""
    return bool(text) and not penalty_kinds(text) and bool(DUTY.search(text))


def main_of(cell: str) -> tuple[str, list[str]]:
    """Return the basis of a cell that imposes something, else its first; and the others."""
    parts = segments(cell)
    if len(parts) < 2:
        return cell, []
    main = next((part for part in parts if penalty_kinds(part)), parts[0])
    return main, [part for part in parts if part is not main]


def bases_in(cell: str, named: str = "") -> list[tuple[str, str, str]]:
    """Part a cell into its bases: statute, article, text of each."""
    found = []
    for part in segments(cell):
        start = CITED.search(part)
        statute = STATUTE.search(part[: start.start()] if start else part)
        basis = read_basis(part, "" if statute else named)
        article = basis.penalty_article or basis.obligation_article
        if basis.statute_name and article:
            found.append((basis.statute_name, article, basis.text))
    return found
