"""A site of its own for each test of faults; what its processes commit is really committed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from enforcement.celery import app
from enforcement.local import address
from tests.faults.site import WITNESS, Site

DATABASE = "enforcement_faults"


def forget_connections() -> None:
    """Make the next message go where the settings now say."""
    if app._pool is not None:
        app._pool.force_close_all()
    app._pool = None
    app.amqp._producer_pool = None


@pytest.fixture
def database(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """A fresh database, thrown away after the test: the trail in it can never be emptied."""
    original = connection.settings_dict["NAME"]
    # The worker's own database may be in use by threads of earlier tests, and then cannot be copied.
    source = os.environ.get("TEST_DATABASE_TEMPLATE", original)
    copy = f"{DATABASE}_{original}"
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{source}"')
        connection.settings_dict["NAME"] = copy
        try:
            with connection.cursor() as cursor:
                cursor.execute(WITNESS)
            yield copy
        finally:
            connection.close()
            connection.settings_dict["NAME"] = original
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


@pytest.fixture
def site(database: str, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site with a running broker, to which this process sends its messages too."""
    site = Site(tmp_path, database)
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_connections()
    monkeypatch.setenv("CELERY_BROKER_URL", address.celery_url(site.redis_url))
    try:
        site.start_broker()
        yield site
    finally:
        forget_connections()
        site.stop()
