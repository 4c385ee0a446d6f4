"""sweep(today): warn and escalate each due clock once per level, also after days of outage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from audit import statements, verbs
from audit.services import record_many
from cases.clocks.levels import Levels, levels
from cases.clocks.models import Clock
from cases.clocks.services import PARTY_CLOCKS
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from desk.notices import Message, notify_all
from desk.wording import both
from townships.selectors import heads_in, leaders_in

CLOCK_WARNED = verbs.declare("clock_warned", gettext_lazy("时限提醒"))
BATCH = 500
REACH = """
    UPDATE cases_clock SET warned_level = told.level
    FROM jsonb_to_recordset(%s::jsonb) AS told(id bigint, level text) WHERE cases_clock.id = told.id
"""


@dataclass(frozen=True, slots=True)
class Level:
    """A step of escalation: its name and who is told."""

    name: str
    rank: int


YELLOW, RED, OVERDUE = Level("yellow", 1), Level("red", 2), Level("overdue", 3)
REACHED = {level.name: level for level in (YELLOW, RED, OVERDUE)}
WORDS = {
    "yellow": gettext_lazy("%(clock)s将于%(day)s到期"),
    "red": gettext_lazy("%(clock)s即将于%(day)s到期，请优先办理"),
    "today": gettext_lazy("%(clock)s今天到期"),
    "overdue": gettext_lazy("%(clock)s已逾期（%(day)s到期）"),
}


def sweep(*, at: datetime) -> int:
    """Warn for every running clock that reached a higher level since it was last warned; returns how many.

    Touches due rows only; each clock is warned at most once per level, whoever runs beside and however often.
    """
    on = timezone.localdate(at)
    reach, warned = levels(on), 0
    while True:
        done = _batch(reach, at)
        warned += done
        if done < BATCH:
            return warned


# What a warning says and who gets it: nothing more is read of a clock and its case.
COLUMNS = (
    "clock_id",
    "due_on",
    *(f"case__{name}" for name in ("number", "lead_number", "cause", "summary")),
    *(f"case__{name}" for name in ("lead_officer", "second_officer", "named", "handler", "township")),
)


@dataclass(frozen=True, slots=True)
class Warned:
    """A clock that reached a level, and the keys of those who are told."""

    clock: Clock
    level: Level
    told: list[int]


@transaction.atomic
def _batch(reach: Levels, at: datetime) -> int:
    # With the case, as every move: a case that is being moved is left to the next sweep.
    due = (
        Clock.objects.select_for_update(skip_locked=True, of=("self", "case"))
        .filter(state=Clock.State.RUNNING, due_on__lte=reach.yellow_until)
        .exclude(kind__in=PARTY_CLOCKS)
        .exclude(due_on__lt=reach.on, warned_level=OVERDUE.name)
        .exclude(due_on__gte=reach.on, due_on__lte=reach.red_until, warned_level=RED.name)
        .exclude(due_on__gt=reach.red_until, warned_level__in=[YELLOW.name, RED.name])
        .select_related("case")
        .only(*COLUMNS)
        .order_by("due_on", "id")[:BATCH]
    )
    rows = list(due)
    people = People(reach.on, [clock.case for clock in rows])
    reached = [(clock, REACHED[reach.of(clock.due_on)]) for clock in rows]
    _warn([Warned(clock, level, people.told(clock.case, level)) for clock, level in reached], at)
    return len(rows)


def _warn(warned: list[Warned], at: datetime) -> None:
    on = timezone.localdate(at)
    notify_all([_message(one, on) for one in warned], at=at)
    # In one order for everybody: each event locks its chain until the end.
    rows = [(one.clock.case.chain, one.clock.case, _payload(one)) for one in warned]
    record_many(CLOCK_WARNED, sorted(rows, key=itemgetter(0)), actor=None, at=at)
    statements.write_many(REACH, [], ({"id": one.clock.pk, "level": one.level.name} for one in warned))


def _message(one: Warned, on: date) -> Message:
    clock, case, level = one.clock, one.clock.case, one.level.name
    name = law_book().newest(clock.clock_id)
    words = WORDS["today" if clock.due_on == on else level]
    return Message(
        one.told,
        kind=f"clock-{level}",
        title=words,
        body=f"{case} {case.title}",
        link=reverse("case", args=[case.pk]),
        key=f"clock:{clock.pk}:{clock.due_on}:{level}",
        params={
            "clock": both(name.name_zh, name.name_en),
            "day": both(f"{clock.due_on:%Y年%-m月%-d日}", str(clock.due_on)),
        },
    )


def _payload(one: Warned) -> dict[str, Any]:
    return {
        "clock": one.clock.clock_id,
        "level": one.level.name,
        "due_on": str(one.clock.due_on),
        "told": one.told,
    }


class People:
    """Who is told on one day; asked once for all bodies of a batch."""

    def __init__(self, on: date, cases: Iterable[Case]) -> None:
        self._on = on
        self._bodies = {
            key for case in cases for key in (case.handler_id, case.township_id, case.named_id) if key
        }

    @cached_property
    def _leaders(self) -> dict[int, list[int]]:
        return leaders_in(self._bodies, self._on)

    @cached_property
    def _heads(self) -> dict[int, list[int]]:
        return heads_in(self._bodies, self._on)

    def told(self, case: Case, level: Level) -> list[int]:
        """Tell the officers first, their leader once it is red, the head once it is overdue."""
        told = [key for key in (case.lead_officer_id, case.second_officer_id) if key]
        body = case.handler_id or case.township_id
        if level.rank >= RED.rank or not told:
            told += self._leaders.get(body, [])
        if level.rank >= OVERDUE.rank:
            told += self._heads.get(case.named_id or body, [])
        return list(dict.fromkeys(told))
