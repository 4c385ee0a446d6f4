"""The discretion chart: statutory range, grades, like cases and the proposed sum, as plain coordinates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cases.investigation.similar import Similar
from desk.formats import money
from law.discretion import Range

WIDTH, LEFT, RIGHT = 744, 20, 724
GROUND, DOT, STACK = 128, 5, 10
CLOSE = 56
CHARACTER = 13
LABEL_ROOM = 64
INSIDE, ABOVE = "178", "157"


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade with its range in yuan; chosen: the one the report took."""

    label: str
    low: Decimal
    high: Decimal
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A grade as drawn: its label inside where there is room, else above; anchor: start, middle or end."""

    x: str
    width: str
    label: str
    label_x: str
    label_y: str
    anchor: str
    title: str
    chosen: bool

    @property
    def inside(self) -> bool:
        """Tell whether the label stands inside the box."""
        return self.label_y == INSIDE


@dataclass(frozen=True, slots=True)
class Dot:
    """One like case as drawn; url only where the reader may open it."""

    x: str
    y: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything templates/cases/parts/chart.html draws."""

    boxes: Sequence[Box] = ()
    ticks: Sequence[tuple[str, str]] = ()
    dots: Sequence[Dot] = ()
    quartile: tuple[str, str] | None = None
    median: str = ""
    mine: str = ""
    mine_label: str = ""
    mine_anchor: str = "middle"
    sentence: str = field(default="")


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear axis from the lower to the upper bound of the statute."""

    low: Decimal
    high: Decimal

    def at(self, value: Decimal) -> float:
        """Give the place of a sum; what lies outside stands at the edge."""
        span = self.high - self.low
        share = float((value - self.low) / span) if span else 0.0
        return LEFT + (RIGHT - LEFT) * max(0.0, min(1.0, share))


def draw(
    statutory: Range,
    grades: Sequence[Grade],
    similar: Similar,
    *,
    fine: Decimal | None,
    urls: Mapping[int, str],
) -> Chart | None:
    """Draw the chart; None where neither statute nor grades give an upper bound, or leave one sum alone."""
    tops = [statutory.high, *(grade.high for grade in grades)]
    high = max((top for top in tops if top is not None), default=None)
    if high is None:
        return None
    axis = Axis(min(statutory.low or Decimal(0), *(grade.low for grade in grades), high), high)
    if axis.low == axis.high:
        return None
    quartiles = similar.quartiles
    return Chart(
        boxes=list(_boxes(axis, grades)),
        ticks=list(_ticks(axis, grades)),
        dots=list(_dots(axis, similar, urls)),
        quartile=_span(axis, *quartiles) if quartiles else None,
        median=_px(axis.at(similar.median)) if similar.median is not None and quartiles else "",
        mine=_px(axis.at(fine)) if fine is not None else "",
        mine_label=money(fine) if fine is not None else "",
        mine_anchor=_side(axis.at(fine)) if fine is not None else "middle",
    )


def _side(x: float) -> str:
    """Say on which side of its line a label stands, so that it stays on the page."""
    return "start" if x < LABEL_ROOM else "end" if x > WIDTH - LABEL_ROOM else "middle"


def _px(value: float) -> str:
    return f"{value:.1f}"


def _span(axis: Axis, low: Decimal, high: Decimal) -> tuple[str, str]:
    first, last = axis.at(low), axis.at(high)
    return _px(first), _px(max(last - first, 2.0))


def _boxes(axis: Axis, grades: Sequence[Grade]) -> Iterator[Box]:
    """Draw the grades; a label without room inside or above is left to the title."""
    free = 0.0
    for grade in grades:
        first, last = axis.at(grade.low), axis.at(grade.high)
        need = CHARACTER * len(grade.label)
        place, anchor, y = _label_place(first, last, need)
        starts = {"start": place, "middle": place - need / 2, "end": place - need}[anchor]
        fits = y == INSIDE or starts >= free
        if fits and y == ABOVE:
            free = starts + need + 4
        yield Box(
            x=_px(first),
            width=_px(max(last - first, 3.0)),
            label=grade.label if fits else "",
            label_x=_px(place),
            label_y=y,
            anchor=anchor,
            title=f"{grade.label} {'–'.join(dict.fromkeys((money(grade.low), money(grade.high))))}",
            chosen=grade.chosen,
        )


def _label_place(first: float, last: float, need: float) -> tuple[float, str, str]:
    """Say where a label stands, on which side it is tied, and at which height."""
    if last - first >= need + 6:
        return first + 8, "start", INSIDE
    middle = (first + last) / 2
    if middle - need / 2 < 0:
        return first, "start", ABOVE
    if middle + need / 2 > WIDTH:
        return last, "end", ABOVE
    return middle, "middle", ABOVE


def _ticks(axis: Axis, grades: Sequence[Grade]) -> Iterator[tuple[str, str]]:
    """Label both ends of the axis and the bounds of grades that leave room for words."""
    inner = sorted({grade.high for grade in grades} | {grade.low for grade in grades})
    placed = [axis.at(axis.low), axis.at(axis.high)]
    yield _px(placed[0]), money(axis.low)
    for bound in inner:
        x = axis.at(bound)
        if all(abs(x - other) >= CLOSE for other in placed):
            placed.append(x)
            yield _px(x), money(bound)
    yield _px(placed[1]), money(axis.high)


def _dots(axis: Axis, similar: Similar, urls: Mapping[int, str]) -> Iterator[Dot]:
    """Stack the like cases above the axis, one dot each."""
    heights: dict[int, int] = {}
    for pk, fine in sorted(similar.fines, key=lambda row: row[1]):
        x = axis.at(fine)
        column = round(x / STACK)
        level = heights[column] = heights.get(column, 0) + 1
        yield Dot(_px(x), _px(GROUND - DOT - STACK * (level - 1)), f"{money(fine)} 元", urls.get(pk, ""))
