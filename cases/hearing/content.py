"""What a prior notice and its approval print (行政处罚法第四十四条)."""

from typing import Any

from django.utils import timezone

from cases.clocks.selectors import working_days_of
from cases.dossier.models import Case
from cases.hearing.models import PriorNotice
from cases.investigation.content import basis_content, evidence_content, penalty_content
from cases.investigation.models import Report


def approval_content(report: Report, *, opinion: str, head: str) -> dict[str, Any]:
    """Fill the approval of the notice."""
    return {
        "opinion": opinion,
        "head": head,
        "penalties": penalty_content(report),
        **basis_content(report),
    }


def notice_content(case: Case, report: Report, *, hearing_offered: bool) -> dict[str, Any]:
    """Fill the notice."""
    return {
        "statement_days": working_days_of("defence", case),
        "facts": report.facts,
        "reasoning": report.reasoning,
        "evidence": evidence_content(case),
        "penalties": penalty_content(report),
        "hearing_offered": hearing_offered,
        **basis_content(report),
    }


def notice_reference(notice: PriorNotice | None) -> dict[str, str]:
    """Name the notice a later document answers to: its number and the day it was served."""
    served = timezone.localdate(notice.served_at).isoformat() if notice and notice.served_at else ""
    return {"number": notice.instrument.number if notice else "", "served_on": served}


def answer_content(case: Case, notice: PriorNotice) -> dict[str, Any]:
    """Collect what every paper about the party's answer prints."""
    return {"notice": notice_reference(notice), "person": case.party_name}
