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
    return {
        **_paid(payment, decision),
        "fine": str(decision.fine),
        "state": "已缴清" if rest == 0 else f"尚欠{rest}元",
        "handled_by": handled_by,
        "image": proof.sha256 if proof is not None and proof.is_image else "",
    }


def void_content(payment: Payment, decision: Decision, *, rest: Decimal) -> dict[str, Any]:
    """Fill the note that an entry of a payment was voided."""
    return {
        **_paid(payment, decision),
        "recorded_by": payment.recorded_by.name,
        "recorded_on": timezone.localdate(payment.recorded_at).isoformat(),
        "reason": payment.void_reason,
        "voided_by": payment.voided_by.name if payment.voided_by else "",
        "state": "没有欠缴" if rest == 0 else f"尚欠{rest}元",
    }


def _paid(payment: Payment, decision: Decision) -> dict[str, Any]:
    return {
        "decision_number": decision.instrument.number,
        "amount": str(payment.amount),
        "paid_on": payment.paid_on.isoformat(),
        "receipt_number": payment.receipt_number,
        "channel": payment.get_channel_display(),
        "payer": payment.payer,
    }
