"""A small county for every test of cases."""

import pytest

from tests.doors.county import SmallCounty, found_county


@pytest.fixture
def county(db) -> SmallCounty:
    return found_county()
