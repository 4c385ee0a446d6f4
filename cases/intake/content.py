"""What the papers from the check of a lead to its filing print."""

from typing import Any

from django.utils import timezone

from cases.dossier.models import Case
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.intake.models import Verification

CHECKED = (Kind.INSPECTION, Kind.CORRECTION)


def verification_content(case: Case, found: Verification) -> dict[str, Any]:
    """Fill the record of the check: what was done, what was found, what is proposed."""
    done = Instrument.objects.filter(case=case, kind__in=CHECKED).order_by("id")
    day = f"{timezone.localdate(found.checked_at):%Y年%-m月%-d日}"
    names = "、".join(officer.name for officer in found.officers.all())
    suggestion = found.get_suggestion_display()
    return {
        "lead_number": case.lead_number,
        "checked_at": found.checked_at.isoformat(),
        "process": f"{day}，{names}对线索反映的情况进行了核查。",
        "findings": found.findings,
        "materials": [str(paper) for paper in done],
        "suggestion": suggestion,
        "opinion": f"{suggestion}。",
    }


def authority_content(case: Case, finding: dict[str, Any]) -> dict[str, Any]:
    """Fill the proof of authority from the grant relied on, as it stands in the register."""
    grant, version = case.grant, case.item_version
    if grant is None or version is None:
        return {"finding": finding}
    until = f"至{grant.valid_to:%Y年%-m月%-d日}" if grant.valid_to else "起长期有效"
    published = grant.published_by_principal_on
    return {
        "finding": finding,
        "item": {"name": version.name, "version": f"{version.valid_from:%Y年%-m月%-d日}起施行"},
        "grant": {
            "signed_on": grant.signed_on.isoformat() if grant.signed_on else "",
            "principal": grant.source_body.name if grant.source_body else "",
            "area": grant.township.name if grant.township else "全县",
            "period": f"{grant.valid_from:%Y年%-m月%-d日}{until}",
            "published_on": published.isoformat() if published else "",
            "basis": "；".join(text for text in (grant.legal_basis, grant.decision_document) if text),
        },
    }
