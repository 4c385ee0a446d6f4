"""The frame of a page: drawn once for all it shows, and filled with what belongs to one request alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from desk.navigation import Acting, Link

# Neither a text of the database nor an address can hold it.
HOLE = "\x00"


def hole(name: str) -> SafeString:
    """Leave room for a value that every request has of its own."""
    return SafeString(f"{HOLE}{name}{HOLE}")


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, as the frame names them."""

    name: str
    username: str
    is_staff: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything a part of the frame can show; the part sees nothing else, so equal ones look alike."""

    officer: Person | None
    large_text: bool
    site_name: str
    search: tuple[str, str] | None
    acting: Acting | None = None
    unread: int = 0
    nav: tuple[Link, ...] = ()

    @property
    def address(self) -> SafeString:
        """Where the page stands, with its question."""
        return hole("address")

    @property
    def address_quoted(self) -> SafeString:
        """The same as a value in another address."""
        return hole("address_quoted")

    @property
    def path(self) -> SafeString:
        """Where the page stands."""
        return hole("path")

    @property
    def request_id(self) -> SafeString:
        """The id that finds the log lines of the request."""
        return hole("request_id")


def drawn(part: str, seen: Seen, own: Mapping[str, Any]) -> SafeString:
    """Return components/<part>.html for what it shows, its holes filled with the request's own values."""
    pieces = list(_laid_out(part, seen, get_language()))
    pieces[1::2] = [conditional_escape(own[name]) for name in pieces[1::2]]
    return SafeString("".join(pieces))


@lru_cache(maxsize=2048)
def _laid_out(part: str, seen: Seen, _language: str | None) -> tuple[str, ...]:
    """Lay a part out once for what it shows in a language; every second piece names a hole."""
    html = render_to_string(f"components/{part}.html", {"shell": seen, "csrf_token": hole("csrf_token")})
    return tuple(html.split(HOLE))
