"""Windows that must have run out: the party's time to answer.

行政处罚法第四十五条、第六十二条、第六十四条。
"""

from collections.abc import Iterator
from datetime import date

from cases.clocks.models import Clock
from cases.clocks.remaining import name_of
from cases.clocks.selectors import has_run_out, running
from cases.dossier.models import Case
from law import gates
from law.errors import RuleViolation

WINDOWS = (("defence", "defence_window_elapsed"), ("hearing_request", "hearing_window_elapsed"))


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


def _until(clock: Clock) -> str:
    if clock.due_on:
        return f"{clock.due_on:%Y年%-m月%-d日}24时"
    return "（期限中止中，恢复后确定）" if clock.is_paused else "（暂不能确定）"
