"""A hold needs the head's approval and ends within seven working days (行政处罚法第五十六条)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from cases.clocks.derive import sector_for
from cases.dossier import authority
from cases.dossier.duties import happened, two_officers
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reading import read_once
from cases.holding.models import Hold
from law import gates
from law.errors import RuleViolation
from townships.models import Officer

# Only where the sector's own rule lets officers act first (市场监督管理行政处罚程序规定第三十三条第二款).
URGENT_UNDER = frozenset({"samr"})
URGENT_HOURS = timedelta(hours=24)


@read_once
def open_hold(case: Case) -> Hold | None:
    """Return the hold that is proposed or runs."""
    if not happened(case, Move.PROPOSE_HOLD):
        return None
    return Hold.objects.filter(case=case, disposed_at=None).exclude(approved=False).first()


def is_proposed(case: Case) -> bool:
    """Tell whether a hold awaits the head's answer."""
    found = open_hold(case)
    return found is not None and found.approved is None


def is_held(case: Case) -> bool:
    """Tell whether evidence of the case is held."""
    found = open_hold(case)
    return found is not None and found.approved is True


def proposal_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against asking for a hold: officers, authority once filed, another hold."""
    yield from two_officers(case, [case.lead_officer, case.second_officer], on=on)
    refusal = authority.objection(case, on=on)
    if refusal and case.number:
        yield refusal
    if open_hold(case) is not None:
        yield RuleViolation(
            "hold_already_open",
            "本案已有一次先行登记保存尚未审批或处理。",
            "行政处罚法第五十六条",
            "先对已保存的物品作出处理决定，再呈报新的保存。",
            link="case:dispose-hold",
            message_en="Another hold of this case is not answered or not disposed of yet.",
            unblock_en="Decide first on what is held, then propose another hold.",
        )


def require_urgent(case: Case, taken_at: datetime | None, *, at: datetime) -> None:
    """Refuse goods taken before approval, save where the sector's rule allows it for a day."""
    if taken_at is None:
        return
    if sector_for(case) not in URGENT_UNDER:
        raise gates.violation(
            "hold_head_approval",
            detail="本案适用的规则没有事后补批的规定。",
            detail_en="the rules of this case know no approval afterwards",
            field="taken_at",
        )
    if not timedelta(0) <= at - taken_at <= URGENT_HOURS:
        raise gates.violation(
            "hold_head_approval",
            detail="补批须在保存后二十四小时内。",
            detail_en="it is approved afterwards within twenty-four hours",
            field="taken_at",
        )


def require_approver(case: Case, actor: Officer, *, on: date) -> None:
    """Refuse an answer from anybody but a head of the body (行政处罚法第五十六条)."""
    body = case.named
    if body is None or not actor.is_head or not actor.scope(on, "case.approve_filing").covers(body.pk):
        raise gates.violation(
            "hold_head_approval",
            detail=f"{actor.name}不是{body or '本机关'}的负责人。",
            detail_en=f"{actor.name} is no head of {body or 'the body'}",
        )


def nothing_held() -> RuleViolation:
    """Say that there is nothing to answer or to dispose of."""
    return RuleViolation(
        "nothing_held",
        "本案没有待审批或待处理的先行登记保存。",
        "行政处罚法第五十六条",
        "刷新案件页；可能已由同事办理。",
        link="case:propose-hold",
        message_en="No hold of this case awaits this act.",
        unblock_en="Reload the case; a colleague may have acted already.",
    )


def require_disposable(hold: Hold, disposal: str, *, at: datetime) -> None:
    """Refuse anything but release once the seven working days have run out (行政处罚法第五十六条)."""
    late = hold.due_on is not None and timezone.localdate(at) > hold.due_on
    if late and disposal != Hold.Disposal.RELEASE:
        raise gates.violation(
            "hold_disposed_in_7wd",
            detail=f"期限至{hold.due_on:%Y年%-m月%-d日}，只能解除。",
            detail_en=f"until {hold.due_on}; it can only be released",
            field="disposal",
        )


def overdue_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find evidence still held after its seven working days: nothing goes on before it is released."""
    hold = open_hold(case)
    if hold is not None and hold.approved and hold.due_on is not None and on > hold.due_on:
        yield gates.violation(
            "hold_disposed_in_7wd",
            detail=f"{hold}的处理期限至{hold.due_on:%Y年%-m月%-d日}。",
            detail_en=f"{hold}: until {hold.due_on}",
            link="case:dispose-hold",
        )


def unapproved_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find a hold that was asked for and never answered: its evidence stands without approval."""
    if is_proposed(case):
        yield gates.violation(
            "hold_head_approval",
            detail="先行登记保存尚待审批。",
            detail_en="the hold awaits its approval",
            link="case:answer-hold",
        )
