"""Measure CPU, not the clock on the wall: of this process, its press, and the backends that work for it."""

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.press import press

WARM_UPS = 3
LEAST_SAMPLE = 0.004
MOST_REPEATS = 50
MS = 1000.0


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds of one call: in this process with its press, and in the database."""

    app: float
    db: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.app + self.db

    def minus(self, other: "Cost") -> "Cost":
        """What is left when a part that both share is taken away."""
        return Cost(max(0.0, self.app - other.app), max(0.0, self.db - other.db))


@dataclass
class Task:
    """Something to measure; `before` makes each call ready and is not counted.

    once: each call needs to be made ready anew, so a sample is a single call.
    """

    call: Callable[[], Any]
    before: Callable[[], Any] | None = None
    repeats: int = 1
    samples: list[Cost] = field(default_factory=list)

    def cost(self) -> Cost:
        """The median over all rounds."""
        return Cost(
            statistics.median(sample.app for sample in self.samples),
            statistics.median(sample.db for sample in self.samples),
        )


class Meter:
    """Reads the CPU accounts of this process and of two backends: Django's and the floor's."""

    def __init__(self, floor: psycopg.Connection[Any]) -> None:
        self._floor = floor

    def _read(self) -> tuple[float, float]:
        return (time.process_time() + _press_seconds()) * MS, sum(_backend_ms(pid) for pid in self._pids())

    def _pids(self) -> Iterable[int]:
        connection.ensure_connection()
        yield connection.connection.info.backend_pid
        yield self._floor.info.backend_pid

    def sample(self, task: Task) -> Cost:
        """Measure some calls in a row; returns the cost of one."""
        if task.before is not None:
            task.before()
        app, db = self._read()
        for _ in range(task.repeats):
            task.call()
        app_after, db_after = self._read()
        return Cost((app_after - app) / task.repeats, (db_after - db) / task.repeats)

    def warm(self, task: Task, times: int = WARM_UPS) -> None:
        """Call a task as often as caches need, and find how many calls make a sample long enough to trust."""
        cost = Cost(0.0, 0.0)
        for _ in range(times):
            cost = self.sample(task)
        if task.before is None and cost.total > 0:
            task.repeats = max(1, min(MOST_REPEATS, round(LEAST_SAMPLE * MS / cost.total)))

    def interleave(self, tasks: Iterable[Task], rounds: int) -> None:
        """Measure all tasks by turns, so that what disturbs the machine disturbs them alike."""
        chosen = list(tasks)
        # What stands already is not looked through after each round.
        gc.collect()
        gc.freeze()
        gc.disable()
        try:
            for _ in range(rounds):
                for task in chosen:
                    task.samples.append(self.sample(task))
                gc.collect()
        finally:
            gc.enable()
            gc.unfreeze()


def queries_of(task: Task) -> int:
    """Count the statements of one call, without those that begin and end transactions."""
    if task.before is not None:
        task.before()
    with CaptureQueriesContext(connection) as captured:
        task.call()
    marks = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
    return sum(not query["sql"].startswith(marks) for query in captured.captured_queries)


def _backend_ms(pid: int) -> float:
    """On-CPU time of a backend; the first number of schedstat, in nanoseconds."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6


def _press_seconds() -> float:
    """CPU of the processes that laid out papers for this one: those that ended, and the one that stands."""
    ended = os.times()
    standing = _backend_ms(press.pid) / MS if press.pid else 0.0
    return ended.children_user + ended.children_system + standing


def load() -> float:
    """How busy the machine is with others, as the load of the last minute."""
    return os.getloadavg()[0]
