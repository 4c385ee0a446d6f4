"""Take a fine on the spot, hand it in to the agency, pay it into the bank."""

from datetime import date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cases.clocks.services import FINE
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.execution import rules, spot_rules
from cases.execution.incoming import keep_behind_decision
from cases.execution.instalments import follow
from cases.execution.services import enter
from cases.execution.spot import SpotCollection
from cases.flow.services import fire, require_move
from cases.investigation.models import Scan
from papers import files
from townships.models import Officer


@transaction.atomic
def collect_on_spot(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    amount: Decimal,
    ground: str,
    collected_at: datetime,
    receipt_number: str,
    payer: str,
    explanation: str = "",
    landed_at: datetime | None = None,
    upload: UploadedFile[bytes] | None = None,
    request: UploadedFile[bytes] | None = None,
) -> SpotCollection:
    """Record money taken on the spot with its fiscal receipt; two working days to hand it in begin.

    行政处罚法第六十八条至第七十一条。
    """
    require_move(case, Move.COLLECT_ON_SPOT, actor=actor, at=at)
    on, paid_on = timezone.localdate(at), timezone.localdate(collected_at)
    spot_rules.require_receipt(receipt_number)
    spot_rules.require_ground(case, ground, explanation, is_asked=request is not None, on=paid_on)
    rules.require_receivable(case, amount=amount, paid_on=paid_on, receipt_number=receipt_number, on=on)
    rest = rules.owed(case) - amount
    of_fine = rest - rules.surcharged(case)
    fire(
        case,
        Move.COLLECT_ON_SPOT,
        actor=actor,
        at=at,
        payload={"amount": str(amount), "receipt": receipt_number, "ground": ground},
        also_stop=(FINE,) if rest == 0 else (),
        clock_from=landed_at or collected_at,
        adjust=lambda event: follow(case, rest=of_fine, event=event),
    )
    asked = _kept_request(case, request, actor, at) if request is not None else None
    payment = enter(
        case,
        actor=actor,
        at=at,
        rest=rest,
        upload=upload,
        amount=amount,
        paid_on=paid_on,
        receipt_number=receipt_number,
        channel=rules.ON_SPOT,
        payer=payer,
    )
    return SpotCollection.objects.create(
        payment=payment,
        ground=ground,
        explanation=explanation,
        request=asked,
        collected_at=collected_at,
        landed_at=landed_at,
    )


def _kept_request(case: Case, request: UploadedFile[bytes], actor: Officer, at: datetime) -> Scan:
    stored = files.store(upload=request, actor=actor, at=at)
    return keep_behind_decision(case, stored, "当事人要求当场缴纳罚款", actor=actor, at=at)


@transaction.atomic
def hand_in_fine(
    *, case: Case, actor: Officer, at: datetime, handed_in_at: datetime, received_by: str
) -> SpotCollection:
    """Record that the officers gave the money to the agency; its two working days to the bank begin.

    行政处罚法第七十一条。
    """
    require_move(case, Move.HAND_IN_FINE, actor=actor, at=at)
    money = spot_rules.require_held(case, handed_in_at=handed_in_at, at=at)
    facts = {"receipt": money.payment.receipt_number, "received_by": received_by}
    fire(case, Move.HAND_IN_FINE, actor=actor, at=at, payload=facts, clock_from=handed_in_at)
    money.handed_in_at, money.received_by = handed_in_at, received_by
    money.save(update_fields=["handed_in_at", "received_by"])
    return money


@transaction.atomic
def bank_fine(
    *, case: Case, actor: Officer, at: datetime, banked_on: date, slip_number: str
) -> SpotCollection:
    """Record that the agency paid the money into the designated bank (行政处罚法第七十一条)."""
    require_move(case, Move.BANK_FINE, actor=actor, at=at)
    money = spot_rules.require_handed_in(case, banked_on=banked_on, on=timezone.localdate(at))
    facts = {"receipt": money.payment.receipt_number, "slip": slip_number}
    fire(case, Move.BANK_FINE, actor=actor, at=at, payload=facts)
    money.banked_on, money.slip_number = banked_on, slip_number
    money.save(update_fields=["banked_on", "slip_number"])
    return money
