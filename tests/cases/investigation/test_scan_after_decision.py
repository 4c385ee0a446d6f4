"""No evidence is gathered after the decision to bear it out; signed receipts still come in."""

from cases.instruments.models import Instrument
from tests.cases.standing import denied, done, standing_at
from tests.doors.script import Step

laid = standing_at("serve-decision")


def scan(door, kind: str) -> Step:
    paper = Instrument.objects.filter(case=door.case_id, kind=kind).first()
    return Step("2026-03-26T15:00", "first", "add-scan", {"instrument": paper.pk, "note": ""}, ("upload",))


def test_evidence_is_closed_with_the_decision(standing):
    for kind in ("inspection_record", "interview_record", "investigation_report", "statement_record"):
        denied(standing, "no_evidence_after_decision", "第四十六条", scan(standing, kind))


def test_the_signed_decision_still_comes_into_the_file(standing):
    done(standing, scan(standing, "penalty_decision"))
