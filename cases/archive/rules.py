"""May it be closed? Is the file whole?"""

from collections.abc import Iterator
from datetime import date

from cases.archive.models import Closure
from cases.clocks.rules import premature_warning
from cases.decision.outcomes import is_revoked
from cases.decision.rules import was_decided_on_spot
from cases.dossier.duties import happened
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.execution.parts import outstanding, unchecked_order
from cases.execution.rules import decision_of, owed
from cases.execution.spot_rules import moneys_of
from cases.holding.rules import open_hold
from cases.instruments.kinds import FORMS, Kind
from cases.instruments.models import Instrument
from cases.instruments.selectors import SERVED_APART, Issued, issued
from cases.investigation.models import Correction
from desk.language import in_english
from law import gates
from law.errors import RuleViolation
from law.money import plain

# What imposes something has no effect before its service; any other paper unserved is a gap in the file.
IMPOSING = frozenset(
    {Kind.PRIOR_NOTICE, Kind.DECISION, Kind.SUMMARY_DECISION, Kind.NO_PENALTY, Kind.SURCHARGE}
)
LOOK_INTO = {
    "unblock": "由承办人登记改正情况，或者在“责令改正未复查的说明”中写明原因",
    "unblock_en": "The handler enters whether it was corrected, or says why nobody looked",
}


def closing_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against closing: a part not carried out, a document without service, a hold."""
    yield from _unexecuted(case)
    yield from premature_warning(case, on)
    if (order := unchecked_order(case)) is not None:
        yield _unchecked(order)
    for document in issued(case):
        if FORMS[Kind(document.kind)].served and document.state == Instrument.State.ISSUED:
            yield _unserved(document)
    yield from _not_yet_effective(case, on)
    if was_decided_on_spot(case) and not happened(case, Move.FILE_SUMMARY):
        yield gates.violation(
            "summary_numbered_form_and_delivery",
            detail="当场处罚决定尚未报所属机关备案。",
            detail_en="the decision is not on record with the body yet",
            link="case:file-summary",
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


def approval_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against approving the closing; an order nobody looked into was explained before."""
    yield from (found for found in closing_obstacles(case, on) if found.code != "order_correction")


def _unserved(document: Issued) -> RuleViolation:
    """Say that a document has no service on record, and whether that keeps the case open (第六十一条)."""
    told = {
        "detail": f"{document}没有送达记录。",
        "detail_en": f"{document} has no service on record",
        "link": "case:serve-document" if document.kind in SERVED_APART else "",
    }
    if document.kind in IMPOSING:
        return gates.violation("close_preconditions", **told)
    return gates.violation("served_properly", **told).weighed("warn")


def _not_yet_effective(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find a decision that is announced, whose thirty days still run (民事诉讼法第九十五条)."""
    if case.served_on is not None and on < case.served_on:
        yield gates.violation(
            "served_properly",
            detail=f"决定书公告送达，至{case.served_on:%Y年%-m月%-d日}期满才视为送达，期满后再结案。",
            detail_en=f"the announced decision counts as served on {case.served_on} only; close it then",
            link="case:clocks",
        )


def ground_of(case: Case) -> Closure.Ground:
    """Tell on which ground the case is closed, as its decision and what became of it say."""
    if is_revoked(case):
        return Closure.Ground.REVOKED
    decision = decision_of(case)
    return Closure.Ground.PERFORMED if decision and decision.kinds else Closure.Ground.NO_PENALTY


def require_ground(case: Case, ground: str) -> None:
    """Refuse a ground for closing that is not the case's own (行政处罚法第四十七条)."""
    due = ground_of(case)
    if ground != due:
        raise RuleViolation(
            "closing_ground_unfit",
            f"本案的结案理由是“{due.label}”。",
            "行政处罚法第四十七条",
            "选择与决定和执行情况一致的结案理由；处罚决定已被撤销的，先登记复议诉讼结果。",
            message_en=f"The ground for closing this case is '{in_english(due.label)}'.",
            unblock_en="Choose the ground that fits; record the outcome first of a revoked decision.",
            field="ground",
        )


def require_explained(case: Case, uncorrected: str) -> None:
    """Refuse to close while nobody looked whether an order was obeyed and nobody says why not.

    行政处罚法第二十八条第一款。
    """
    order = unchecked_order(case)
    if order is not None and not uncorrected.strip():
        raise _unchecked(order).weighed("block")


def _unchecked(order: Correction) -> RuleViolation:
    refusal = gates.violation(
        "order_correction",
        detail=f"{order.instrument}没有复查或者改正情况的记录，结案须登记或者说明。",
        detail_en=f"nobody looked whether {order.instrument} was obeyed, or says why not",
        field="uncorrected",
        link="case:record-performance",
    )
    return RuleViolation(**{**refusal.as_dict(), **LOOK_INTO})


def _unexecuted(case: Case) -> Iterator[RuleViolation]:
    """Find the parts of the penalty that are not carried out."""
    for part in outstanding(case):
        link = f"case:{part.move}"
        if part.move == Move.DISPOSE_GOODS:
            yield gates.violation("confiscated_goods_disposal", link=link)
        elif part.move == Move.RECORD_PAYMENT:
            yield gates.violation(
                "close_preconditions",
                detail=f"尚欠罚款{plain(owed(case))}元。",
                detail_en=f"{plain(owed(case))} yuan of the fine are owed",
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
