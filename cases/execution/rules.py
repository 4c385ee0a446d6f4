"""What is still owed."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils import timezone

from cases.decision.models import Decision
from cases.decision.outcomes import standing_fine
from cases.dossier.duties import happened
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reading import read_once
from cases.dossier.reasons import require_reason
from cases.execution.dues import Surcharge
from cases.execution.models import Payment
from cases.instruments.kinds import Kind
from cases.instruments.models import Service
from law import gates
from law.errors import RuleViolation
from law.money import plain


def payments_of(case: Case) -> QuerySet[Payment]:
    """Return what was paid and counts: an entry that was voided is no payment."""
    return Payment.objects.filter(case=case, voided_at=None).order_by("paid_on", "id")


@read_once
def owed(case: Case) -> Decimal:
    """Return what stands of the fine and its surcharges and is unpaid (yuan); below zero it is refunded."""
    decision = decision_of(case)
    if decision is None:
        return Decimal(0)
    fine = standing_fine(decision)
    # A surcharge never exceeds the fine, also when the fine was lowered or fell away (行政处罚法第七十二条).
    return fine + min(surcharged(case), fine) - sum(paid_sums(case), Decimal(0))


@read_once
def paid_sums(case: Case) -> list[Decimal]:
    """Return the sums of the payments that count."""
    return list(payments_of(case).values_list("amount", flat=True))


@read_once
def decision_of(case: Case) -> Decision | None:
    """Return the decision of a case; before one was made there is nothing to read."""
    if case.decided_on is None:
        return None
    return Decision.objects.filter(case=case).select_related("case").first()


def surcharged(case: Case) -> Decimal:
    """Return the surcharges imposed so far (yuan)."""
    if not happened(case, Move.IMPOSE_SURCHARGE):
        return Decimal(0)
    return Surcharge.objects.filter(case=case).aggregate(total=Sum("amount"))["total"] or Decimal(0)


def payable_since(case: Case) -> date | None:
    """Return the day from which the party knew of the fine: an announced decision may be paid at once."""
    announced = Service.objects.filter(
        instrument__case=case, instrument__kind=Kind.DECISION, method=Service.Method.ANNOUNCEMENT
    ).first()
    return timezone.localdate(announced.served_at) if announced else case.served_on


BANKED, ON_SPOT = frozenset({"bank", "electronic"}), "on_spot"


def require_payable(
    case: Case, *, amount: Decimal, paid_on: date, receipt_number: str, channel: str, on: date
) -> None:
    """Refuse a payment to anybody but the bank, and one that cannot be received (行政处罚法第六十七条)."""
    if channel not in BANKED:
        raise gates.violation("fine_collection_separated", field="channel")
    require_receivable(case, amount=amount, paid_on=paid_on, receipt_number=receipt_number, on=on)


def require_receivable(case: Case, *, amount: Decimal, paid_on: date, receipt_number: str, on: date) -> None:
    """Refuse a payment above what is owed, dated outside service and today, or with a used receipt.

    行政处罚法第六十七条、第七十条。
    """
    rest = owed(case)
    if amount <= 0:
        raise RuleViolation(
            "paid_nothing",
            "缴款金额须大于零。",
            "行政处罚法第六十七条",
            "按银行回单填写金额。",
            message_en="The sum paid must be above zero.",
            unblock_en="Enter the sum of the bank's receipt.",
            field="amount",
        )
    if amount > rest:
        raise RuleViolation(
            "paid_too_much",
            f"尚欠罚款{plain(rest)}元，不能登记{plain(amount)}元。",
            "行政处罚法第六十七条",
            "核对票据金额；多缴部分由财政部门退付，不在本案登记。",
            message_en=f"{plain(rest)} yuan of the fine are owed; {plain(amount)} yuan cannot be entered.",
            unblock_en="Check the receipt; the treasury refunds what was overpaid, outside this case.",
            field="amount",
        )
    since = payable_since(case)
    if paid_on > on or (since and paid_on < since):
        raise RuleViolation(
            "paid_out_of_time",
            "缴款日期须在决定书送达之后、今天之前。",
            "行政处罚法第六十七条第三款",
            "以银行回单日期为准。",
            message_en="The day of payment lies between the service of the decision and today.",
            unblock_en="Go by the date of the bank's receipt.",
            field="paid_on",
        )
    if Payment.objects.filter(receipt_number=receipt_number, voided_at=None).exists():
        raise receipt_used(receipt_number)


def receipt_used(number: str) -> RuleViolation:
    """Say that a receipt stands for one payment only."""
    return RuleViolation(
        "receipt_used",
        f"票据{number}已登记过。",
        "行政处罚法第七十条",
        "核对票据号码；同一票据只登记一次。",
        message_en=f"Receipt {number} is on record already.",
        unblock_en="Check the number of the receipt; each is entered once.",
        field="receipt_number",
    )


def require_voidable(case: Case, payment: Payment, *, reason: str) -> None:
    """Refuse to void what is no counting payment of the case, or without a reason (行政处罚法第四十七条)."""
    require_reason(reason)
    if payment.case_id != case.pk or payment.is_void:
        raise RuleViolation(
            "nothing_to_void",
            "该缴款登记不属于本案或已经作废。",
            "行政处罚法第四十七条",
            "刷新页面后重新选择。",
            message_en="This payment is not of this case, or has been voided.",
            unblock_en="Reload the page and choose again.",
            field="payment",
        )


def has_payments(case: Case) -> bool:
    """Tell whether there is a payment to void."""
    return bool(paid_sums(case))
