"""Figures for supervisors: leads by source, cases by step, townships side by side; each opens its rows."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from cases.clocks.models import Clock
from cases.clocks.services import PARTY_CLOCKS
from cases.dossier.access import visible_to
from cases.dossier.models import Case, Source
from cases.dossier.stages import STEPS
from cases.oversight.ranking import require_measure
from townships.models import Officer


@dataclass(frozen=True, slots=True)
class Line:
    """One bar: its word, its number, and the filter that opens its rows."""

    label: Any
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class TownshipLine:
    """One township: cases, open ones, those overdue today, clocks met in time and missed."""

    name: str
    township_id: int
    cases: int
    open: int
    overdue: int
    in_time: int
    late: int

    @property
    def rate(self) -> int | None:
        """Per cent of the clocks met or missed that were met in time; None without any."""
        total = self.in_time + self.late
        return round(100 * self.in_time / total) if total else None


def by_source(officer: Officer, *, on: date) -> list[Line]:
    """Count the leads of the year by where they came from."""
    year = visible_to(officer, on=on).filter(found_on__gte=date(on.year, 1, 1), found_on__lte=on)
    counts = dict(year.order_by().values("source").annotate(n=Count("id")).values_list("source", "n"))
    return [
        Line(label, counts.get(value, 0), f"source={value}&year={on.year}") for value, label in Source.choices
    ]


def by_step(officer: Officer, *, on: date) -> list[Line]:
    """Count the open cases by step of the procedure."""
    counts = dict(
        visible_to(officer, on=on)
        .filter(is_open=True)
        .order_by()
        .values("stage")
        .annotate(n=Count("id"))
        .values_list("stage", "n")
    )
    return [
        Line(label, sum(counts.get(stage.value, 0) for stage in stages), f"step={number}&open=on")
        for number, (label, stages) in enumerate(STEPS)
    ]


def by_township(officer: Officer, *, on: date, order: str = "cases") -> list[TownshipLine]:
    """Set the townships side by side: cases, and agency clocks of the year met in time or missed.

    A clock that runs on past its last day is missed: work undone must not look better than work done late.
    """
    measure = require_measure(order)
    seen = visible_to(officer, on=on)
    rows = (
        seen.order_by()
        .values("township_id", name=F("township__short_name"))
        .annotate(
            cases=Count("id"),
            open=Count("id", filter=Q(is_open=True)),
            overdue=Count("id", filter=Q(is_open=True, next_due_on__lt=on)),
        )
    )
    in_time, late = _met_and_missed(seen, on)
    lines = [
        TownshipLine(
            name=row["name"],
            township_id=row["township_id"],
            cases=row["cases"],
            open=row["open"],
            overdue=row["overdue"],
            in_time=in_time[row["township_id"]],
            late=late[row["township_id"]],
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (-getattr(line, measure), line.township_id))


def _met_and_missed(seen: QuerySet[Case], on: date) -> tuple[Counter[int], Counter[int]]:
    """Count by township the agency clocks met this year in time, and those that ended or run on late."""
    clocks = (
        Clock.objects.filter(case__in=seen)
        .exclude(kind__in=PARTY_CLOCKS)
        .exclude(due_on=None)
        .order_by()
        .values(township=F("case__township_id"))
    )
    ended = clocks.filter(state=Clock.State.STOPPED, stopped_at__year=on.year).annotate(
        in_time=Count("id", filter=Q(stopped_at__date__lte=F("due_on"))),
        late=Count("id", filter=Q(stopped_at__date__gt=F("due_on"))),
    )
    running = clocks.filter(state=Clock.State.RUNNING, due_on__lt=on).annotate(late=Count("id"))
    in_time, late = Counter[int](), Counter[int]()
    for row in ended:
        in_time[row["township"]] += row["in_time"]
        late[row["township"]] += row["late"]
    late.update({row["township"]: row["late"] for row in running})
    return in_time, late


def figures(officer: Officer, *, on: date, order: str = "cases") -> dict[str, Any]:
    """Collect all figures, in five statements."""
    sources, steps = by_source(officer, on=on), by_step(officer, on=on)
    return {
        "sources": sources,
        "steps": steps,
        "townships": by_township(officer, on=on, order=order),
        "most": max([line.count for line in [*sources, *steps]], default=0) or 1,
    }
