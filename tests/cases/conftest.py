"""A small county for every test of cases."""

from collections.abc import Iterator

import pytest

from cases.dossier import law_book
from tests.doors.county import SmallCounty, found_county
from tests.doors.drivers import RestDoor


@pytest.fixture
def county(db) -> SmallCounty:
    return found_county()


@pytest.fixture
def standing(laid: RestDoor, db: None) -> Iterator[RestDoor]:
    """The door of a module's `laid` case; whatever a test does behind it is undone."""
    law_book.forget()
    yield laid
    law_book.forget()
