"""A small county for every test of cases."""

from collections.abc import Callable, Iterator

import pytest

from cases.dossier import law_book
from tests.doors.county import SmallCounty, found_county
from tests.doors.drivers import PageDoor, RestDoor


@pytest.fixture
def county(db) -> SmallCounty:
    return found_county()


@pytest.fixture
def until(standing_before, db) -> Callable[[str], PageDoor]:
    """Return a maker of the pages of a small county whose one case waits for this act: until("decide")."""

    def pages(move: str) -> PageDoor:
        kept = standing_before(move)
        door = PageDoor(kept.county)
        door.case_id = kept.case_id
        return door

    return pages


@pytest.fixture
def standing(laid: RestDoor, db: None) -> Iterator[RestDoor]:
    """The door of a module's `laid` case; whatever a test does behind it is undone."""
    law_book.forget()
    yield laid
    law_book.forget()
