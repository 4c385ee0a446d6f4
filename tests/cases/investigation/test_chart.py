"""The discretion chart: an axis from bound to bound, and none where the law leaves one sum alone."""

from decimal import Decimal

from cases.investigation.chart import Grade, draw
from cases.investigation.similar import Similar
from law.discretion import Range

ALONE = Similar(fines=())


def drawn(low, high, *grades, fine=None):
    sums = Range(low=Decimal(low), high=Decimal(high))
    found = [Grade(name, Decimal(first), Decimal(last)) for name, first, last in grades]
    return draw(sums, found, ALONE, fine=None if fine is None else Decimal(fine), urls={})


def test_the_axis_runs_from_bound_to_bound_and_the_sum_stands_at_its_place():
    chart = drawn(10000, 50000, ("较轻", 10000, 30000), ("较重", 30000, 50000), fine=30000)
    assert [label for _x, label in chart.ticks] == ["10,000", "30,000", "50,000"]
    assert chart.mine == chart.ticks[1][0]
    assert [box.label for box in chart.boxes] == ["较轻", "较重"]


def test_one_sum_alone_is_told_in_words_and_not_drawn():
    assert drawn(2000, 2000, ("严重", 2000, 2000), fine=2000) is None
