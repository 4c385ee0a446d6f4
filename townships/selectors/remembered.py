"""Names of bodies and people, kept in the process: they change rarely, and every list asks for them."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from time import monotonic
from typing import Any, Generic, TypeVar

from townships.models import Body, County, Officer
from townships.selectors.bodies import townships_on

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
LIVE_SECONDS = 30.0
_memories: "list[Remembered[Any, Any]]" = []


class Remembered(Generic[K, T]):
    """Rows by key; one that is not known is read at once, all are read anew after a while.

    For display only: what an act relies on is read from the database.
    """

    def __init__(self, read: Callable[[set[K]], Mapping[K, T]], *, seconds: float = LIVE_SECONDS) -> None:
        self._read, self._seconds = read, seconds
        self._known: dict[K, T] = {}
        self._until = 0.0
        _memories.append(self)

    def get(self, keys: Iterable[K | None]) -> Mapping[K, T]:
        """Return at least the rows of these keys, as far as there are such rows."""
        if monotonic() >= self._until:
            self._known, self._until = {}, monotonic() + self._seconds
        known = self._known
        missing = {key for key in keys if key is not None and key not in known}
        if missing:
            known.update(self._read(missing))
        return known

    def forget(self) -> None:
        """Let the next question read anew."""
        self._until = 0.0


def forget() -> None:
    """Read everything anew after a change; other processes do so within LIVE_SECONDS."""
    for memory in _memories:
        memory.forget()


def _bodies(keys: set[int]) -> Mapping[int, Body]:
    return Body.objects.in_bulk(keys)


def _officers(keys: set[int]) -> Mapping[int, Officer]:
    return Officer.objects.only("id", "name").in_bulk(keys)


def _counties(keys: set[int]) -> Mapping[int, County]:
    return County.objects.in_bulk(keys)


def _townships(days: set[date]) -> Mapping[date, list[tuple[int, str]]]:
    return {day: list(townships_on(day).values_list("pk", "short_name")) for day in days}


# Keys and short names of the townships of a day, to choose from.
townships = Remembered(_townships)
counties = Remembered(_counties)
bodies = Remembered(_bodies)
officers = Remembered(_officers)
