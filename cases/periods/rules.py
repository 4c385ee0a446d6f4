"""What may stop or lengthen a clock: only what its own rule grants (行政处罚法第六十条)."""

from collections.abc import Iterator
from datetime import date

from cases.clocks import derive
from cases.clocks.models import Clock, Extension, Suspension
from cases.clocks.selectors import clocks_of
from cases.clocks.services import PAYMENT_CLOCKS
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from law import extensions, gates
from law.clocks import Clock as Rule
from law.clocks import Rung
from law.errors import LawError, Misfit, RuleViolation
from law.extensions import APPROVERS
from law.suspensions import grounds
from law.time_limits import Due, local

_unfit = Misfit(
    code="suspension_days",
    article="行政处罚法第六十条",
    unblock="按证明文书载明的日期填写。",
    unblock_en="Enter the days as the document proving them states them.",
)


def rule_of(clock: Clock) -> Rule:
    """Return the row of the law that the clock runs under."""
    day = local(clock.started_at)[1]
    return law_book().clock(clock.clock_id, on=day, profile=derive.profile_of_clock(clock, on=day))


def clocks_here(case: Case) -> list[Clock]:
    """Return the case's running clocks with all that their dates depend on."""
    return list(derive.running_clocks(case=case).order_by("due_on", "id"))


def running_clock(case: Case, kind: str) -> Clock:
    """Return the running clock of a kind, or refuse."""
    found = next((clock for clock in clocks_here(case) if clock.kind == kind), None)
    if found is None:
        raise RuleViolation(
            "clock_not_running",
            "该期限没有在计算。",
            "行政处罚法第六十条",
            "刷新案件页的“时限”，选择正在计算的期限。",
            link="case:clocks",
            message_en="This clock does not run.",
            unblock_en="Reload the clocks of the case and choose one that runs.",
            field="kind",
        )
    return found


def is_paused(case: Case) -> bool:
    """Tell whether any clock of the case is suspended."""
    return any(clock.is_paused for clock in clocks_of(case))


def suspension_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that no running clock of the case may be stopped."""
    if not any(rule_of(clock).convention.grounds for clock in clocks_here(case)):
        yield gates.violation(
            "suspension_ground_allowed",
            detail="本案正在计算的期限，其适用规则都没有可以扣除的事由。",
            detail_en="No running clock of this case grants a ground.",
        )


def resumption_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that nothing is suspended."""
    if not any(open_suspension(clock) for clock in clocks_here(case)):
        yield _not_suspended()


def _not_suspended() -> RuleViolation:
    return RuleViolation(
        "nothing_suspended",
        "没有中止中的期限。",
        "行政处罚法第六十条",
        "无须恢复；需要中止的，由机关负责人先批准中止。",
        link="case:clocks",
        message_en="No clock is suspended.",
        unblock_en="There is nothing to resume; a suspension is first approved by the head.",
    )


def extension_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that no running clock of the case may be extended (any further)."""
    if not any(next_rung(clock) for clock in clocks_here(case)):
        yield gates.violation(
            "extension_needs_rule",
            detail="本案正在计算的期限，其适用规则没有（或不再有）可以延长的规定。",
            detail_en="No running clock of this case may be extended any further.",
        )


def open_suspension(clock: Clock) -> Suspension | None:
    """Return the clock's suspension that has not ended."""
    return next((row for row in clock.suspensions.all() if row.ended_on is None), None)


def require_suspended(clock: Clock) -> Suspension:
    """Return the open suspension of a clock, or refuse."""
    held = open_suspension(clock)
    if held is None:
        raise _not_suspended()
    return held


def require_end(held: Suspension, ended_on: date, on: date) -> None:
    """Refuse an end before the suspension began or still to come."""
    if ended_on < held.started_on:
        raise _unfit(
            "ended_on",
            f"恢复之日早于中止之日{held.started_on:%Y-%m-%d}。",
            f"It cannot be resumed before the suspension began on {held.started_on:%Y-%m-%d}.",
        )
    if ended_on > on:
        raise _unfit("ended_on", "恢复之日晚于今天。", "The day of resumption lies after today.")


def next_rung(clock: Clock) -> Rung | None:
    """Return the step of the ladder that comes next; None where there is none."""
    ladder, taken = rule_of(clock).ladder, len(clock.extensions.all())
    return ladder[taken] if taken < len(ladder) else None


def require_ground(clock: Clock, ground: str, found: Due) -> None:
    """Refuse a suspension that the clock's rule does not grant, or that falls after its end."""
    if not found.calculation.ignored and not found.calculation.idle:
        return
    known = grounds().get(ground)
    words = known.zh if known else ground
    raise gates.violation(
        "suspension_ground_allowed",
        detail=f"“{rule_of(clock).name_zh}”（{rule_of(clock).article}）不因“{words}”在这些日子扣除。",
        detail_en=f"{rule_of(clock).name_en} is not stopped on these days by {known.en if known else ground}",
        field="ground",
    )


def require_days(clock: Clock, started_on: date, ended_on: date | None, on: date) -> None:
    """Refuse a suspension before the clock's start, or with a day still to come."""
    begun = local(clock.started_at)[1]
    if started_on < begun:
        raise _unfit(
            "started_on",
            f"中止之日早于期限起算日{begun:%Y-%m-%d}。",
            f"The suspension cannot begin before the period did on {begun:%Y-%m-%d}.",
        )
    if started_on > on:
        raise _unfit("started_on", "中止之日晚于今天。", "The suspension begins after today.")
    if ended_on is not None and ended_on > on:
        raise _unfit(
            "ended_on",
            "恢复之日晚于今天；仍在中止的不填恢复之日。",
            "The day of resumption lies after today; leave it empty while the suspension lasts.",
        )
    if ended_on is not None and ended_on <= started_on:
        raise _unfit(
            "ended_on", "恢复之日须在中止之日之后。", "It is resumed after the day on which it was suspended."
        )
    if ended_on is None and open_suspension(clock) is not None:
        raise _unfit(
            "ended_on",
            "该期限已在中止中；先登记恢复，或填写恢复之日。",
            "The period is suspended already: enter its resumption first, or the day of this one's.",
        )


def has_ended(clock: Clock, on: date) -> bool:
    """Tell whether the period is over, after which nothing lengthens it."""
    return clock.due_on is not None and on > clock.due_on


def too_late(clock: Clock) -> tuple[str, str]:
    """Say in Chinese and English that the period is over."""
    return (
        f"期限已于{clock.due_on:%Y-%m-%d}届满，届满后不能再延长",
        f"The period ended on {clock.due_on}; it cannot be extended afterwards",
    )


def require_grantable(clock: Clock, length: int, minutes: str, on: date) -> extensions.Extension:
    """Refuse an extension beyond the ladder, without minutes where the heads decide together, or too late."""
    if clock.kind in PAYMENT_CLOCKS:
        raise gates.violation("instalment_approved", field="kind", link="case:request-terms")
    rung = next_rung(clock)
    rule = rule_of(clock)
    if rung is None:
        raise gates.violation(
            "extension_needs_rule",
            detail=f"“{rule.name_zh}”已没有可以延长的规定（{rule.article}）。",
            detail_en=f"No rule grants a further extension of {rule.name_en} ({rule.article_en})",
            field="kind",
        )
    if rung.approver not in Extension.Approver.values:
        raise gates.violation(
            "extension_needs_rule",
            detail=f"该延长须由{APPROVERS[rung.approver][0]}批准。",
            detail_en=f"it is approved by {APPROVERS[rung.approver][1]}",
            field="kind",
        )
    if rung.approver == Extension.Approver.COLLECTIVE and not minutes.strip():
        raise gates.violation(
            "extension_needs_rule",
            detail="再次延长须经负责人集体讨论，须附讨论记录。",
            detail_en="A further extension needs the minutes of a collective discussion",
            field="minutes",
        )
    if has_ended(clock, on):
        zh, en = too_late(clock)
        raise gates.violation("extension_needs_rule", detail=f"{zh}。", detail_en=en, field="kind")
    return extensions.Extension(length=length, approver=rung.approver, approved_on=on)


def beyond(error: LawError) -> RuleViolation:
    """Turn what the law says against an extension into the gate's refusal."""
    return gates.violation(
        "extension_needs_rule", detail=f"{error.message}。", detail_en=error.message_en, field="length"
    )
