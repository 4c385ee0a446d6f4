"""A real headless Chromium, a county clock that tests may set, and a person who works with both."""

import os
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from desk import clock
from tests.browser.person import PATIENCE_MS, Person
from tests.cases.standing import step_of
from tests.doors.drivers import RestDoor
from tests.factories.townships import PASSWORD
from tests.platform.processes import eventually
from townships.models import Officer

# Playwright's own event loop runs in this thread; the database calls of the tests are plain and blocking.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Each page runs the accessibility rules once: compiling them well never pays.
    "--js-flags=--no-opt --no-maglev",
]
# How long a page may take to show what it should: a busy machine is slow, and not a defect of the page.
expect.set_options(timeout=PATIENCE_MS)
# At a desk, and on a phone in the other language with large text.
WAYS: tuple[dict[str, Any], ...] = (
    {"language": "zh-hans", "width": 1366, "large": False},
    {"language": "en", "width": 375, "large": True},
)
SHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """The browser, closed before the database is dropped.

    While Playwright's loop runs in this thread, Django keeps connections of its own for it: nobody else would
    close them, and the database could not be dropped.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
        connections.close_all()


@pytest.fixture(scope="session", autouse=True)
def _static_files_stay() -> Iterator[None]:
    """Let a browser keep static files, as it may where their names carry a digest."""
    plain = StaticFilesHandler.serve

    def lasting(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        answer = plain(handler, request)
        answer.headers["Cache-Control"] = "max-age=3600"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", lasting)
        yield


@pytest.fixture(autouse=True)
def _all_answered(live_server, transactional_db) -> Iterator[None]:
    """Empty no table while the server answers what a closed browser asked: it may keep a draft."""
    yield
    assert eventually(lambda: not any("process_request" in thread.name for thread in threading.enumerate()))


class CountyClock:
    """The clock of the entry points, set to a local instant and running on from there."""

    def __init__(self) -> None:
        self.set("2026-03-02T09:00")

    def set(self, moment: str) -> None:
        self.start = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        self.since = monotonic()

    def now(self) -> datetime:
        return self.start + timedelta(seconds=monotonic() - self.since)


@pytest.fixture
def county_clock(monkeypatch) -> CountyClock:
    hand = CountyClock()
    monkeypatch.setattr(clock, "now", hand.now)
    monkeypatch.setattr(clock, "today", lambda: hand.now().date())
    return hand


@pytest.fixture
def before(standing_before, transactional_db, county_clock) -> Callable[[str], RestDoor]:
    """Return a maker of a county at the instant at which an act is next: before("decide")."""

    def stand(move: str) -> RestDoor:
        door = standing_before(move)
        county_clock.set(step_of(door.county, move).at)
        return door

    return stand


@pytest.fixture
def person(browser, live_server, transactional_db):
    """Return a maker of people at their own browser: person("clerk") signs in by the login page."""
    contexts = []

    def come(username: str, *, width: int = 1366, height: int = 768) -> Person:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", accept_downloads=True
        )
        contexts.append(context)
        page: Page = context.new_page()
        someone = Person(page, live_server.url, SHOTS)
        someone.sign_in(username, PASSWORD)
        return someone

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(browser, live_server, transactional_db):
    """Return a maker of people who are signed in already, in a language and at a size of window and text."""
    contexts = []

    def come(
        officer: Officer | None, *, language: str = "zh-hans", width: int = 1366, large: bool = False
    ) -> Person:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN")
        contexts.append(context)
        cookies = {"django_language": language, "large_text": "1" if large else "0"}
        if officer is not None:
            client = Client()
            client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
            cookies["sessionid"] = client.cookies["sessionid"].value
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        return Person(context.new_page(), live_server.url, SHOTS)

    yield come
    for context in contexts:
        context.close()
