"""What the papers from the check of a lead to its filing print."""

from datetime import date
from typing import Any

from django.utils import timezone

from cases.dossier.models import Case
from cases.instruments.content import approval, officers_of, provision_content
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.intake.models import FilingProposal, Verification
from catalog.models import ItemVersion

CHECKED = (Kind.INSPECTION, Kind.CORRECTION)


def cause_of(party_name: str, version: ItemVersion) -> str:
    """Write the cause of a case: who is suspected of what."""
    return f"{party_name}涉嫌{version.violation}案"[:400]


def verification_content(case: Case, found: Verification) -> dict[str, Any]:
    """Fill the record of the check: what was done, what was found, what is proposed."""
    done = Instrument.objects.filter(case=case, kind__in=CHECKED).order_by("id")
    day = f"{timezone.localdate(found.checked_at):%Y年%-m月%-d日}"
    names = "、".join(officer.name for officer in found.officers.all())
    return {
        "lead_number": case.lead_number,
        "started_at": found.checked_at.isoformat(),
        "process": f"{day}，{names}对线索反映的情况进行了核查。",
        "findings": found.findings,
        "materials": [str(paper) for paper in done],
        "conclusion": found.suggestion,
        "opinion": f"{found.get_suggestion_display()}。",
    }


def filing_content(case: Case, proposal: FilingProposal, *, findings: str | None) -> dict[str, Any]:
    """Fill the 立案审批表; the verified facts say more than the first report."""
    proposed = timezone.localdate(proposal.proposed_at)
    answered = timezone.localdate(proposal.answered_at)
    names = [officer.name for officer in officers_of(case)]
    head = proposal.answered_by.name if proposal.answered_by else ""
    return {
        "summary": case.summary if findings is None else findings,
        "found_on": case.found_on.isoformat(),
        # Approved by the head after the gates of filing: evidence, penalty due, own authority, in time.
        "checks": {"unlawful": True, "punishable": True, "competent": True, "in_time": True},
        **(provision_content(case.item_version) if case.item_version else {}),
        "approvals": [
            approval("handler", proposal.opinion, names, proposed),
            approval("head", proposal.answer_opinion, [head], answered),
        ],
    }


def refusal_content(case: Case, *, ground: str, reason: str, head: str, on: date) -> dict[str, Any]:
    """Fill the approval of not filing; the verified facts say more than the first report."""
    found = case.verifications.order_by("-id").first()
    checked = timezone.localdate(found.checked_at).isoformat() if found else ""
    return {
        "lead_number": case.lead_number,
        "summary": found.findings if found else case.summary,
        "verified_on": checked,
        "reason_kind": ground,
        "reasons": reason,
        "approvals": [approval("head", reason, [head], on)],
    }
