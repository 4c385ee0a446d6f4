"""Windows that must have run out: the party's time to answer.

行政处罚法第四十五条、第六十二条、第六十四条。
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from cases.clocks.models import Clock
from cases.clocks.remaining import name_of
from cases.clocks.selectors import has_run_out, running
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE
from law import gates
from law.errors import RuleViolation

WINDOWS = (("defence", "defence_window_elapsed"), ("hearing_request", "hearing_window_elapsed"))

# The window is over; what it cost is not mended by waiting.
DECIDED_TOO_EARLY = {
    "unblock": "由承办人报机关负责人：决定作出过早，依法自行纠正，重新告知后重新决定",
    "unblock_en": "Report to the head: it was decided too early; correct it, tell the party and decide anew",
    "link": "",
    "severity": "warn",
}


def window_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find the windows that are still open that day; a written waiver has stopped its clock."""
    for kind, gate in WINDOWS:
        clock = running(case, kind)
        if clock is None or has_run_out(clock, on=on):
            continue
        if clock.provisional and clock.due_on is None:
            yield gates.violation(
                "calendar_coverage",
                detail=f"“{name_of(clock.clock_id)}”的届满日暂不能确定。",
                detail_en="the end of the period cannot be told yet",
            )
        else:
            yield gates.violation(
                gate,
                detail=f"期限至{_until(clock)}。",
                detail_en=f"until {clock.due_on or 'a day not fixed yet'}",
                link="case:record-waiver",
            )


def cut_short(case: Case) -> QuerySet[Clock]:
    """Return the windows of the party that the decision ended: each should have run out before it."""
    decided = TABLE[Move.DECIDE].verb.code
    return Clock.objects.filter(case=case, kind__in=dict(WINDOWS), stopped_by__verb=decided)


def premature_warning(case: Case, _on: date) -> Iterator[RuleViolation]:
    """Tell that the decision fell into a window of the party, as a corrected service shows.

    行政处罚法第三十八条第二款、第四十五条、第六十四条。
    """
    for clock in cut_short(case):
        decided = timezone.localdate(clock.stopped_at)
        if clock.due_on is not None and decided <= clock.due_on:
            refusal = gates.violation(
                dict(WINDOWS)[clock.kind],
                detail=f"按更正后的送达时间，期限至{_until(clock)}，决定作出于{decided:%Y年%-m月%-d日}。",
                detail_en=f"by the corrected service it ran until {clock.due_on}; decided on {decided}",
            )
            yield RuleViolation(**{**refusal.as_dict(), **DECIDED_TOO_EARLY})


def _until(clock: Clock) -> str:
    if clock.due_on:
        return f"{clock.due_on:%Y年%-m月%-d日}24时"
    return "（期限中止中，恢复后确定）" if clock.is_paused else "（暂不能确定）"
