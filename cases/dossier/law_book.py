"""The law as it stands for this county: packaged data plus its own approved figures and holiday years."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from time import monotonic
from typing import Any

from django.core.cache import cache

from audit.county import in_county
from cases.dossier.calendar_years import CalendarYear
from cases.dossier.figures import LawSetting
from law.book import ClockOverride, LawBook
from law.parameters import find_parameter
from law.profiles import NATIONAL, Profile, joined
from law.values import Value

CACHE_KEY = "law-settings"
TOLD = ("key", "value", "article", "source", "valid_from", "valid_to", "approved_by__name")
# A page asks for the book a hundred times; asking the cache each time was half of what a list cost.
LIVE_SECONDS = 1.0
NOTHING: tuple[float, LawBook | None] = (0.0, None)
_held: dict[str, tuple[float, LawBook | None]] = {}
CLOCK_PREFIX = "clock."
COUNTING_PREFIX = "counting."
LOCAL_PROFILE = "profile.local"


def law_book() -> LawBook:
    """Return the LawBook with this county's approved settings; built once for one set of settings."""
    until, book = _held.get("book", NOTHING)
    if book is None or monotonic() >= until:
        book = _read()
        _held["book"] = (monotonic() + LIVE_SECONDS, book)
    return book


def _read() -> LawBook:
    rows = cache.get(CACHE_KEY)
    if rows is None:
        approved = in_county(LawSetting).exclude(approved_by=None).order_by("key", "valid_from")
        years = in_county(CalendarYear).exclude(approved_by=None).order_by("approved_at", "id")
        rows = (
            *approved.values_list(*TOLD),
            *years.values_list("pk", "year"),
        )
        cache.set(CACHE_KEY, rows, timeout=60)
    return _derived(repr(rows)) if rows else LawBook.default()


def forget() -> None:
    """Read the settings anew after one was approved; other processes do so within a second."""
    cache.delete(CACHE_KEY)
    _held.clear()


@lru_cache(maxsize=4)
def _derived(_fingerprint: str) -> LawBook:
    approved = in_county(LawSetting).exclude(approved_by=None).select_related("approved_by")
    settings = list(approved.order_by("valid_from", "id"))
    years = in_county(CalendarYear).exclude(approved_by=None).order_by("approved_at", "id")
    return LawBook.default().with_overrides(
        values=list(_values(settings)),
        clocks=list(_clocks(settings)),
        years=[year.as_law() for year in years],
    )


def _values(settings: list[LawSetting]) -> Iterator[Value]:
    for row in settings:
        if not clock_of(row.key):
            yield Value(
                key=row.key,
                value=Decimal(str(row.value["value"]))
                if row.value.get("unit") in {"yuan", "rate"}
                else row.value["value"],
                unit=row.value.get("unit", "yuan"),
                valid_from=row.valid_from,
                valid_until=row.valid_to,
                keys=row.value.get("keys", {}),
                article_note=row.article,
                source=row.source,
                approved_by=row.approved_by.name if row.approved_by else "",
            )


def _clocks(settings: list[LawSetting]) -> Iterator[ClockOverride]:
    for row in settings:
        if clock_of(row.key):
            yield ClockOverride(
                clock_id=clock_of(row.key),
                settings=_settings(row.value),
                profile=row.value.get("keys", {}).get("profile", "national"),
                approved_by=row.article,
                valid_from=row.valid_from,
                valid_until=row.valid_to,
            )


def clock_of(key: str) -> str:
    """Return the clock that a key speaks of, by its length or its counting; nothing for a value."""
    for prefix in (CLOCK_PREFIX, COUNTING_PREFIX):
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return ""


def _settings(value: dict[str, Any]) -> dict[str, Any]:
    return {key: content for key, content in value.items() if key != "keys"}


def sector_of(domain: str) -> str:
    """Return the sector of an item's domain: some have procedure rules of their own."""
    if "市场监管" in domain:
        return "samr"
    if "城市管理" in domain or "城管" in domain or "住房" in domain or "住建" in domain:
        return "mohurd"
    return NATIONAL


def profile_of(domain: str, *, on: date) -> str:
    """Return the rules of a domain: its sector's, with those of the place the county had chosen by then."""
    return joined(sector_of(domain), local_profile(on=on))


def local_profile(*, on: date) -> Profile | None:
    """Return the rules of the place that the county has chosen, approved by a second person."""
    book = law_book()
    chosen = find_parameter(LOCAL_PROFILE, on=on, book=book)
    return book.profiles.get(str(chosen.value)) if chosen else None
