"""What every test may ask for: a signed-in browser, a stopped clock."""

import contextlib
import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as site
from django.core.cache import cache
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

from cases.dossier import law_book
from tests.doors.drivers import RestDoor
from tests.doors.kept import moments
from tests.plugins.rows import empty_written_tables
from townships.models import Officer
from townships.selectors import remembered

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
LONG = ("browser", "workers", "doors")
# The same examples in every run, with all the time they need: a run tells of the code, not of the machine.
settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in LONG))


def pytest_collection_finish() -> None:
    """Spare the collector what was imported, which stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _files() -> Iterator[None]:
    """Remove the session's folder of uploaded files at the end; the settings made it."""
    yield
    shutil.rmtree(site.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _nothing_runs_out() -> Iterator[None]:
    """Let a test hold to its end what it has read: however slow the machine is, it asks the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(law_book, "LIVE_SECONDS", 3600.0)
        for memory in remembered._memories:
            patch.setattr(memory, "_seconds", 3600.0)
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Let no test meet what the process holds from the one before: logins, settings, names."""
    cache.clear()
    law_book.forget()
    remembered.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Empty the tables behind transactional tests our way: truncating is slow, and the trail refuses it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: empty_written_tables())
        yield


@pytest.fixture(scope="session")
def standing_before(django_db_setup, django_db_blocker) -> Callable[[str], RestDoor]:
    """Return a maker of a small county whose case waits for an act of the script: standing_before("decide").

    The script is walked when the fixture is made, before anything of a test can have changed its course.
    """
    with django_db_blocker.unblock():
        found = moments()
    return lambda move: found[move].again()


@pytest.fixture
def login(db: None) -> Callable[[Officer], Client]:
    """Return a browser in which the officer is signed in."""

    def start(officer: Officer) -> Client:
        browser = Client()
        browser.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return start


@pytest.fixture
def freeze() -> Iterator[Callable[[date | str], datetime]]:
    """Stop the clock at a local day or instant: freeze("2026-03-02"), freeze("2026-03-02 09:30")."""
    with contextlib.ExitStack() as stopped:

        def stop(moment: date | str) -> datetime:
            at = datetime.fromisoformat(str(moment))
            at = at if at.tzinfo else at.replace(tzinfo=COUNTY_TIME)
            stopped.enter_context(time_machine.travel(at, tick=False))
            return at

        yield stop
