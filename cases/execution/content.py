"""What the papers about money print."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from cases.decision.models import Decision
from cases.execution.models import Payment


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
        "state": "已缴清" if rest == 0 else f"尚欠{rest}元",
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
        "state": "没有欠缴" if rest == 0 else f"尚欠{rest}元",
    }
