"""Every provision a row cites, with its role: several bases in one cell or one in each of many columns."""

import re
from typing import Any

from catalog.loaders.basis import CITED, ONE, STATUTE, read_basis

SEGMENT = re.compile(
    r"(?:^|\n|(?<=[。；;]))\s*[;；]?\s*(?:[（(]?\d{1,2}[)）]?[、.．]\s*|[①-⑳]\s*|【[^】]{2,12}】\s*|增补依据[:：]\s*)+"
    r"|\n(?=\s*《)"
)
MAIN = {"coercion": "coercion", "inspection": "inspection"}
BY_COLUMN = (
    ("obligation", "obligation"),
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
    if not raw.get("obligation"):
        _add(found, "obligation", named, fields["obligation_article"], fields["obligation_text"])
    _add(found, main, named, fields["penalty_article"], fields["penalty_text"])
    for name, role in BY_COLUMN:
        if raw.get(name):
            for statute, article, text in bases_in(raw[name], named):
                _add(found, role, statute, article, text)
    basis = raw.get("basis", "")
    if basis and ("\n" in basis or basis.count("《") > 1):
        for statute, article, text in bases_in(basis, named):
            _add(found, main, statute, article, text)
    return [[*key, text] for key, text in found.items()]


def _add(found: dict[tuple[str, str, str], str], role: str, statute: str, articles: str, text: str) -> None:
    for article in ONE.findall(articles) or [articles]:
        if article and statute:
            found.setdefault((role, statute, article), text)


def bases_in(cell: str, named: str = "") -> list[tuple[str, str, str]]:
    """Part a cell into its bases: statute, article, text of each."""
    found = []
    for part in (part.strip() for part in SEGMENT.split(cell)):
        if not part:
            continue
        start = CITED.search(part)
        statute = STATUTE.search(part[: start.start()] if start else part)
        basis = read_basis(part, "" if statute else named)
        article = basis.penalty_article or basis.obligation_article
        if basis.statute_name and article:
            found.append((basis.statute_name, article, basis.text))
    return found
