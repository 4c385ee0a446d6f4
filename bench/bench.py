"""What every line needs: scale, people, day, a floor connection, and signed-in browsers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
import psycopg
from django.test import Client

from bench.cast import Cast
from bench.scales import Scale
from townships.models import Officer

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Bench:
    """One measurement of one scale."""

    scale: Scale
    cast: Cast
    today: date
    at: datetime
    floor: psycopg.Connection[Any]

    def rows(self, statement: str, *values: Any) -> list[Any]:
        """Run a prepared statement on the floor's connection."""
        return self.floor.execute(statement, values, prepare=True).fetchall()

    def as_json(self, statement: str, *values: Any) -> bytes:
        """Return the rows of a prepared statement as JSON, with the names of their columns."""
        cursor = self.floor.execute(statement, values, prepare=True)
        names = [column.name for column in cursor.description or ()]
        return orjson.dumps([dict(zip(names, row, strict=True)) for row in cursor.fetchall()], default=str)

    def signed_in(self, officer: Officer) -> Client:
        """Return a browser in which the officer is signed in."""
        browser = Client()
        browser.force_login(officer, backend=BACKEND)
        return browser

    def visit(self, officer: Officer, address: str) -> Callable[[], object]:
        """Return a visit of an address that fails when it is not served."""
        browser = self.signed_in(officer)

        def get() -> object:
            response = browser.get(address)
            if response.status_code != 200:
                raise RuntimeError(f"{address} answered {response.status_code}: {response.content[:400]!r}")
            return response.content

        return get
