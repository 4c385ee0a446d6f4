"""May it be closed? Is the file whole?"""

from collections.abc import Iterator
from datetime import date

from cases.dossier.models import Case
from cases.execution.dues import GoodsDisposal
from cases.execution.rules import decision_of, owed
from cases.holding.rules import open_hold
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.instruments.selectors import issued
from catalog.models import PenaltyKind
from law import gates
from law.errors import RuleViolation

TOLD = frozenset({Kind.PRIOR_NOTICE, Kind.DECISION, Kind.SUMMARY_DECISION, Kind.NO_PENALTY})


def closing_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against closing: money still owed, a served kind of document without service."""
    rest = owed(case)
    if rest > 0:
        yield gates.violation("close_preconditions", detail=f"尚欠罚款{rest}元。", link="case:record-payment")
    for document in issued(case):
        if document.kind in TOLD and document.state == Instrument.State.ISSUED:
            yield gates.violation("close_preconditions", detail=f"{document}没有送达记录。")
    decision = decision_of(case)
    taken = decision is not None and PenaltyKind.CONFISCATE_GOODS in decision.kinds
    if taken and not GoodsDisposal.objects.filter(case=case).exists():
        yield gates.violation("confiscated_goods_disposal", link="case:dispose-goods")
    hold = open_hold(case)
    if hold is not None:
        yield gates.violation(
            "close_preconditions", detail=f"先行登记保存的{hold}尚未处理。", link="case:dispose-hold"
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
        )
