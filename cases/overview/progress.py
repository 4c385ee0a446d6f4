"""How far a case has come: the procedure rail and the timeline, both told by its trail."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from audit import verbs
from cases.dossier.models import Case
from cases.dossier.stages import STEPS, Stage
from cases.instruments.kinds import Kind
from cases.instruments.selectors import Issued
from cases.overview.documents import addresses_in, look_of
from desk.formats import cn_date, money
from desk.parts import Step, drawn
from desk.timelines import NO_MARK, Line

Event = dict[str, Any]
DOCUMENT = "instrument_issued"
# On the trail, but no step of the matter itself.
QUIET = frozenset({"clock_warned", "personal_data_viewed"})
MOST_ROWS = 30
# Stages whose end is the act their step is named for; in any other telling stage it is the beginning.
WORKED_ON = frozenset(
    {Stage.VERIFYING, Stage.FILING, Stage.INVESTIGATING, Stage.NOTICE_ISSUED, Stage.HEARING}
)
TELLING = WORKED_ON | {
    Stage.LEAD,
    Stage.INVESTIGATED,
    Stage.REVIEWED,
    Stage.DISCUSSED,
    Stage.DECIDED,
    Stage.EXECUTED,
    Stage.CLOSED,
    Stage.ARCHIVED,
}


def rail(case: Case, events: Iterable[Event]) -> list[Step]:
    """Draw the whole procedure from the table: done with the day of its act, now, ahead, not applicable."""
    came, left = _days_of(events)
    came[Stage.LEAD] = timezone.localdate(case.registered_at)
    current = next((number for number, (_l, stages) in enumerate(STEPS) if case.stage in stages), None)
    steps = []
    for number, (label, stages) in enumerate(STEPS):
        day = _done_on(stages, came, left)
        if number == current:
            state = "now" if case.is_open else "done"
        elif current is None or number < current:
            state = "done" if day else "na"
        else:
            state = "ahead"
        note = cn_date(day, "brief") if day and state == "done" else ""
        steps.append(Step(str(label), state, note))
    return steps


def _done_on(stages: Iterable[Stage], came: dict[str, date], left: dict[str, date]) -> date | None:
    """Return the day of the act that a step is named for."""
    days = [
        left.get(stage) if stage in WORKED_ON else came.get(stage) for stage in stages if stage in TELLING
    ]
    return max(filter(None, days), default=None)


def _days_of(events: Iterable[Event]) -> tuple[dict[str, date], dict[str, date]]:
    """Tell on which day the case last came to each stage, and last left it; the events are newest first."""
    came: dict[str, date] = {}
    left: dict[str, date] = {}
    for event in events:
        before, after = event["payload"].get("from"), event["payload"].get("to")
        if before and before != after:
            day = timezone.localdate(event["occurred_at"])
            left.setdefault(before, day)
            came.setdefault(after, day)
    return came, left


def timeline_of(case: Case, events: Iterable[Event], instruments: Sequence[Issued]) -> list[Line]:
    """Tell the matter in lines, newest first, each act with the documents it made."""
    made: dict[datetime, list[Issued]] = {}
    for instrument in instruments:
        made.setdefault(instrument.issued_at, []).append(instrument)
    told = [event for event in events if event["verb"] not in QUIET | {DOCUMENT}]
    address = addresses_in(case)
    return [_line(event, made.pop(event["occurred_at"], []), address) for event in in_words(told[:MOST_ROWS])]


def in_words(events: Iterable[Event]) -> list[Event]:
    """Return events with the word for each and the one fact of it worth reading."""
    return [{**event, "label": verbs.get(event["verb"]).label, "detail": detail(event)} for event in events]


def _line(event: Event, papers: Sequence[Issued], address: Callable[[int], str]) -> Line:
    payload = event["payload"]
    return Line(
        event["occurred_at"],
        str(event["label"]),
        detail="　".join(part for part in (event["detail"], event["actor_name"]) if part),
        strong=payload.get("from") != payload.get("to"),
        links=[(address(paper.pk), paper.kind_label) for paper in papers],
        mark=drawn("status", **look_of(papers[-1].state)) if papers else NO_MARK,
    )


def detail(event: Event) -> str:
    """Say the one fact of an event worth reading at a glance: its document, reason, sum or number."""
    payload = event["payload"]
    if event["verb"] == DOCUMENT:
        return f"{Kind(payload['kind']).label} {payload.get('number', '')}".strip()
    if payload.get("reason"):
        return str(payload["reason"])
    if Decimal(payload.get("fine") or 0):
        return _("罚款 %(sum)s 元") % {"sum": money(payload["fine"])}
    if payload.get("amount"):
        return _("%(sum)s 元") % {"sum": money(payload["amount"])}
    return str(payload.get("number") or "")
