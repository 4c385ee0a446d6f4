"""What the head sees before approving a notice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.dossier.models import Case
from cases.investigation.content import basis_content, evidence_content, penalty_content
from cases.investigation.findings import current_report, hearing_finding
from law.errors import LawError
from townships.models import Officer


def notice_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Collect the report, its basis and whether a hearing must be offered."""
    report = current_report(case)
    if report is None:
        return {}
    try:
        hearing = hearing_finding(case, report, on=on)
    except LawError:
        hearing = None
    return {
        "report": report,
        "basis": basis_content(report),
        "evidence": evidence_content(case),
        "penalties": penalty_content(report),
        "hearing": hearing,
    }
