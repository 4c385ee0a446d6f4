"""What the register of a lead prints beyond the common part."""

from datetime import date
from typing import Any

from django.utils import timezone

from cases.clocks.selectors import running
from cases.dossier.models import Case, Source
from cases.instruments.content import approval
from townships.models import Officer

# The form knows fewer sources than the register: a camera is the body's own inspection.
FORM_SOURCES = {
    Source.PATROL: "inspection",
    Source.CAMERA: "inspection",
    Source.HOTLINE: "hotline",
    Source.REPORT: "report",
    Source.SUPERIOR: "assigned",
    Source.TRANSFER: "transfer",
    Source.PLATFORM: "other",
}


def register_content(case: Case, *, router: Officer, on: date) -> dict[str, Any]:
    """Fill the 案件来源登记表: when it came, until when it is checked, who registered and who sent it."""
    check = running(case, "filing_check")
    received = timezone.localdate(case.registered_at)
    sent = f"分派{case.handler.name}办理。" if case.handler else ""
    return {
        "source_kind": FORM_SOURCES[Source(case.source)],
        "lead_number": case.lead_number,
        "received_at": case.registered_at.isoformat(),
        "check_due": check.due_on.isoformat() if check and check.due_on else "",
        "approvals": [
            approval("registrar", f"已登记（{case.lead_number}）。", [case.registered_by.name], received),
            {**approval("team_leader", sent, [router.name], on), "label": "分派意见"},
        ],
    }
