"""May the officers take the money themselves, and where is it now (行政处罚法第六十八条至第七十一条)?"""

from datetime import date, datetime

from cases.clocks.derive import sector_for
from cases.decision.rules import was_decided_on_spot
from cases.dossier.duties import happened
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reading import read_once
from cases.execution.rules import decision_of
from cases.execution.spot import SpotCollection
from law import gates
from law.errors import Misfit, enforce
from law.procedure import onsite_collection_obstacles

AGENCY, BANK = SPOT_CLOCKS = ("onsite_fine_to_agency", "fine_to_bank")
Ground = SpotCollection.Ground


_unfit = Misfit(
    code="spot_money_unfit",
    article="行政处罚法第七十一条",
    unblock="按交款记录和银行回单登记。",
    unblock_en="Record it as the hand-over and the bank slip tell.",
)


def require_ground(case: Case, ground: str, explanation: str, *, is_asked: bool, on: date) -> None:
    """Refuse to take money where neither the small sum, nor the hardship later, nor a request allows it.

    行政处罚法第六十八条、第六十九条。
    """
    decision = decision_of(case)
    if decision is None:
        raise gates.violation(
            "onsite_collection", detail="本案没有处罚决定。", detail_en="nothing is decided"
        )
    enforce(
        onsite_collection_obstacles(
            fine=decision.fine,
            on=on,
            summary=was_decided_on_spot(case),
            hard_to_collect_later=ground == Ground.HARD,
            remote_and_asked=ground == Ground.REMOTE,
            book=law_book(),
            place=case.county.area_code,
            sector=sector_for(case),
        )
    )
    if ground != Ground.SMALL and not explanation.strip():
        raise gates.violation(
            "onsite_collection", detail="须写明具体情形。", detail_en="say why", field="explanation"
        )
    if ground == Ground.REMOTE and not is_asked:
        raise gates.violation(
            "onsite_collection",
            detail="须有当事人提出的书面要求。",
            detail_en="the party has to ask in writing",
            field="request",
        )
    if moneys_of(case) is not None:
        raise gates.violation(
            "onsite_collection",
            detail="前一笔当场收缴的罚款尚未缴付银行。",
            detail_en="what was taken before is not at the bank yet",
        )


def require_receipt(receipt_number: str) -> None:
    """Refuse money without the fiscal receipt: the party need not pay without it (行政处罚法第七十条)."""
    if not receipt_number.strip():
        raise gates.violation("official_receipt", field="receipt_number")


@read_once
def moneys_of(case: Case) -> SpotCollection | None:
    """Return what was taken on the spot and is not at the bank yet."""
    if not happened(case, Move.COLLECT_ON_SPOT):
        return None
    counting = SpotCollection.objects.filter(payment__case=case, payment__voided_at=None)
    return counting.filter(banked_on=None).select_related("payment").first()


def is_held(case: Case) -> bool:
    """Tell whether the officers still hold the money."""
    money = moneys_of(case)
    return money is not None and money.handed_in_at is None


def is_handed_in(case: Case) -> bool:
    """Tell whether the agency holds the money."""
    money = moneys_of(case)
    return money is not None and money.handed_in_at is not None


def require_held(case: Case, *, handed_in_at: datetime, at: datetime) -> SpotCollection:
    """Return the money the officers hold; refuse a time before it was taken or to come."""
    money = moneys_of(case)
    if money is None or money.handed_in_at is not None:
        raise _unfit(
            "", "没有尚未交至机关的当场收缴罚款。", "No fine taken on the spot is still with the officers."
        )
    if not money.collected_at <= handed_in_at <= at:
        raise _unfit(
            "handed_in_at",
            "交至机关的时间须在收缴之后、现在之前。",
            "It is handed in after it was taken and before now.",
        )
    return money


def require_handed_in(case: Case, *, banked_on: date, on: date) -> SpotCollection:
    """Return the money the agency holds; refuse a day before it was handed in or to come."""
    money = moneys_of(case)
    if money is None or money.handed_in_at is None:
        raise _unfit(
            "",
            "没有已交至机关、尚未缴付银行的罚款。",
            "No fine taken on the spot waits at the agency for the bank.",
        )
    if not money.payment.paid_on <= banked_on <= on:
        raise _unfit(
            "banked_on",
            "缴付银行的日期须在交至机关之后、今天之前。",
            "It is banked after it was handed in and no later than today.",
        )
    return money
