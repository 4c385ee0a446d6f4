"""The world, founded once; what a test does in it is undone."""

import logging
from collections.abc import Iterator

import pytest
from rest_framework.throttling import AnonRateThrottle

from cases.overview import forms
from desk import parts
from tests.access.world import NOW, World, laid_world
from tests.doors.drivers import at

__all__ = ["laid_world"]


@pytest.fixture
def world(laid_world: World, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The two townships on one morning, asked as often as needed; refusals, expected here, are not logged."""
    for scope in ("public", "public_export"):
        monkeypatch.setitem(AnonRateThrottle.THROTTLE_RATES, scope, None)
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
    forms._read.cache_clear()
