"""Papers that come in while a decision is executed."""

from datetime import datetime

from cases.dossier.models import Case
from cases.execution.rules import decision_of
from cases.investigation.models import Scan
from papers.models import StoredFile
from townships.models import Officer


def keep_behind_decision(case: Case, file: StoredFile, note: str, *, actor: Officer, at: datetime) -> Scan:
    """Put a paper into the file behind the decision it is about (行政处罚法第四十七条)."""
    decision = decision_of(case)
    assert decision is not None
    return Scan.objects.create(
        case=case, instrument_id=decision.instrument_id, file=file, note=note, added_at=at, added_by=actor
    )
