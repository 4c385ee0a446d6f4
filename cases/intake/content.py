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
