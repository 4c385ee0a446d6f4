"""The world, founded once a module; what a test does in it is undone."""

import logging
from collections.abc import Iterator

import pytest

from tests.access.world import NOW, World, laid_world
from tests.doors.drivers import at

__all__ = ["laid_world"]


@pytest.fixture
def world(laid_world: World, db: None) -> Iterator[World]:
    """The two townships on one morning; refusals are expected here, so they are not logged."""
    logging.disable(logging.ERROR)
    with at(NOW):
        yield laid_world
    logging.disable(logging.NOTSET)
