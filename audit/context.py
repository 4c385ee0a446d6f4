"""Who acts, from where, in which request: carried beside the call, never through it."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act came from: network address and request id (both may be empty in a job)."""

    address: str = ""
    request_id: str = ""


NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("audit_origin", default=NOWHERE)


def current() -> Origin:
    """Return the origin of the running request or job."""
    return _origin.get()


def new_request_id() -> str:
    """Make a short id that a person can read out on the telephone, such as 7F3A-91C2."""
    digits = secrets.token_hex(4).upper()
    return f"{digits[:4]}-{digits[4:]}"


@contextmanager
def origin(*, address: str = "", request_id: str = "") -> Iterator[Origin]:
    """Set the origin for the duration of a request or job."""
    value = Origin(address=address, request_id=request_id or new_request_id())
    token = _origin.set(value)
    try:
        yield value
    finally:
        _origin.reset(token)


class RequestIdFilter(logging.Filter):
    """Put the request id on every log line, so that a reported id finds its lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id and let the line pass."""
        record.request_id = current().request_id or "-"
        return True
