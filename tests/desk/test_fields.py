"""What a browser or a program sends as a date and time."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from desk.fields import DateTimeField


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-02T09:00", datetime(2026, 3, 2, 1, 0, tzinfo=UTC)),
        ("2026-03-02 09:00", datetime(2026, 3, 2, 1, 0, tzinfo=UTC)),
        ("2026-03-02T01:00:00Z", datetime(2026, 3, 2, 1, 0, tzinfo=UTC)),
        ("2026-03-02T09:00:00+08:00", datetime(2026, 3, 2, 1, 0, tzinfo=UTC)),
    ],
)
def test_local_time_and_time_with_a_zone_are_read(text, instant):
    assert DateTimeField().clean(text) == instant


@pytest.mark.parametrize("text", ["2026-02-30T09:00", "2026-13-01T09:00", "今天", "2026-03-02T25:00"])
def test_what_is_no_instant_is_an_error_of_the_field_and_no_crash(text):
    with pytest.raises(ValidationError):
        DateTimeField().clean(text)
