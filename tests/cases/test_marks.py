"""The marks of a period: an agency is late, a party has let its time run out."""

from datetime import date

import pytest

from cases.clocks.models import Clock
from cases.overview.badges import period
from tests.doors.drivers import instant


@pytest.mark.parametrize(
    ("kind", "stopped", "word"),
    [
        ("fine_payment", "2026-05-22T09:00", "超期办结"),
        ("fine_payment", "2026-04-29T09:00", "按期办结"),
        ("defence", "2026-05-22T09:00", "已届满"),
        ("sue", "2026-05-22T09:00", "已届满"),
    ],
)
def test_what_is_a_partys_right_is_never_late(kind, stopped, word):
    clock = Clock(kind=kind, state=Clock.State.STOPPED, due_on=date(2026, 4, 30), stopped_at=instant(stopped))
    assert word in period(clock, date(2026, 6, 1))
