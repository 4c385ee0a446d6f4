"""Read keys, days and addresses as they come in an address or a form: what fits, or nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from desk import clock

# A key of the database has at most nineteen digits; of a longer one there is no row.
LONGEST = 18
# Nothing an office does lies outside, and instants at the ends of time have no zone.
FIRST_YEAR, LAST_YEAR = 1900, 2199


def key_of(text: Any) -> int | None:
    """Return the number, or None for whatever can be no key."""
    written = str(text or "")
    return int(written) if len(written) <= LONGEST and written.isascii() and written.isdigit() else None


def day_of(text: Any) -> date | None:
    """Return the day written as 2026-03-02, or None for whatever is no day of our time."""
    try:
        found = date.fromisoformat(str(text or ""))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def day_asked(request: HttpRequest) -> date:
    """Return the day a page is asked about, ?on=; today without one."""
    return day_of(request.GET.get("on")) or clock.today()


def page_of(text: Any) -> str:
    """Return the address of a page of this site, or nothing for whatever leads elsewhere."""
    written = str(text or "")
    return written if written.startswith("/") and url_has_allowed_host_and_scheme(written, None) else ""


class ReadableAddress:
    """Refuse an address with a zero byte in its question: no text of the database holds one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 400, or pass the request on."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("a zero byte in the address")
        return self.get_response(request)
