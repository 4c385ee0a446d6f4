"""What the county asks of its force: numbers of the law's data with the county's approved settings."""

from collections.abc import Callable
from datetime import date

from law.book import LawBook
from law.parameters import find_parameter

_asked: dict[str, Callable[[], LawBook]] = {"book": LawBook.default}


def provide(book: Callable[[], LawBook]) -> None:
    """Name where the county's approved settings are kept; the register itself knows only the defaults."""
    _asked["book"] = book


def measure(key: str, on: date) -> int:
    """Return a number asked on a day; nothing is asked before the rule began."""
    found = find_parameter(key, on=on, book=_asked["book"]())
    return 0 if found is None else int(found.value)


def says(key: str, word: str, on: date) -> bool:
    """Tell whether a setting says a word on a day."""
    found = find_parameter(key, on=on, book=_asked["book"]())
    return found is not None and found.value == word
