"""sweep(today): warn and escalate each due clock once per level, also after days of outage."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import verbs
from audit.services import record
from cases.clocks.models import Clock
from cases.clocks.services import PARTY_CLOCKS
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from cases.overview.selectors import soon
from desk.notices import notify
from townships.models import Officer
from townships.roles import Role
from townships.selectors import heads_of, holders_of

CLOCK_WARNED = verbs.declare("clock_warned", gettext_lazy("时限提醒"))
BATCH = 500


@dataclass(frozen=True, slots=True)
class Level:
    """A step of escalation: its name and who is told."""

    name: str
    rank: int


SOON, TODAY, OVERDUE = Level("soon", 1), Level("today", 2), Level("overdue", 3)
RANKS = {"": 0, "soon": 1, "today": 2, "overdue": 3}


def level_of(due_on: date, on: date, horizon: date) -> Level | None:
    """Tell which level a due day has reached."""
    if due_on < on:
        return OVERDUE
    if due_on == on:
        return TODAY
    return SOON if due_on <= horizon else None


def sweep(*, at: datetime) -> int:
    """Warn for every running clock that reached a higher level since it was last warned; returns how many.

    Touches due rows only; each clock is warned at most once per level, whoever runs beside and however often.
    """
    on = timezone.localdate(at)
    horizon, warned = soon(on), 0
    while True:
        done = _batch(on, horizon, at)
        warned += done
        if done < BATCH:
            return warned


@transaction.atomic
def _batch(on: date, horizon: date, at: datetime) -> int:
    due = (
        Clock.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(state=Clock.State.RUNNING, due_on__lte=horizon)
        .exclude(kind__in=PARTY_CLOCKS)
        .exclude(due_on__lt=on, warned_level="overdue")
        .exclude(due_on=on, warned_level="today")
        .exclude(due_on__gt=on, warned_level="soon")
        .select_related(
            "case__named", "case__handler", "case__lead_officer", "case__second_officer", "case__township"
        )
        .order_by("due_on", "id")[:BATCH]
    )
    rows = list(due)
    for clock in rows:
        level = level_of(clock.due_on, on, horizon) if clock.due_on else None
        if level is not None:
            _warn(clock, level, at)
            clock.warned_level = level.name
    Clock.objects.bulk_update(rows, ["warned_level"])
    return len(rows)


def _warn(clock: Clock, level: Level, at: datetime) -> None:
    case = clock.case
    words = {
        "soon": _("%(clock)s将于%(day)s到期"),
        "today": _("%(clock)s今天到期"),
        "overdue": _("%(clock)s已逾期（%(day)s到期）"),
    }[level.name]
    name = law_book().newest(clock.clock_id).name_zh
    recipients = recipients_of(case, level, timezone.localdate(at))
    notify(
        recipients=recipients,
        kind=f"clock-{level.name}",
        title=words % {"clock": name, "day": f"{clock.due_on:%Y-%m-%d}"},
        body=f"{case} {case.title}",
        link=reverse("case", args=[case.pk]),
        key=f"clock:{clock.pk}:{clock.due_on}:{level.name}",
        at=at,
    )
    record(
        CLOCK_WARNED,
        chain=case.chain,
        target=case,
        actor=None,
        at=at,
        payload={
            "clock": clock.clock_id,
            "level": level.name,
            "due_on": str(clock.due_on),
            "told": [o.pk for o in recipients],
        },
    )


def recipients_of(case: Case, level: Level, on: date) -> list[Officer]:
    """Tell the officers first, then their leader as it falls due, then the head when it is overdue."""
    told = [officer for officer in (case.lead_officer, case.second_officer) if officer]
    body = case.handler or case.township
    if level.rank >= TODAY.rank or not told:
        told += holders_of(Role.TEAM_LEADER, body, on)
    if level.rank >= OVERDUE.rank:
        told += heads_of(case.named or body, on)
    return list(dict.fromkeys(told))
