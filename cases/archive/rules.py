"""May it be closed? Is the file whole?"""

from collections.abc import Iterator
from datetime import date

from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.execution.parts import outstanding, unchecked_order
from cases.execution.rules import owed
from cases.execution.spot_rules import moneys_of
from cases.holding.rules import open_hold
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.instruments.selectors import issued
from cases.investigation.models import Correction
from law import gates
from law.errors import RuleViolation

TOLD = frozenset({Kind.PRIOR_NOTICE, Kind.DECISION, Kind.SUMMARY_DECISION, Kind.NO_PENALTY})


def closing_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against closing: a part not carried out, a document without service, a hold."""
    yield from _unexecuted(case)
    if (order := unchecked_order(case)) is not None:
        yield _unchecked(order)
    for document in issued(case):
        if document.kind in TOLD and document.state == Instrument.State.ISSUED:
            yield gates.violation(
                "close_preconditions",
                detail=f"{document}没有送达记录。",
                detail_en=f"{document} has no service on record",
            )
    if (money := moneys_of(case)) is not None:
        yield gates.violation(
            "close_preconditions",
            detail=f"当场收缴的罚款（票据{money.payment.receipt_number}）尚未缴付银行。",
            detail_en="a fine taken on the spot is not at the bank yet",
            link="case:spot-money",
        )
    hold = open_hold(case)
    if hold is not None:
        yield gates.violation(
            "close_preconditions",
            detail=f"先行登记保存的{hold}尚未处理。",
            detail_en=f"{hold} is still held",
            link="case:dispose-hold",
        )


def require_explained(case: Case, uncorrected: str) -> None:
    """Refuse to close while nobody looked whether an order was obeyed and nobody says why not.

    行政处罚法第二十八条第一款。
    """
    order = unchecked_order(case)
    if order is not None and not uncorrected.strip():
        raise _unchecked(order).weighed("block")


def _unchecked(order: Correction) -> RuleViolation:
    return gates.violation(
        "order_correction",
        detail=f"{order.instrument}没有复查或者改正情况的记录，结案须登记或者说明。",
        detail_en=f"nobody looked whether {order.instrument} was obeyed, or says why not",
        field="uncorrected",
        link="case:record-performance",
    )


def _unexecuted(case: Case) -> Iterator[RuleViolation]:
    """Find the parts of the penalty that are not carried out."""
    for part in outstanding(case):
        link = f"case:{part.move}"
        if part.move == Move.DISPOSE_GOODS:
            yield gates.violation("confiscated_goods_disposal", link=link)
        elif part.move == Move.RECORD_PAYMENT:
            yield gates.violation(
                "close_preconditions",
                detail=f"尚欠罚款{owed(case)}元。",
                detail_en=f"{owed(case)} yuan of the fine are owed",
                link=link,
            )
        else:
            yield gates.violation(
                "close_preconditions",
                detail=f"{part.name}没有执行记录。",
                detail_en=f"{part.name} has not been carried out",
                link=link,
            )


def binding_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find a document whose PDF is not there yet."""
    missing = Instrument.objects.filter(case=case, paper__pdf=None).count()
    if missing:
        yield RuleViolation(
            "papers_not_ready",
            f"还有{missing}份文书正在排版。",
            "行政处罚法第四十七条",
            "稍候片刻再归档；排版在后台进行，不会丢失。",
            message_en=f"{missing} documents are still being laid out.",
            unblock_en="Wait a moment, then archive; they are laid out in the background and not lost.",
        )
