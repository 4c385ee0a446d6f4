"""What benchmarks say of an on-the-spot fine: every shape is reckoned as in the ordinary procedure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from cases.investigation.proposals import Proposal, proposal_obstacles
from cases.investigation.ranges import band_range
from cases.investigation.weighing import Weighing, weigh_case, weighing_objections
from catalog.models import BenchmarkShape
from catalog.selectors import bands_in_force
from law import gates
from law.errors import enforce
from law.money import plain
from law.parameters import decimal_parameter
from townships.selectors import county

ONE = Decimal(1)
# Where nothing was ticked of plain grades the officers weigh inside all of them at once; none is named.
ON_SPOT = "当场处罚"


@dataclass(frozen=True, slots=True)
class SpotFacts:
    """What was found on the spot for the benchmarks, and why an exemption is not followed."""

    circumstances: Sequence[str] = ()
    quantity: Decimal | None = None
    exemption_refusal: str = ""


def weigh_on_the_spot(case: Case, facts: SpotFacts, *, kinds: list[str], fine: Decimal, on: date) -> Weighing:
    """Refuse a fine outside what the circumstances lead to (行政处罚法第三十三条、第三十四条)."""
    item, version = case.item, case.item_version
    assert item is not None
    assert version is not None
    quantity = facts.quantity or ONE
    weighing = weigh_case(
        item, version, on=on, circumstances=facts.circumstances, quantity=quantity, band=None
    )
    mine = [table for table in weighing.tables if not table.target]
    freely = weighing.calculation is None and all(one.shape == BenchmarkShape.GRADES for one in mine)
    proposal = Proposal(
        fine=fine,
        kinds=kinds,
        pinned=weighing.pinned,
        quantity=quantity,
        deviation_reasons=ON_SPOT if freely else "",
    )
    enforce(proposal_obstacles(case, version, proposal))
    enforce(weighing_objections(weighing, proposal, exemption_refusal=facts.exemption_refusal))
    if freely:
        _require_graded(case, fine, quantity, on)
    return weighing


def _require_graded(case: Case, fine: Decimal, quantity: Decimal, on: date) -> None:
    """Refuse a fine that no grade in force knows."""
    bands = bands_in_force(case.item, on) if case.item else []
    spans = [span for band in bands if (span := band_range(band, quantity))]
    if fine and spans and not any(span.holds(fine) for span in spans):
        raise gates.violation(
            "discretion_band",
            detail=f"罚款{plain(fine)}元不在任何裁量阶次以内。",
            detail_en=f"no grade holds a fine of {plain(fine)} yuan",
            field="fine",
        )


def spot_cap(kind: str, on: date) -> Decimal:
    """Return the most a party of a kind may be fined on the spot (行政处罚法第五十一条)."""
    book, place = law_book(), county().area_code
    return decimal_parameter("summary.fine_cap", on=on, book=book, party_type=kind, place=place)
