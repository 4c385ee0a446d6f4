"""The world, founded once; what a test does in it is undone."""

import logging
from collections.abc import Iterator

import pytest

from desk import parts
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


@pytest.fixture
def blank_pages(settings) -> Iterator[None]:
    """Lay out no page: that takes longer than opening or shutting the door, and is looked at elsewhere."""
    settings.TEMPLATES = [{"BACKEND": "tests.access.blank.BlankEngine"}]
    yield
    # What was drawn blank would be shown to the tests that follow.
    parts.laid_out.cache_clear()
