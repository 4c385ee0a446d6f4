"""What the approval of closing prints."""

from datetime import date
from typing import Any

from django.utils import timezone

from cases.archive.models import Closure
from cases.decision.content import result_of
from cases.decision.models import Decision
from cases.dossier.models import Case
from cases.execution.rules import payments_of
from cases.instruments.content import approval
from cases.instruments.models import Service
from cases.investigation.content import correction_state
from papers import wording


def closing_content(case: Case, closure: Closure, *, opinion: str, head: str, on: date) -> dict[str, Any]:
    """Fill the 结案审批表: what was decided, how it was served and carried out, who proposed and approved."""
    decision = Decision.objects.select_related("instrument").get(case=case)
    served = Service.objects.filter(instrument=decision.instrument).first()
    paid = [
        f"{payment.paid_on:%Y年%-m月%-d日}缴纳{wording.figures(payment.amount)}元，票据号{payment.receipt_number}"
        for payment in payments_of(case)
    ]
    proposed = timezone.localdate(closure.proposed_at)
    return {
        "reason": closure.ground,
        "decision_number": decision.instrument.number,
        "decided_on": timezone.localdate(decision.decided_at).isoformat(),
        "served_on": case.served_on.isoformat() if case.served_on else "",
        "served_how": served.get_method_display() if served else "",
        "result": result_of(decision),
        "execution": wording.sentences([closure.summary, *paid]),
        "correction_state": correction_state(case),
        "approvals": [
            approval("handler", closure.summary, [closure.proposed_by.name], proposed),
            approval("head", opinion, [head], on),
        ],
    }
