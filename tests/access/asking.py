"""Ask an address as somebody, undo whatever it did, and tell how the door answered."""

from typing import Any

from django.db import transaction
from django.http import HttpResponseBase

from tests.access.world import World

IN, SIGN_IN, FORBIDDEN, NOT_THERE, NO_SUCH_METHOD = "200", "401", "403", "404", "405"


def answer(world: World, who: str, method: str, url: str, data: Any = None) -> HttpResponseBase:
    """The answer itself, which is never an error; nothing of what was asked for stays."""
    extra = {"content_type": "application/json"} if url.startswith("/api/") and method != "get" else {}
    with transaction.atomic():
        found = getattr(world.browser(who), method)(url, {} if data is None else data, **extra)
        transaction.set_rollback(True)
    assert found.status_code < 500 or found.status_code == 503, (who, method, url, data, found.status_code)
    assert found.status_code != 429, (who, method, url)
    return found


def told(world: World, who: str, method: str, url: str) -> str:
    """Let in, sent to sign in, forbidden or not there; what is let in may still lack what a form needs."""
    found = answer(world, who, method, url)
    if found.status_code == 302 and "/login/" in found["Location"] and who == "nobody":
        return SIGN_IN
    word = str(found.status_code)
    return word if word in {SIGN_IN, FORBIDDEN, NOT_THERE, NO_SUCH_METHOD} else IN
