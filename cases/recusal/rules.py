"""Who must withdraw, and that no decision is made over an unanswered challenge (行政处罚法第四十三条)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from cases.dossier.duties import happened
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reading import read_once
from cases.recusal.models import Recusal
from law import gates
from law.errors import RuleViolation
from townships.models import Officer


@read_once
def recusals_of(case: Case) -> list[Recusal]:
    """Return the challenges of a case, the oldest first."""
    if not happened(case, Move.REQUEST_RECUSAL):
        return []
    return list(Recusal.objects.filter(case=case).select_related("officer").order_by("id"))


def is_challenged(case: Case) -> bool:
    """Tell whether a challenge awaits its answer."""
    return any(found.resolved_at is None for found in recusals_of(case))


def withdrawn(case: Case) -> set[int]:
    """Return who had to withdraw from the case."""
    return {found.officer_id for found in recusals_of(case) if found.granted}


def recusal_obstacles(case: Case) -> Iterator[RuleViolation]:
    """Find a challenge without answer, or an officer who was to withdraw and still handles the case.

    行政处罚法第四十三条第二款、第三款。
    """
    handling = {case.lead_officer_id, case.second_officer_id}
    for found in recusals_of(case):
        if found.resolved_at is None:
            yield gates.violation(
                "recusal_resolved",
                detail=f"{found.officer.name}的回避申请。",
                detail_en=f"challenge of {found.officer.name}",
                link="case:resolve-recusal",
            )
        elif found.granted and found.officer_id in handling:
            yield gates.violation(
                "recusal_resolved",
                detail=f"{found.officer.name}已决定回避，仍是承办人。",
                detail_en=f"{found.officer.name} is recused and still handles the case",
                link="case:reassign",
            )


def resolution_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that there is nothing to answer."""
    if not is_challenged(case):
        yield nothing_to_answer()


def nothing_to_answer() -> RuleViolation:
    """Say that no challenge waits."""
    return RuleViolation(
        "nothing_to_answer",
        "本案没有待决定的回避申请。",
        "行政处罚法第四十三条",
        "刷新案件页；可能已由其他负责人决定。",
        link="case:request-recusal",
        message_en="No challenge of this case awaits an answer.",
        unblock_en="Reload the case; another head may have decided it.",
    )


def require_not_withdrawn(case: Case, officers: Iterable[Officer]) -> None:
    """Refuse whoever had to withdraw from the case (行政处罚法第四十三条第一款)."""
    gone = withdrawn(case)
    for officer in officers:
        if officer.pk in gone:
            raise gates.violation(
                "recusal_resolved",
                detail=f"{officer.name}已决定回避。",
                detail_en=f"{officer.name} is recused",
                field="lead_officer",
            )


def require_open(case: Case, officer: Officer, *, requested_at: datetime, at: datetime) -> None:
    """Refuse a second challenge while one waits, or one dated ahead."""
    if requested_at > at:
        raise RuleViolation(
            "challenged_in_future",
            "申请时间晚于现在。",
            "行政处罚法第四十三条",
            "填写实际提出申请的时间。",
            message_en="The challenge lies in the future.",
            unblock_en="Enter when the challenge was made.",
            field="requested_at",
        )
    if any(found.officer_id == officer.pk and found.resolved_at is None for found in recusals_of(case)):
        raise gates.violation(
            "recusal_resolved",
            detail=f"{officer.name}的回避申请尚未决定。",
            detail_en=f"the challenge of {officer.name} is not decided",
            field="officer",
        )


def require_answerable(found: Recusal, actor: Officer, reasons: str) -> None:
    """Refuse an answer by the very person challenged, or one without reasons."""
    if found.officer_id == actor.pk:
        raise gates.violation(
            "recusal_resolved",
            detail="不得决定本人的回避。",
            detail_en="nobody decides on their own recusal",
            field="recusal",
        )
    if not reasons.strip():
        raise gates.violation(
            "recusal_resolved", detail="须写明决定理由。", detail_en="give the reasons", field="reasons"
        )
