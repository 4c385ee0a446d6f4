"""The press itself: a process that lays out papers with bounded memory and time, and without network.

It knows no site, no settings and no database. papers.press starts it and speaks with it over its standard
streams: one line of JSON in; one line of JSON and then the PDF out.
"""

import ctypes
import json
import logging
import math
import os
import re
import resource
import select
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from typing import IO, Any

from papers import engine, fetcher
from papers.engine import (
    CSS,
    HTML,
    FatalURLFetchingError,
    FontConfiguration,
    URLFetcher,
    URLFetcherResponse,
)

MAX_PAGES = 400
# An idle press gives its memory back; the next paper starts another.
IDLE_SECONDS = 600
FORBIDDEN = re.compile(r"socket\.(connect|bind|sendto|getaddrinfo)|subprocess\.|os\.(system|exec|fork|spawn)")
NEW_NETWORK, NEW_USER = 0x40000000, 0x10000000
Reply = dict[str, Any]
_UNSUPPORTED = re.compile(r"unsupported by fonts: \"(.)\"", re.DOTALL)


class PaperFetcher(URLFetcher):  # type: ignore[misc]  # the engine is untyped
    """Let the engine draw only what papers.fetcher allows."""

    def __init__(self, pictures: Mapping[str, str]) -> None:
        super().__init__(fail_on_errors=True)
        self._pictures = pictures

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return the resource behind an allowed address."""
        data, media = fetcher.read(url, self._pictures)
        return URLFetcherResponse(url, body=data, headers={"Content-Type": media})


class _Collector(logging.Handler):
    """Catch the engine's complaints about characters that no face has."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Note the character."""
        self.missing.update(_UNSUPPORTED.findall(record.getMessage()))


@contextmanager
def _watching() -> Iterator[set[str]]:
    log, collector = logging.getLogger("weasyprint"), _Collector()
    log.addHandler(collector)
    try:
        yield collector.missing
    finally:
        log.removeHandler(collector)


@cache
def _font_configuration() -> FontConfiguration:
    return FontConfiguration()


@lru_cache(maxsize=2)
def _sheet(text: str) -> CSS:
    return CSS(string=text, font_config=_font_configuration(), url_fetcher=PaperFetcher({}))


def lay_out(job: Mapping[str, Any]) -> tuple[Reply, bytes]:
    """Lay out one paper; what stops it is told by a word."""
    try:
        with _watching() as missing:
            document = HTML(string=job["html"], url_fetcher=PaperFetcher(job["pictures"])).render(
                font_config=_font_configuration(), stylesheets=[_sheet(job["style"])]
            )
            if len(document.pages) > MAX_PAGES:
                return {"refused": "too_long", "limit": MAX_PAGES}, b""
            pdf = document.write_pdf()
    except FatalURLFetchingError:
        return {"refused": "picture"}, b""
    return {"pages": len(document.pages), "missing": sorted(missing), "cpu": _used()}, pdf


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def bound(*, memory: int, seconds: int) -> None:
    """Bound one paper: bytes of address space, seconds of CPU from now on; beyond them the process ends."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
    end = math.ceil(_used()) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))


def confine() -> None:
    """Shut the process off: no network, no further process, no file written, no image of its memory."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        # Where the kernel lets nobody do this, the hook below still stands.
        if libc.unshare(NEW_NETWORK) != 0:
            libc.unshare(NEW_USER | NEW_NETWORK)
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        resource.setrlimit(limit, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: object) -> None:
    if FORBIDDEN.match(event):
        raise PermissionError(f"a press does not do {event}")


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    """Lay out what is asked, until nobody asks any more."""
    while select.select([source], [], [], IDLE_SECONDS)[0] and (line := source.readline()):
        job = json.loads(line)
        bound(memory=job["memory"], seconds=job["seconds"])
        try:
            reply, pdf = lay_out(job)
        except (MemoryError, RecursionError, ValueError, ArithmeticError, LookupError, TypeError) as error:
            reply, pdf = {"refused": "failed", "why": f"{type(error).__name__}: {error}"[:300]}, b""
        target.write(json.dumps({**reply, "size": len(pdf)}).encode() + b"\n" + pdf)
        target.flush()


def main() -> None:
    """Warm up, shut off, serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger("weasyprint").setLevel(logging.WARNING)
    logging.getLogger("weasyprint").propagate = False
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if engine.ABSENCE:
        answers.write(json.dumps({"absent": engine.ABSENCE}).encode() + b"\n")
        return
    _font_configuration()
    confine()
    answers.write(b"{}\n")
    answers.flush()
    serve(sys.stdin.buffer, answers)
    # Nothing is left to put away, and an interpreter that ends with its hook set may crash at the very end.
    os._exit(0)


if __name__ == "__main__":
    main()
