"""The day strip: why a time limit ends on this day, drawn as cells and said as one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from desk.formats import cn_date, cn_month

MOST_CELLS = 20
FOLDED = frozenset({"off", "paused"})


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the count. kind: start, counted, off, paused or due; number: which day of the limit."""

    day: date
    kind: str
    number: int | None = None
    makeup: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as drawn: a day, or a folded run of days off."""

    head: str
    foot: str
    kind: str
    month: str = ""
    today: bool = False
    makeup: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """The drawn cells and the sentence that says the same."""

    cells: Sequence[Cell]
    sentence: str


def strip(days: Sequence[Day], *, today: date) -> Strip:
    """Draw the days; past twenty cells a run of days off, then a run of counted days, folds into one cell."""
    runs = [[day] for day in days]
    if len(runs) > MOST_CELLS:
        runs = _fold(days, FOLDED)
    if len(runs) > MOST_CELLS:
        runs = _fold(days, FOLDED | {"counted"})
    cells: list[Cell] = []
    month = 0
    for run in runs:
        first = run[0].day
        cells.append(_cell(run, month=cn_month(first) if first.month != month else "", today=today))
        month = run[-1].day.month
    return Strip(cells=cells, sentence=_sentence(days))


def _fold(days: Sequence[Day], kinds: frozenset[str]) -> list[list[Day]]:
    runs: list[list[Day]] = []
    for kind, group in groupby(days, key=lambda day: day.kind):
        run = list(group)
        runs.extend([run] if kind in kinds and len(run) > 1 else ([day] for day in run))
    return runs


def _cell(run: Sequence[Day], *, month: str, today: date) -> Cell:
    first, last = run[0], run[-1]
    holds_today = first.day <= today <= last.day
    if len(run) > 1:
        head = f"{first.day.day}–{last.day.day}"
        return Cell(head, _run_word(run), first.kind, month, holds_today)
    return Cell(str(first.day.day), _word(first), first.kind, month, holds_today, first.makeup)


def _word(day: Day) -> str:
    if day.kind == "start":
        return _("起")
    if day.number is not None:
        return str(day.number)
    return _("停") if day.kind == "paused" else _("休")


def _run_word(run: Sequence[Day]) -> str:
    if run[0].number is not None:
        return f"{run[0].number}–{run[-1].number}"
    return _("停%(n)s天") % {"n": len(run)} if run[0].kind == "paused" else _("休%(n)s天") % {"n": len(run)}


def _sentence(days: Sequence[Day]) -> str:
    words = {
        "start": _("%(days)s起算，当日不计"),
        "counted": _("%(days)s计入"),
        "off": _("%(days)s放假不计"),
        "paused": _("%(days)s中止不计"),
        "due": _("%(days)s届满"),
    }
    parts = []
    for kind, group in groupby(days, key=lambda day: day.kind):
        run = list(group)
        span = cn_date(run[0].day, "short")
        if len(run) > 1:
            span = _("%(first)s至%(last)s") % {"first": span, "last": cn_date(run[-1].day, "short")}
        parts.append(words[kind] % {"days": span})
    return _("；").join(parts)
