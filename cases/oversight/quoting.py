"""Which instruments print the name of a law: their templates have to be read again when it is amended."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

from papers.instruments import INSTRUMENTS, Instrument

FOLDER = Path(settings.BASE_DIR) / "templates"
PART = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
NATION = "中华人民共和国"


def quoting(statute: str) -> list[Instrument]:
    """Return the instruments whose template, or a part of it, names a law."""
    name = statute.strip().strip("《》").removeprefix(NATION)
    return [one for kind, one in INSTRUMENTS.items() if name and name in _source(f"instruments/{kind}.html")]


@cache
def _source(template: str) -> str:
    """Join the text of a template with that of the parts it is made of."""
    return "\n".join(_texts(template, set()))


def _texts(template: str, met: set[str]) -> Iterator[str]:
    path = FOLDER / template
    if template in met or not path.is_file():
        return
    met.add(template)
    text = path.read_text(encoding="utf-8")
    yield text
    for part in PART.findall(text):
        yield from _texts(part, met)
