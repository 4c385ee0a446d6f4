"""What the head sees before deciding."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.decision.content import hearing_content, statement_content
from cases.dossier.models import Case
from cases.hearing.rules import current_notice
from cases.investigation.content import basis_content, evidence_content, penalty_content
from cases.investigation.findings import current_report
from cases.investigation.rules import band_range, range_of
from cases.review.rules import due_consequences, passed_review
from townships.models import Officer


def decision_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Collect report, notice, answers, review and ranges."""
    report = current_report(case)
    if report is None:
        return {}
    return {
        "report": report,
        "notice": current_notice(case),
        "basis": basis_content(report),
        "evidence": evidence_content(case),
        "penalties": penalty_content(report),
        "statement": statement_content(case),
        "hearing": hearing_content(case),
        "review": passed_review(case),
        "due": due_consequences(case, on),
        "statutory": range_of(report.item_version, report.quantity),
        "band_range": band_range(report.band, report.quantity),
    }
