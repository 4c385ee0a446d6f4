"""One line of the result: an operation of the product, its floor, its goal."""

from dataclasses import dataclass, field
from typing import Any

from bench.meter import Cost, Meter, Task, queries_of


@dataclass
class Line:
    """An operation measured beside the floor that does the same by hand.

    shared: what an empty request costs too (signing in, middleware); taken off before comparing.
    basis: which CPU is compared, "total" or "db".
    per: how many rows one call treats, where the goal is for a row.
    most_ms: a goal in CPU milliseconds of ours instead of a ratio.
    """

    key: str
    label: str
    ours: Task
    floor: Task
    goal: float | None = None
    most_ms: float | None = None
    most_queries: int | None = None
    growth_goal: float | None = None
    shared: Task | None = None
    basis: str = "total"
    per: int = 1
    rounds: int | None = None
    warm_ups: int = 3
    queries: int | None = None
    counted: bool = True
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def tasks(self) -> list[Task]:
        """All that is measured for this line."""
        return [task for task in (self.floor, self.shared, self.ours) if task is not None]

    def measure(self, meter: Meter, rounds: int) -> None:
        """Warm up, count the statements, then measure in interleaved rounds."""
        for task in self.tasks:
            meter.warm(task, self.warm_ups)
        if self.counted:
            self.queries = queries_of(self.ours) - (queries_of(self.shared) if self.shared else 0)
        meter.interleave(self.tasks, min(rounds, self.rounds or rounds))

    def result(self) -> dict[str, Any]:
        """Say what was found, as plain data."""
        whole, floor = self.ours.cost(), self.floor.cost()
        own = whole.minus(self.shared.cost()) if self.shared else whole
        ratio = _of(own, self.basis) / max(_of(floor, self.basis), 1e-6)
        return {
            "key": self.key,
            "label": self.label,
            "basis": self.basis,
            "ratio": round(ratio, 2),
            "goal": self.goal,
            "most_ms": self.most_ms,
            "queries": self.queries,
            "most_queries": self.most_queries,
            "growth_goal": self.growth_goal,
            "floor_ms": _figures(floor, self.per),
            "ours_ms": _figures(own, self.per),
            "whole_ms": _figures(whole, self.per),
            "passed": self._passed(ratio, own),
            "facts": self.facts,
        }

    def _passed(self, ratio: float, own: Cost) -> bool:
        return (
            (self.goal is None or ratio <= self.goal)
            and (self.most_ms is None or own.total <= self.most_ms)
            and (self.queries is None or self.most_queries is None or self.queries <= self.most_queries)
        )


def _of(cost: Cost, basis: str) -> float:
    return cost.db if basis == "db" else cost.total


def _figures(cost: Cost, per: int) -> dict[str, float]:
    return {
        "app": round(cost.app / per, 4),
        "db": round(cost.db / per, 4),
        "total": round(cost.total / per, 4),
    }
