"""Record what was paid; the full sum settles the penalty."""

from datetime import date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.decision.models import Decision
from cases.dossier.models import Case
from cases.dossier.stages import Move
from cases.execution import rules
from cases.execution.models import Payment
from cases.flow.services import fire, require_move
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from papers import files
from townships.models import Officer


@transaction.atomic
def record_payment(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    amount: Decimal,
    paid_on: date,
    receipt_number: str,
    channel: str,
    payer: str,
    upload: UploadedFile[bytes] | None = None,
) -> Payment:
    """Record a payment to the bank with its receipt; when nothing is owed any more the penalty is settled."""
    require_move(case, Move.RECORD_PAYMENT, actor=actor, at=at)
    rules.require_payable(
        case,
        amount=amount,
        paid_on=paid_on,
        receipt_number=receipt_number,
        channel=channel,
        on=timezone.localdate(at),
    )
    fire(
        case,
        Move.RECORD_PAYMENT,
        actor=actor,
        at=at,
        payload={"amount": str(amount), "receipt": receipt_number},
    )
    decision = Decision.objects.select_related("instrument").get(case=case)
    stored = files.store(upload=upload, actor=actor, at=at) if upload else None
    payment = _keep(
        Payment(
            case=case,
            amount=amount,
            paid_on=paid_on,
            receipt_number=receipt_number,
            channel=channel,
            payer=payer,
            proof=stored,
            recorded_by=actor,
            recorded_at=at,
        )
    )
    rest = rules.owed(case)
    issue(
        case=case,
        kind=Kind.VOUCHER,
        actor=actor,
        at=at,
        content={
            "decision_number": decision.instrument.number,
            "fine": str(decision.fine),
            "amount": str(amount),
            "paid_on": paid_on.isoformat(),
            "receipt_number": receipt_number,
            "channel": payment.get_channel_display(),
            "payer": payer,
            "state": "已缴清" if rest == 0 else f"尚欠{rest}元",
            "handled_by": actor.name,
            "image": stored.sha256 if stored and stored.is_image else "",
        },
    )
    if rest == 0:
        fire(case, Move.SETTLE, actor=actor, at=at)
    return payment


def _keep(payment: Payment) -> Payment:
    """Save a payment; a receipt that another case used at this very moment is refused like any used one."""
    try:
        with transaction.atomic():
            payment.save(force_insert=True)
    except IntegrityError as error:
        raise rules.receipt_used(payment.receipt_number) from error
    return payment
