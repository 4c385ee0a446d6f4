"""The rail: each app declares its entries in its own nav.py; an entry one may not use is absent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

Officer = Any
Shown = Callable[[Officer, date], bool]
Count = Callable[[Officer, date], int | None]


def for_everyone(_officer: Officer, _on: date) -> bool:
    """Show an entry to whoever is signed in."""
    return True


def uncounted(_officer: Officer, _on: date) -> int | None:
    """Show no number beside an entry."""
    return None


@dataclass(frozen=True, slots=True)
class Entry:
    """One job in the rail: its word, icon, address, place, who sees it and what number stands beside it.

    covers: how further addresses of the same job begin.
    """

    key: str
    label: str | Promise
    icon: str
    url_name: str
    order: int
    shown: Shown = for_everyone
    count: Count = uncounted
    covers: tuple[str, ...] = ()

    @property
    def group(self) -> int:
        """Entries of one ten stand together; a line parts the tens."""
        return self.order // 10


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the page shows it."""

    key: str
    label: str
    icon: str
    url: str
    count: int | None
    active: bool
    starts_group: bool


@dataclass(frozen=True, slots=True)
class Acting:
    """The body one acts for, and every post held today (role, body): what one may do follows from these."""

    label: str
    posts: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(slots=True)
class _House:
    entries: dict[str, Entry] = field(default_factory=dict)
    site_name: Callable[[], str] | None = None
    acting: Callable[[HttpRequest], Acting | None] | None = None
    search: tuple[str, str] | None = None


_house = _House()


def declare(*entries: Entry) -> None:
    """Add entries to the rail; a key declared twice is an error."""
    for entry in entries:
        if _house.entries.setdefault(entry.key, entry) is not entry:
            raise ValueError(f"the rail entry {entry.key!r} is declared twice")


def provide_site_name(provider: Callable[[], str]) -> None:
    """Say who names the site in the top bar."""
    _house.site_name = provider


def provide_acting(provider: Callable[[HttpRequest], Acting | None]) -> None:
    """Say who knows which body the officer acts for."""
    _house.acting = provider


def provide_search(url_name: str, *, parameter: str = "q") -> None:
    """Say which page answers the search box of the top bar."""
    _house.search = (url_name, parameter)


def site_name() -> str:
    """Return the name of the site, or nothing when no app provides one."""
    return _house.site_name() if _house.site_name else ""


def acting(request: HttpRequest) -> Acting | None:
    """Return the body acted for, if an app knows it."""
    return _house.acting(request) if _house.acting else None


def search_box() -> tuple[str, str] | None:
    """Return address and parameter of the search page, if there is one."""
    if _house.search is None:
        return None
    url_name, parameter = _house.search
    return _address(url_name), parameter


def links(officer: Officer, on: date, path: str) -> list[Link]:
    """List the entries this officer may use; the longest address that begins the path is the active one."""
    shown = [entry for entry in sorted(_house.entries.values(), key=_by_order) if entry.shown(officer, on)]
    urls = {entry.key: _address(entry.url_name) for entry in shown}
    language = get_language()
    active = _active_key({entry.key: (urls[entry.key], *entry.covers) for entry in shown}, path)
    result: list[Link] = []
    group = None
    for entry in shown:
        result.append(
            Link(
                key=entry.key,
                label=_word(entry.key, language),
                icon=entry.icon,
                url=urls[entry.key],
                count=entry.count(officer, on),
                active=entry.key == active,
                starts_group=group is not None and entry.group != group,
            )
        )
        group = entry.group
    return result


@lru_cache(maxsize=256)
def _word(key: str, _language: str | None) -> str:
    """Say the word of an entry, looked up once for each language."""
    return str(_house.entries[key].label)


def _address(url_name: str) -> str:
    return _found_address(url_name, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=256)
def _found_address(url_name: str, _urlconf: str | None, _prefix: str) -> str:
    """Find an address once for each set of addresses."""
    return reverse(url_name)


def _by_order(entry: Entry) -> int:
    return entry.order


def _active_key(places: dict[str, tuple[str, ...]], path: str) -> str:
    fitting = [
        (len(url), key)
        for key, urls in places.items()
        for url in urls
        if path == url or (url != "/" and path.startswith(url))
    ]
    return max(fitting, default=(0, ""))[1]
