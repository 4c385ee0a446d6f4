"""What is still owed."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from cases.decision.models import Decision
from cases.dossier.models import Case
from cases.execution.models import Payment
from law.errors import RuleViolation


def owed(case: Case) -> Decimal:
    """Return the fine not yet paid (yuan)."""
    decision = Decision.objects.get(case=case)
    paid = Payment.objects.filter(case=case).aggregate(total=Sum("amount"))["total"] or Decimal(0)
    return decision.fine - paid


def require_payable(case: Case, *, amount: Decimal, paid_on: date, receipt_number: str, on: date) -> None:
    """Refuse a payment above what is owed, dated outside service and today, or with a used receipt.

    行政处罚法第六十七条。
    """
    rest = owed(case)
    if amount > rest:
        raise RuleViolation(
            "paid_too_much",
            f"尚欠罚款{rest}元，不能登记{amount}元。",
            "行政处罚法第六十七条",
            "核对票据金额；多缴部分由财政部门退付，不在本案登记。",
            field="amount",
        )
    if paid_on > on or (case.served_on and paid_on < case.served_on):
        raise RuleViolation(
            "paid_out_of_time",
            "缴款日期须在决定书送达之后、今天之前。",
            "行政处罚法第六十七条第三款",
            "以银行回单日期为准。",
            field="paid_on",
        )
    if Payment.objects.filter(receipt_number=receipt_number).exists():
        raise RuleViolation(
            "receipt_used",
            f"票据{receipt_number}已登记过。",
            "行政处罚法第七十条",
            "核对票据号码；同一票据只登记一次。",
            field="receipt_number",
        )
