"""Icons drawn into the page itself: a committed list of names, read once from the collected icon files."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString

NAMES_FILE = Path(__file__).with_name("icons.txt")
EMPTY_FRAME = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class UnknownIcon(LookupError):
    """The icon is not in icons.txt, or its file has not been collected."""


@cache
def names() -> frozenset[str]:
    """Return the names that may be used."""
    return frozenset(NAMES_FILE.read_text(encoding="ascii").split())


@cache
def paths_of(name: str) -> str:
    """Return the drawing of an icon without its frame."""
    if name not in names():
        raise UnknownIcon(f"icon {name!r} is not in {NAMES_FILE.name}")
    found = finders.find(f"vendor/tabler-icons/outline/{name}.svg")
    if not isinstance(found, str):
        raise UnknownIcon(f"the file of icon {name!r} is not collected; run: make env")
    match = INNER.search(Path(found).read_text(encoding="utf-8"))
    if match is None:
        raise UnknownIcon(f"the file of icon {name!r} holds no drawing")
    return re.sub(r"\s+", " ", match.group(1).replace(EMPTY_FRAME, "")).replace("> <", "><").strip()


@cache
def draw(name: str, css: str = "") -> SafeString:
    """Return the icon as inline SVG, hidden from screen readers: a word always stands beside it."""
    classes = f"icon {css}".strip()
    return SafeString(
        f'<svg class="{classes}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{paths_of(name)}</svg>"
    )
