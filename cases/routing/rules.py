"""Who may and must handle the case."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cases.dossier.authority import verdict_of
from cases.dossier.duties import require_not_judge
from cases.dossier.law_book import sector_of
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reading import read_once
from cases.dossier.stages import Stage
from cases.dossier.versions import domain_of
from cases.routing.models import HandOver, HandOverAnswer
from law import duties, gates
from law.competence import Verdict
from law.errors import RuleViolation, enforce
from townships.models import Body, Officer
from townships.selectors import officer_facts, successor_on

# Stages before any officer is put on a case.
UNMANNED = (Stage.LEAD, Stage.ROUTED)
RECEPTION, DESIGNATION = "reception", "designation"


def require_handler(case: Case, *, on: date) -> Verdict | None:
    """Return the verdict under which the lead may be sent; refuse a gap or overlap.

    行政处罚法第二十二条至第二十五条。
    """
    verdict = verdict_of(case, on=on)
    if verdict is not None and verdict.handler_id is None:
        raise gates.violation(
            "authority_subject",
            detail="；".join(verdict.reasons_zh),
            detail_en="; ".join(verdict.reasons_en),
            link="authority",
        )
    return verdict


def require_receiver(case: Case, *, on: date) -> Verdict | Body:
    """Return the finding under which another body takes the case over, or the body that succeeds the handler.

    行政处罚法第二十二条至第二十五条。
    """
    verdict = require_handler(case, on=on)
    if verdict is None and case.handler is not None and not case.handler.exists_on(on):
        successor = successor_on(case.handler, on)
        if successor.exists_on(on):
            return successor
    if verdict is None or verdict.handler_id == case.handler_id:
        raise RuleViolation(
            "nobody_to_hand_over_to",
            "按当日权限，本案仍由现承办机关办理，无须移交。"
            if verdict
            else "本案尚未确定事项，无法判断移交给谁。",
            "行政处罚法第二十四条",
            "先核对事项与委托、赋权的起止日期。",
            link="authority",
            message_en="Under today's authority this body keeps the case; there is nothing to hand over."
            if verdict
            else "The item is not settled yet, so it cannot be told who would take the case over.",
            unblock_en="First check the item and the dates of the delegation or empowerment.",
        )
    return verdict


def unanswered() -> QuerySet[HandOver]:
    """Return the hand-overs not accepted yet, the newest of each case, with its newest answer as `last`."""
    said = HandOverAnswer.objects.filter(hand_over=OuterRef("pk"))
    later = HandOver.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    rows = HandOver.objects.filter(~Exists(later), ~Exists(said.filter(kind=HandOverAnswer.Kind.ACCEPTED)))
    newest = Subquery(said.order_by("-id").values("kind")[:1])
    return rows.annotate(last=Coalesce(newest, Value("")))


def pending(case: Case) -> HandOver | None:
    """Return the hand-over of a case that its receiver has not accepted yet."""
    return unanswered().filter(case=case).first()


def answers_due(cases: Iterable[Case]) -> dict[int, Move]:
    """Tell by case what those handed over wait for: to be received, or designated after an objection."""
    unmanned = [case.pk for case in cases if case.lead_officer_id is None and case.stage not in UNMANNED]
    waiting = unanswered().filter(case__in=unmanned) if unmanned else ()
    return {handed.case_id: Move.DESIGNATE if objected(handed) else Move.RECEIVE for handed in waiting}


@read_once
def waits_for(case: Case) -> str:
    """Tell what a hand-over of the case waits for: its receiver, a designation, or nothing.

    Handing over takes the officers off a case and receiving names them: one with officers waits for nothing.
    """
    if case.lead_officer_id is not None:
        return ""
    handed = pending(case)
    return "" if handed is None else DESIGNATION if objected(handed) else RECEPTION


def objected(handed: HandOver) -> bool:
    """Tell whether the receiver's objection to a hand-over waits for a designation."""
    last: str | None = getattr(handed, "last", None)
    return last == HandOverAnswer.Kind.REFUSED


def receivable(case: Case) -> bool:
    """Tell whether a hand-over waits for its receiver."""
    return waits_for(case) == RECEPTION


def designable(case: Case) -> bool:
    """Tell whether an objection waits for a designation."""
    return waits_for(case) == DESIGNATION


def require_received(case: Case) -> None:
    """Refuse to put officers on a case that its new body has not taken over yet."""
    if case.lead_officer_id is None and pending(case) is not None:
        raise RuleViolation(
            "hand_over_not_received",
            "本案移交后尚未接收。",
            "行政处罚法第二十五条",
            "由接收机关先办理“接收移交”并指定承办人，或提出异议。",
            link="case:receive",
            message_en="The case was handed over and is not received yet.",
            unblock_en="The body it was handed to receives it and names its officers, or objects.",
        )


def routing_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against sending the lead today."""
    try:
        require_handler(case, on=on)
    except RuleViolation as refusal:
        yield refusal


def hand_over_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that nobody else may act, or that whoever received the case must ask for a designation."""
    try:
        require_receiver(case, on=on)
    except RuleViolation as refusal:
        yield refusal
    yield from retransfer_objection(case, on)


def retransfer_objection(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that whoever received the case would pass it on: a block where the sector's rules say so.

    市场监督管理行政处罚程序规定第十四条。
    """
    if HandOver.objects.filter(case=case, ground=HandOver.Ground.DECIDED).exists():
        yield gates.violation("jurisdiction_no_retransfer", profile=sector_of(domain_of(case, on)))


JUDGES = ("case.review", "case.decide")


def require_invitable(case: Case, officer: Officer, *, on: date) -> None:
    """Refuse to invite whoever holds no certificate, or has to review or decide this very case.

    Whoever handles a case may no longer review it or decide on it, so an invitation could unseat them.
    行政处罚法第二十六条、第四十二条、第五十七条、第五十八条.
    """
    for fact in officer_facts([officer]):
        enforce(duties.certified(fact, on=on))
    require_not_judge(case, [officer])
    if any(officer.scope(on, permission).covers(case.named_id) for permission in JUDGES):
        raise gates.violation(
            "separate_functions",
            detail=f"{officer.name}负责本案的审核或决定。",
            detail_en=f"{officer.name} reviews or decides this case",
            field="officer",
        )


def require_agreed(agreement: str) -> None:
    """Refuse joint handling by two bodies without the number of their agreement (第二十六条、第四十七条)."""
    if not agreement.strip():
        raise RuleViolation(
            "joint_handling_agreed",
            "与其他机关人员共同办理，须写明协助函或协调记录的文号",
            "行政处罚法第二十六条、第四十七条",
            "先向对方机关发出协助请求或作出协调记录，再填写其文号",
            message_en="Joint handling with another body needs the number of the request or record",
            unblock_en="Send the request for assistance or record the coordination, then enter its number",
            field="agreement",
        )
