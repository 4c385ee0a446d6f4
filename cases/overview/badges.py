"""The small marks of a case, as tags and in the rows of lists: its stage, its mode, its periods."""

from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.clocks import remaining
from cases.clocks.models import Clock
from cases.clocks.services import PARTY_CLOCKS
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from desk.parts import drawn
from desk.templatetags.desk import clock_chip
from townships.models.modes import Mode

STAGES: dict[str, tuple[str, str]] = {
    Stage.LEAD: ("grey", ""),
    Stage.ROUTED: ("grey", ""),
    Stage.VERIFYING: ("grey", "search"),
    Stage.VERIFIED: ("grey", "checklist"),
    Stage.EXECUTED: ("green", ""),
    Stage.CLOSED: ("green", ""),
    Stage.ARCHIVED: ("green", "archive"),
    Stage.NOT_FILED: ("grey", "circle-minus"),
    Stage.VOID: ("red", "ban"),
}
MODES: dict[str, tuple[str, str]] = {
    Mode.DELEGATED: ("teal", "file-text"),
    Mode.EMPOWERED: ("blue", "building-community"),
    Mode.CONCENTRATED: ("grey", "stack-2"),
    Mode.AUTHORISED: ("grey", "scale"),
    Mode.OWN: ("grey", "scale"),
}
# A party uses its time or not; it is never late with what is its right.
RUN_OUT = {"tone": "grey", "icon": "circle-check", "label": gettext_lazy("已届满")}
USUAL = {"grey": "circle-dashed", "green": "circle-check", "blue": "circle-dot"}


def stage_badge(case: Case) -> SafeString:
    """Show where a case stands: {% stage_badge case %}."""
    return stage_mark(case.stage)


def stage_mark(stage: str) -> SafeString:
    """Show a stage."""
    tone, icon = STAGES.get(stage, ("blue", ""))
    return drawn("status", label=Stage(stage).label, tone=tone, icon=icon or USUAL[tone])


def mode_badge(mode: str) -> SafeString:
    """Show how a body holds its power; 委托 is teal, 赋权 is blue: {% mode_badge case.mode %}."""
    tone, icon = MODES[mode]
    return drawn("status", label=Mode(mode).label, tone=tone, icon=icon)


def next_period(case: Case, today: date) -> SafeString:
    """Show the time left on the next period of a case."""
    return period_until(case.next_due_on, case.next_clock, today)


def period_until(due_on: date | None, clock_id: str, today: date) -> SafeString:
    """Show the time left until the due day of a clock, or that none runs."""
    if due_on is None:
        return drawn("clock_chip", label=_("无时限"), tone="grey", icon="minus")
    left = remaining.left_until(due_on, clock_id, today)
    return drawn("clock_chip", **clock_chip(left=left.days, unit=left.unit))


def period(clock: Clock, today: date) -> SafeString:
    """Show how a period stands: time left, met, late, no longer running, or provisional."""
    return drawn("clock_chip", **_standing(clock, today))


def _standing(clock: Clock, today: date) -> dict[str, Any]:
    if clock.state == Clock.State.CANCELLED:
        return {"tone": "grey", "icon": "circle-minus", "label": _("不再适用")}
    if clock.state == Clock.State.STOPPED:
        if remaining.ended_in_time(clock):
            return clock_chip(met=True)
        if clock.kind in PARTY_CLOCKS:
            return RUN_OUT
        return {"tone": "amber", "icon": "clock-exclamation", "label": _("超期办结")}
    if clock.is_paused:
        return {"tone": "grey", "icon": "player-pause", "label": _("中止中")}
    if clock.due_on is None:
        return clock_chip(provisional=remaining.why_provisional(clock))
    if clock.kind in PARTY_CLOCKS and clock.due_on < today:
        return RUN_OUT
    left = remaining.left_until(clock.due_on, clock.clock_id, today)
    return clock_chip(left=left.days, unit=left.unit)
