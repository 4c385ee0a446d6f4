"""Who may and must handle the case."""

from collections.abc import Iterator
from datetime import date

from cases.dossier.authority import verdict_of
from cases.dossier.duties import require_not_judge
from cases.dossier.models import Case
from cases.routing.models import HandOver
from law import duties, gates
from law.competence import Verdict
from law.errors import RuleViolation, enforce
from townships.models import Officer
from townships.selectors import officer_facts


def require_handler(case: Case, *, on: date) -> Verdict | None:
    """Return the verdict under which the lead may be sent; refuse a gap or overlap.

    行政处罚法第二十二条至第二十五条。
    """
    verdict = verdict_of(case, on=on)
    if verdict is not None and verdict.handler_id is None:
        raise gates.violation("authority_subject", detail="；".join(verdict.reasons_zh), link="authority")
    return verdict


def routing_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against sending the lead today."""
    try:
        require_handler(case, on=on)
    except RuleViolation as refusal:
        yield refusal


def hand_over_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Warn of a case that was handed over before: whoever received it reports for designation instead."""
    if HandOver.objects.filter(case=case).exists():
        yield gates.violation("jurisdiction_no_retransfer").weighed("warn")


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
            "separate_functions", detail=f"{officer.name}负责本案的审核或决定。", field="officer"
        )


def require_reason(text: str, field: str = "reason") -> None:
    """Refuse an act that needs its reason on file (行政处罚法第四十七条)."""
    if not text.strip():
        raise gates.violation("full_process_record", detail="须写明理由。", field=field)
