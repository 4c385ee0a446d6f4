"""What the papers about money print."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cases.decision.models import Decision
from cases.execution.models import Payment
from cases.execution.performances import Performance
from cases.execution.terms import PaymentTerms
from cases.instruments.content import approval
from cases.investigation.models import Voidable
from papers import wording


def voucher_content(
    payment: Payment, decision: Decision, *, rest: Decimal, handled_by: str
) -> dict[str, Any]:
    """Fill the sheet that carries the fiscal receipt."""
    proof = payment.proof
    paid = {
        "receipt": payment.receipt_number,
        "paid_on": payment.paid_on.isoformat(),
        "amount": str(payment.amount),
    }
    return {
        "decision_number": decision.instrument.number,
        "fine": str(decision.fine),
        "payments": [paid],
        "bank": payment.get_channel_display(),
        "state": "已缴清" if rest == 0 else f"尚欠{wording.figures(rest)}元",
        "handled_by": handled_by,
        "sha256": proof.sha256 if proof is not None and proof.is_image else "",
    }


def void_content(payment: Payment, decision: Decision, *, rest: Decimal) -> dict[str, Any]:
    """Fill the note that an entry of a payment was voided."""
    return {
        "decision_number": decision.instrument.number,
        "amount": str(payment.amount),
        "paid_on": payment.paid_on.isoformat(),
        "receipt_number": payment.receipt_number,
        "channel": payment.get_channel_display(),
        "payer": payment.payer,
        "recorded_by": payment.recorded_by.name,
        "recorded_on": timezone.localdate(payment.recorded_at).isoformat(),
        "reason": payment.void_reason,
        "voided_by": payment.voided_by.name if payment.voided_by else "",
        "state": "没有欠缴" if rest == 0 else f"尚欠{wording.figures(rest)}元",
    }


TERMS_BASIS = "《中华人民共和国行政处罚法》第六十六条第二款"


def terms_approval(terms: PaymentTerms) -> dict[str, Any]:
    """Fill the sheet on which paying later or in parts is approved."""
    asked, answered = timezone.localdate(terms.recorded_at), timezone.localdate(terms.answered_at)
    head = terms.answered_by.name if terms.answered_by else ""
    return {
        "title": "延期（分期）缴纳罚款审批表",
        "matter": "延期（分期）缴纳罚款",
        "basis": TERMS_BASIS,
        "particulars": [
            {"label": "申请日期", "text": f"{terms.applied_on:%Y年%-m月%-d日}"},
            {"label": "各期期限和金额", "text": _parts(terms)},
        ],
        "matter_reasons": terms.reason,
        "outcome": "同意" if terms.approved else "不同意",
        "approvals": [
            approval("handler", terms.reason, [terms.recorded_by.name], asked),
            approval("head", terms.opinion, [head], answered),
        ],
    }


def terms_voided(terms: PaymentTerms) -> dict[str, Any]:
    """Fill the sheet that tells why an answer on terms was voided."""
    return _voided(
        terms,
        matter="作废延期（分期）缴纳罚款审批登记",
        basis=TERMS_BASIS,
        particulars={
            "原审批日期": f"{timezone.localdate(terms.answered_at):%Y年%-m月%-d日}",
            "原审批结果": "同意" if terms.approved else "不同意",
            "各期期限和金额": _parts(terms),
        },
        outcome="原审批登记作废，申请重新审批",
        step="head",
    )


def performance_voided(done: Performance) -> dict[str, Any]:
    """Fill the sheet that tells why a record of performance was voided."""
    return _voided(
        done,
        matter="作废执行登记",
        basis="《中华人民共和国行政处罚法》第四十七条",
        particulars={
            "执行内容": done.get_kind_display(),
            "执行完毕日期": f"{done.done_on:%Y年%-m月%-d日}",
            "执行情况": done.manner,
            "登记人": done.recorded_by.name,
        },
        outcome="原登记作废，执行证明留存案卷",
        step="handler",
    )


def _voided(
    entry: Voidable, *, matter: str, basis: str, particulars: Mapping[str, str], outcome: str, step: str
) -> dict[str, Any]:
    """Fill the sheet of any voided entry with what it said, why it was voided and by whom."""
    by = entry.voided_by.name if entry.voided_by else ""
    return {
        "matter": matter,
        "basis": basis,
        "particulars": [{"label": label, "text": text} for label, text in particulars.items()],
        "matter_reasons": entry.void_reason,
        "outcome": outcome,
        "approvals": [approval(step, entry.void_reason, [by], timezone.localdate(entry.voided_at))],
    }


def terms_paragraphs(terms: PaymentTerms, decision: Decision | None) -> list[str]:
    """Tell the party the answer and, approved, each last day and what follows when it is missed."""
    number = decision.instrument.number if decision else ""
    begun = f"你（单位）于{terms.applied_on:%Y年%-m月%-d日}申请延期（分期）缴纳{number}行政处罚决定的罚款。"
    if not terms.approved:
        return [begun, f"本机关依照{TERMS_BASIS}审查，不予批准，仍应按照决定书确定的期限缴纳。"]
    return [
        begun,
        f"依照{TERMS_BASIS}，本机关批准按下列期限缴纳：{_parts(terms)}。",
        "逾期不缴纳的，自各期期限届满的次日起，依照《中华人民共和国行政处罚法》第七十二条第一款第一项的规定，"
        "可以对该期未缴的罚款加处罚款。",
    ]


def _parts(terms: PaymentTerms) -> str:
    return "；".join(
        f"{part.due_on:%Y年%-m月%-d日}前（含当日）缴纳{wording.figures(part.amount)}元"
        for part in terms.instalments
    )
