"""What the approval of closing prints."""

from datetime import date
from itertools import chain
from typing import Any

from django.utils import timezone

from cases.archive.models import Closure
from cases.decision.content import result_of
from cases.decision.models import Decision
from cases.decision.outcomes import outcomes_of
from cases.dossier.models import Case
from cases.execution.dues import GoodsDisposal
from cases.execution.panels import outcome_told
from cases.execution.parts import performances_of
from cases.execution.performances import CORRECTION
from cases.execution.rules import payments_of
from cases.instruments.content import approval
from cases.instruments.models import Service
from cases.investigation.content import correction_state
from papers import wording


def closing_content(case: Case, closure: Closure, *, opinion: str, head: str, on: date) -> dict[str, Any]:
    """Fill the 结案审批表: what was decided, how it was served and carried out, who proposed and approved."""
    decision = Decision.objects.select_related("instrument").get(case=case)
    served = Service.objects.filter(instrument=decision.instrument).first()
    told = _performed(case)
    corrected = told.pop(CORRECTION, [])
    proposed = timezone.localdate(closure.proposed_at)
    return {
        "reason": closure.ground,
        "decision_number": decision.instrument.number,
        "decided_on": timezone.localdate(decision.decided_at).isoformat(),
        "served_on": case.served_on.isoformat() if case.served_on else "",
        "served_how": served.get_method_display() if served else "",
        "result": result_of(decision),
        "execution": wording.sentences(
            [
                closure.summary,
                *_paid(case),
                *chain(*told.values()),
                *_disposed(case),
                *(outcome_told(outcome) for outcome in outcomes_of(case)),
            ]
        ),
        "correction_state": "；".join(
            filter(None, [correction_state(case), *corrected, _unchecked(closure)])
        ),
        "approvals": [
            approval("handler", closure.summary, [closure.proposed_by.name], proposed),
            approval("head", opinion, [head], on),
        ],
    }


def _paid(case: Case) -> list[str]:
    """Tell each payment with its receipt."""
    return [
        f"{payment.paid_on:%Y年%-m月%-d日}缴纳{wording.figures(payment.amount)}元，票据号{payment.receipt_number}"
        for payment in payments_of(case)
    ]


def _performed(case: Case) -> dict[str, list[str]]:
    """Tell by kind what else was carried out: on which day, where, how, on which paper."""
    told: dict[str, list[str]] = {}
    for done in performances_of(case).select_related("proof__file"):
        where = f"在{done.place}" if done.place else ""
        said = [
            f"{done.done_on:%Y年%-m月%-d日}{where}执行{done.get_kind_display()}",
            done.manner.strip().rstrip("。；"),
            f"上缴国库凭证{done.receipt_number}" if done.receipt_number else "",
            f"执行证明：{done.proof.file.name}",
        ]
        told.setdefault(done.kind, []).append("，".join(filter(None, said)))
    return told


def _disposed(case: Case) -> list[str]:
    """Tell what became of confiscated goods (行政处罚法第七十四条)."""
    goods = GoodsDisposal.objects.filter(case=case).first()
    if goods is None:
        return []
    sum_ = wording.figures(goods.proceeds)
    gained = f"，所得款项{sum_}元上缴国库，凭证{goods.receipt_number}" if goods.proceeds else ""
    how = f"{goods.get_manner_display()}，依据{goods.basis}"
    return [f"{goods.disposed_on:%Y年%-m月%-d日}处置没收财物：{how}{gained}"]


def _unchecked(closure: Closure) -> str:
    """Tell why an order to correct was not looked into."""
    return f"未复查的说明：{closure.uncorrected}" if closure.uncorrected else ""
