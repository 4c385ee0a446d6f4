"""The parts of a decision, and which act proves that each was carried out (行政处罚法第六十六条第一款)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from cases.decision.outcomes import is_revoked, standing_fine
from cases.decision.services import SETTLED_BY_SERVICE
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reading import read_once
from cases.execution.dues import GoodsDisposal
from cases.execution.performances import CORRECTION, KINDS, Performance
from cases.execution.rules import decision_of, owed
from cases.investigation.content import looks_after
from cases.investigation.models import Correction
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
    """List the penalties of the decision with whether each is carried out; none of one that was revoked."""
    decision = decision_of(case)
    if decision is None or is_revoked(case):
        return []
    return [Part(kind, _is_done(case, kind)) for kind in decision.kinds]


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


@read_once
def performed(case: Case) -> set[str]:
    """Return the kinds of which a record that counts tells that they were carried out."""
    return set(performances_of(case).values_list("kind", flat=True))


def performances_of(case: Case) -> QuerySet[Performance]:
    """Return the records of performance that count."""
    return Performance.objects.filter(case=case, voided_at=None).order_by("done_on", "id")


def performable(case: Case) -> list[str]:
    """List the kinds that a record of performance would prove: of the decision, and the order to correct."""
    open_ones = [part.kind for part in outstanding(case) if part.move == Move.RECORD_PERFORMANCE]
    ordered = last_order(case)[0] is not None and CORRECTION not in performed(case)
    return [*open_ones, *([CORRECTION] if ordered else [])]


@read_once
def last_order(case: Case) -> tuple[Correction | None, bool]:
    """Return the latest order to correct, and whether anybody looked into it since."""
    looks = looks_after(OuterRef("case_id"), OuterRef("ordered_at"))
    orders = case.corrections.select_related("instrument").annotate(looked_into=Exists(looks))
    last = orders.order_by("-id").first()
    return last, last is not None and last.looked_into


def unchecked_order(case: Case) -> Correction | None:
    """Return the latest order to correct when neither a second look nor a record tells whether it was obeyed.

    行政处罚法第二十八条第一款。
    """
    order, looked_into = last_order(case)
    return None if looked_into or CORRECTION in performed(case) else order


def is_fined(case: Case) -> bool:
    """Tell whether a fine stands."""
    decision = decision_of(case)
    return decision is not None and standing_fine(decision) > 0


def takes_goods(case: Case) -> bool:
    """Tell whether the decision confiscates goods."""
    decision = decision_of(case)
    taken = decision is not None and PenaltyKind.CONFISCATE_GOODS in decision.kinds
    return taken and not is_revoked(case)
