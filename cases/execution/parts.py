"""The parts of a decision, and which act proves that each was carried out (行政处罚法第六十六条第一款)."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.decision.services import SETTLED_BY_SERVICE
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.execution.dues import GoodsDisposal
from cases.execution.performances import CORRECTION, KINDS, Performance
from cases.execution.rules import decision_of, owed
from catalog.models import PenaltyKind

NAMES: Mapping[str, object] = dict(KINDS)
PROVED_BY: Mapping[str, Move] = {
    **dict.fromkeys(PenaltyKind.values, Move.RECORD_PERFORMANCE),
    **dict.fromkeys(SETTLED_BY_SERVICE, Move.SERVE_DECISION),
    PenaltyKind.FINE: Move.RECORD_PAYMENT,
    PenaltyKind.CONFISCATE_GOODS: Move.DISPOSE_GOODS,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of penalty of the decision, the act that proves it, and whether it is carried out."""

    kind: str
    is_done: bool

    @property
    def move(self) -> Move:
        """The act that proves it."""
        return PROVED_BY[self.kind]

    @property
    def name(self) -> str:
        """Its name."""
        return str(NAMES[self.kind])


def parts_of(case: Case) -> list[Part]:
    """List the penalties of the decision with whether each is carried out."""
    decision = decision_of(case)
    return [Part(kind, _is_done(case, kind)) for kind in decision.kinds] if decision else []


def outstanding(case: Case) -> list[Part]:
    """List what is still to be carried out."""
    return [part for part in parts_of(case) if not part.is_done]


def _is_done(case: Case, kind: str) -> bool:
    match PROVED_BY[kind]:
        case Move.SERVE_DECISION:
            return case.served_on is not None
        case Move.RECORD_PAYMENT:
            return owed(case) <= 0
        case Move.DISPOSE_GOODS:
            return GoodsDisposal.objects.filter(case=case).exists()
        case _:
            return kind in performed(case)


def performed(case: Case) -> set[str]:
    """Return the kinds of which there is a record that they were carried out."""
    return set(Performance.objects.filter(case=case).values_list("kind", flat=True))


def performable(case: Case) -> list[str]:
    """List the kinds that a record of performance would prove: of the decision, and the order to correct."""
    open_ones = [part.kind for part in outstanding(case) if part.move == Move.RECORD_PERFORMANCE]
    ordered = case.corrections.exists() and CORRECTION not in performed(case)
    return [*open_ones, *([CORRECTION] if ordered else [])]


def is_fined(case: Case) -> bool:
    """Tell whether the decision imposes a fine."""
    decision = decision_of(case)
    return decision is not None and decision.fine > 0


def takes_goods(case: Case) -> bool:
    """Tell whether the decision confiscates goods."""
    decision = decision_of(case)
    return decision is not None and PenaltyKind.CONFISCATE_GOODS in decision.kinds
