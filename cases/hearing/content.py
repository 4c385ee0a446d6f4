"""What a prior notice and its approval print (行政处罚法第四十四条)."""

from typing import Any

from cases.dossier.models import Case
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
        "facts": report.facts,
        "reasoning": report.reasoning,
        "evidence": evidence_content(case),
        "penalties": penalty_content(report),
        "hearing_offered": hearing_offered,
        **basis_content(report),
    }
