"""The work desk: what is due, what waits for me, what I have in hand; each row leads to its act."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.clocks.remaining import article_of, left_until, name_of, short_article
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import STEPS, TABLE
from cases.flow.links import act_page
from cases.flow.nextsteps import FORKS, MAIN
from cases.overview import selectors
from cases.routing.rules import answers_due
from desk import notices
from desk.formats import in_chinese, weekday
from law.errors import CalendarUnresolved
from townships.models import Officer

URGENCIES: tuple[tuple[str, str | Promise], ...] = (
    ("overdue", gettext_lazy("逾期")),
    ("today", gettext_lazy("今天")),
    ("soon", gettext_lazy("3 个工作日内")),
    ("later", gettext_lazy("更晚")),
    ("none", gettext_lazy("无时限")),
)
BAR = 100
MOST_OWN = 12
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the case, the period that presses, and where the next act is done."""

    case: Case
    left: int | None
    unit: str
    clock: str
    article: str
    go_url: str
    go_label: str | Promise
    step: int


def home_of(officer: Officer, *, on: date) -> dict[str, Any]:
    """Collect the page in a fixed number of queries."""
    every = selectors.leads_others(officer, on=on)
    narrow = {"open": "on"} if every else {"open": "on", "mine": "on"}
    urgency = selectors.by_urgency(officer, on=on)
    own = list(selectors.mine(officer, on=on)[:MOST_OWN])
    due, windows = selectors.due_clocks(officer, own, on=on)
    return {
        "due": clock_rows(officer, due, on=on),
        "waiting": rows(officer, selectors.waiting_for(officer, on=on), on=on),
        "windows": [waited(shown) for shown in clock_rows(officer, windows, on=on)],
        "mine": rows(officer, own, on=on),
        "reads_cases": officer.may("case.view", on),
        "urgency": urgency_bars(urgency, narrow),
        "counts": {key: (urgency[key], _list({**narrow, "due": key})) for key, _label in URGENCIES},
        "total": sum(urgency.values()),
        "all_url": _list(narrow),
        "mine_url": _list({"open": "on", "mine": "on"}),
        "steps": step_bars(selectors.by_step(officer, on=on), narrow),
        "notices": notices.inbox(officer, unread_only=True).order_by("-id")[:5],
        "steps_total": len(STEPS),
        "every": every,
        "day_note": day_note(on),
        "may_register": officer.may("lead.register", on),
        "may_punish_on_spot": officer.may("case.summary", on),
    }


def day_note(on: date) -> str:
    """Say what is unusual about today or tomorrow: a day off, or a working day in place of one."""
    tomorrow = on + timedelta(days=1)
    try:
        today_name, next_name = (law_book().calendar.name_of(day) for day in (on, tomorrow))
    except CalendarUnresolved:
        return ""
    if next_name and next_name.makeup:
        return _("明天（周%(day)s）调休上班") % {"day": weekday(tomorrow)}
    if today_name and today_name.makeup:
        return _("今天调休上班")
    if next_name and on.weekday() < FRIDAY:
        return _("明天起%(holiday)s放假") % {"holiday": next_name.zh if in_chinese() else next_name.en}
    return ""


def clock_rows(officer: Officer, found: Iterable[selectors.Due], *, on: date) -> list[Row]:
    """Make rows by one period each."""
    return [
        row(officer, due.case, on=on, clock_id=due.clock.clock_id, due_on=due.clock.due_on) for due in found
    ]


def waited(shown: Row) -> Row:
    """Lead to the case: the next act is barred until the party's time is over."""
    return replace(shown, go_url=reverse("case", args=[shown.case.pk]), go_label=_("看案件"))


def rows(officer: Officer, cases: Iterable[Case], *, on: date) -> list[Row]:
    """Make rows by each case's own next period."""
    shown = list(cases)
    answers = answers_due(shown)
    return [
        row(
            officer, case, on=on, clock_id=case.next_clock, due_on=case.next_due_on, move=answers.get(case.pk)
        )
        for case in shown
    ]


def row(
    officer: Officer, case: Case, *, on: date, clock_id: str, due_on: date | None, move: Move | None = None
) -> Row:
    """Make one row; the link names the act where the officer may do it, else it opens the case."""
    left = left_until(due_on, clock_id, on) if due_on and clock_id else None
    return Row(
        case=case,
        left=left.days if left else None,
        unit=left.unit if left else "natural",
        clock=name_of(clock_id) if clock_id else "",
        article=short_article(article_of(clock_id)) if clock_id else "",
        **_way_on(officer, case, move, on),
        step=next((number for number, (_l, stages) in enumerate(STEPS) if case.stage in stages), 0),
    )


def _way_on(officer: Officer, case: Case, answer: Move | None, on: date) -> dict[str, Any]:
    """Lead to the act, to the next step where the case forks, or to the case where others must act."""
    page, move = reverse("case", args=[case.pk]), answer or MAIN.get(case.stage)
    if move is None or not _may(officer, case, move, on):
        return {"go_url": page, "go_label": _("看案件")}
    if answer is None and case.stage in FORKS:
        return {"go_url": f"{page}#next", "go_label": _("看下一步")}
    return {"go_url": act_page(move, case), "go_label": move.label}


def _may(officer: Officer, case: Case, move: Move, on: date) -> bool:
    scope = officer.scope(on, TABLE[move].permission)
    bodies = (case.handler_id, case.named_id) if case.handler_id else (case.township_id,)
    return any(scope.covers(body) for body in bodies)


def _list(values: dict[str, str]) -> str:
    return f"{reverse('cases')}?{urlencode(values)}"


def urgency_bars(counts: dict[str, int], narrow: dict[str, str]) -> list[dict[str, Any]]:
    """Lay the urgencies side by side on one bar; each part opens its rows."""
    total, x, bars = sum(counts.values()) or 1, 0.0, []
    for key, label in URGENCIES:
        count = counts[key]
        width = BAR * count / total
        bars.append(
            {
                "key": key,
                "label": label,
                "count": count,
                "x": f"{x:.2f}",
                "width": f"{width:.2f}",
                "url": _list({**narrow, "due": key}),
            }
        )
        x += width
    return bars


def step_bars(steps: list[dict[str, Any]], narrow: dict[str, str]) -> list[dict[str, Any]]:
    """Draw the cases of each step that has any, against the fullest one; each opens its rows."""
    most = max((step["count"] for step in steps), default=0) or 1
    return [
        {**step, "most": most, "url": _list({**narrow, "step": str(step["step"])})}
        for step in steps
        if step["count"]
    ]
