"""Record what was paid; the full sum settles the penalty. Void an entry made by mistake."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from cases.clocks import services as clocks
from cases.clocks.services import FINE
from cases.decision.models import Decision
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.execution import rules
from cases.execution.content import void_content, voucher_content
from cases.execution.instalments import follow
from cases.execution.models import Payment
from cases.execution.settling import settle, unsettle
from cases.execution.spot_rules import SPOT_CLOCKS
from cases.flow.services import fire, require_move
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.instruments.services import issue, replace
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
    """Record a payment to the bank with its receipt; with the last part of the penalty it is settled."""
    require_move(case, Move.RECORD_PAYMENT, actor=actor, at=at)
    rules.require_payable(
        case,
        amount=amount,
        paid_on=paid_on,
        receipt_number=receipt_number,
        channel=channel,
        on=timezone.localdate(at),
    )
    rest = rules.owed(case) - amount
    of_fine = rest - rules.surcharged(case)
    fire(
        case,
        Move.RECORD_PAYMENT,
        actor=actor,
        at=at,
        payload={"amount": str(amount), "receipt": receipt_number},
        also_stop=(FINE,) if rest == 0 else (),
        adjust=lambda event: follow(case, rest=of_fine, event=event),
    )
    return enter(
        case,
        actor=actor,
        at=at,
        rest=rest,
        upload=upload,
        amount=amount,
        paid_on=paid_on,
        receipt_number=receipt_number,
        channel=channel,
        payer=payer,
    )


def enter(
    case: Case,
    *,
    actor: Officer,
    at: datetime,
    rest: Decimal,
    upload: UploadedFile[bytes] | None,
    **facts: Any,
) -> Payment:
    """Keep what was paid with its receipt and voucher; with the last part the penalty is settled."""
    stored = files.store(upload=upload, actor=actor, at=at) if upload else None
    payment = Payment(case=case, proof=stored, recorded_by=actor, recorded_at=at, **facts)
    payment.instrument = _voucher(payment, actor=actor, at=at, rest=rest)
    _keep(payment)
    settle(case, actor=actor, at=at)
    return payment


def _voucher(payment: Payment, *, actor: Officer, at: datetime, rest: Decimal) -> Instrument:
    decision = Decision.objects.select_related("instrument").get(case=payment.case)
    return issue(
        case=payment.case,
        kind=Kind.VOUCHER,
        actor=actor,
        at=at,
        content=voucher_content(payment, decision, rest=rest, handled_by=actor.name),
    )


@transaction.atomic
def void_payment(*, case: Case, actor: Officer, at: datetime, payment: Payment, reason: str) -> Payment:
    """Void a payment entered by mistake, with its reason; a penalty that is owed again is executed again.

    The entry and its receipt stay in the file. The time to pay runs on from the service of the decision: a
    mistake of the office gives no new fifteen days. A closed case is not opened by this.
    行政处罚法第四十七条、第六十七条。
    """
    require_move(case, Move.VOID_PAYMENT, actor=actor, at=at)
    # Read before the lock, it may have been voided since.
    payment.refresh_from_db()
    rules.require_voidable(case, payment, reason=reason)
    facts = {"amount": str(payment.amount), "receipt": payment.receipt_number, "reason": reason}
    of_fine = rules.owed(case) + payment.amount - rules.surcharged(case)

    def run_on(event: Event) -> None:
        clocks.revive(case, FINE, event=event)
        if payment.channel == rules.ON_SPOT:
            clocks.cancel(case, SPOT_CLOCKS, event=event)
        follow(case, rest=of_fine, event=event)

    fire(case, Move.VOID_PAYMENT, actor=actor, at=at, payload=facts, adjust=run_on)
    payment.voided_at, payment.voided_by, payment.void_reason = at, actor, reason
    payment.save(update_fields=["voided_at", "voided_by", "void_reason"])
    if payment.instrument is not None:
        replace(payment.instrument)
    unsettle(case, actor=actor, at=at)
    rest = rules.owed(case)
    decision = Decision.objects.select_related("instrument").get(case=case)
    issue(
        case=case,
        kind=Kind.PAYMENT_VOID,
        actor=actor,
        at=at,
        content=void_content(payment, decision, rest=rest),
    )
    return payment


def _keep(payment: Payment) -> None:
    """Save a payment; a receipt that another case used at this very moment is refused like any used one."""
    try:
        with transaction.atomic():
            payment.save(force_insert=True)
    except IntegrityError as error:
        raise rules.receipt_used(payment.receipt_number) from error
