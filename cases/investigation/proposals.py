"""What may be proposed or decided: kinds, sum, grade and person, held against the statute."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cases.dossier.models import Case
from cases.intake.rules import acted_on
from cases.investigation.models import Report
from cases.investigation.ranges import band_range, pinned_range, range_of, span_of
from catalog.models import DiscretionBand, ItemVersion, PenaltyKind
from law import discretion, gates, procedure
from law.discretion import Range
from law.errors import RuleViolation
from law.sanctions import CONFISCATIONS, kinds_en, kinds_zh, read_kinds

ZERO = Decimal(0)
# The law itself sets it for every item (行政处罚法第二十八条第二款).
ALWAYS_OPEN = frozenset({PenaltyKind.CONFISCATE_GAINS.value})
OF_PERSONS = frozenset({"citizen", "sole_trader"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A penalty before it is notified or decided."""

    fine: Decimal
    kinds: Sequence[str]
    band: DiscretionBand | None = None
    pinned: Range | None = None
    quantity: Decimal = Decimal(1)
    confiscated: dict[str, Decimal] = field(default_factory=dict)
    mitigation_basis: str = ""
    deviation_reasons: str = ""

    @property
    def fines(self) -> bool:
        """Tell whether a fine is among the kinds."""
        return PenaltyKind.FINE in self.kinds

    def stored(self) -> dict[str, Any]:
        """Return the columns in which a report keeps it."""
        return {
            "band": self.band,
            "kinds": self.kinds,
            "fine": self.fine,
            "quantity": self.quantity,
            "confiscated_gains": self.confiscated["confiscate_gains"],
            "confiscated_goods": self.confiscated["confiscate_goods"],
            "deviation_reasons": self.deviation_reasons,
            "mitigation_basis": self.mitigation_basis,
        }


def proposed_in(
    report: Report, *, fine: Decimal | None = None, kinds: Sequence[str] | None = None
) -> Proposal:
    """Return what a report proposes, or what is decided on it with another sum."""
    return Proposal(
        fine=report.fine if fine is None else fine,
        kinds=report.kinds if kinds is None else kinds,
        band=report.band,
        pinned=pinned_range(report),
        quantity=report.quantity,
        confiscated=confiscated_in(report, report.kinds if kinds is None else kinds),
        mitigation_basis=report.mitigation_basis,
        deviation_reasons=report.deviation_reasons,
    )


def confiscated_in(report: Report, kinds: Sequence[str]) -> dict[str, Decimal]:
    """Return the sums a report confiscates, by kind."""
    sums = {
        PenaltyKind.CONFISCATE_GAINS.value: report.confiscated_gains,
        PenaltyKind.CONFISCATE_GOODS.value: report.confiscated_goods,
    }
    return {kind: value for kind, value in sums.items() if kind in kinds}


def proposal_obstacles(
    case: Case, version: ItemVersion, proposal: Proposal, *, exempt: bool = False
) -> Iterator[RuleViolation]:
    """Find what stands against a penalty: its kinds, its sums, its grade, the person.

    exempt: the report found a ground for no penalty, so that no kind need be chosen.

    行政处罚法第四条、第九条、第三十条、第三十二条、第三十四条。
    """
    if proposal.kinds or not exempt:
        yield from _kinds(version, proposal)
    yield from _sums(proposal)
    if exempt and not proposal.kinds:
        return
    if proposal.fines:
        yield from _fine(version, proposal)
    if proposal.band is not None and proposal.band.no_penalty:
        yield gates.violation(
            "must_not_punish_minor_violation",
            detail=f"所选阶次“{proposal.band.grade}”不予处罚。",
            detail_en=f"the grade '{proposal.band.grade}' is not punished",
            field="band",
        )
    if proposal.band is not None and proposal.band.table.item_id != version.item_id:
        yield gates.violation(
            "discretion_band",
            detail="所选阶次不属于本案事项的裁量基准。",
            detail_en="the grade is of another item's benchmark",
            field="band",
        )
    yield from minor_objection(case, version, proposal)


def open_kinds(version: ItemVersion) -> set[str]:
    """Return the kinds the basis grants, all where it names none, but never detention (第十八条第三款)."""
    granted = set(version.penalty_kinds) | ALWAYS_OPEN if version.penalty_kinds else set(PenaltyKind.values)
    return granted - {PenaltyKind.DETENTION.value}


def _kinds(version: ItemVersion, proposal: Proposal) -> Iterator[RuleViolation]:
    chosen = set(proposal.kinds)
    foreign = chosen - open_kinds(version)
    if foreign or not chosen:
        named = read_kinds(foreign)
        yield gates.violation(
            "penalty_kind_within_rule_level",
            detail=f"本案依据没有规定{kinds_zh(named)}。" if named else "未选处罚种类。",
            detail_en=f"the basis does not provide for {kinds_en(named)}" if named else "no kind chosen",
            field="kinds",
            link="item",
        )


def _sums(proposal: Proposal) -> Iterator[RuleViolation]:
    """Find a fine without its sum or a sum without its kind; the same of what is confiscated."""
    if proposal.fines != (proposal.fine > 0):
        yield RuleViolation(
            "fine_without_kind",
            "罚款数额与处罚种类不一致。",
            "行政处罚法第九条",
            "处罚种类含罚款的填数额；不含罚款的数额填 0。",
            message_en="The sum of the fine does not fit the kinds of penalty.",
            unblock_en="With a fine among the kinds of penalty enter its sum, without one enter 0.",
            field="fine",
        )
    taken = CONFISCATIONS & {str(kind) for kind in proposal.kinds}
    if any(proposal.confiscated.get(kind, ZERO) <= 0 for kind in taken):
        yield RuleViolation(
            "confiscation_without_sum",
            "没收违法所得、非法财物须填明数额或价值。",
            "行政处罚法第二十八条第二款、第六十三条第一款第（二）项",
            "填写没收违法所得的数额或没收财物的价值；较大数额的当事人有权要求听证。",
            message_en="State the sum or value that is confiscated: from a large one a hearing is due.",
            unblock_en="Enter the gains or the value of the goods; a large sum gives a right to a hearing.",
            field="confiscated_gains",
        )
    if proposal.quantity <= 0:
        yield RuleViolation(
            "quantity_not_positive",
            "计罚数量须大于零。",
            "行政处罚法第四条",
            "按平方米、处、倍数等计罚的填实际数量或基数；其他情形填 1。",
            message_en="The quantity that the fine is reckoned by must be above zero.",
            unblock_en="Enter the square metres, places or base that the fine goes by; otherwise 1.",
            field="quantity",
        )


def _fine(version: ItemVersion, proposal: Proposal) -> Iterator[RuleViolation]:
    statutory = range_of(version, proposal.quantity)
    band = band_range(proposal.band, proposal.quantity) or proposal.pinned
    if statutory.high is None and (band is None or band.high is None):
        yield gates.violation(
            "fine_within_statute",
            detail="目录没有登记该事项的罚款上限，无法核对。",
            detail_en="the catalogue has no upper bound of the fine to check against",
            field="fine",
            link="item",
        )
    yield from discretion.check_sanction(
        fine=proposal.fine,
        statutory=statutory,
        band=band,
        mitigation_basis=proposal.mitigation_basis,
        deviation_reasons=proposal.deviation_reasons,
    )


def grade_objection(bands: Sequence[DiscretionBand], proposal: Proposal) -> Iterator[RuleViolation]:
    """Find a fine proposed past the grades in force: none chosen, or one that is no longer among them.

    行政处罚法第三十四条。
    """
    if not proposal.fines or not bands or proposal.deviation_reasons.strip() or proposal.pinned is not None:
        return
    if proposal.band is None:
        yield gates.violation(
            "discretion_band",
            detail="该事项有裁量基准，未选阶次也未说明理由。",
            detail_en="the item has a benchmark; no grade is chosen and no reason given",
            field="band",
        )
    elif proposal.band.pk not in {band.pk for band in bands}:
        yield gates.violation(
            "discretion_published",
            detail="所选阶次当日不适用于本案事项。",
            detail_en="the grade does not apply to the item that day",
            field="band",
        )


def minor_objection(case: Case, version: ItemVersion, proposal: Proposal) -> Iterator[RuleViolation]:
    """Find what the age of a person at the act forbids (行政处罚法第三十条)."""
    party, day = case.party, acted_on(case)
    if party is None or party.born_on is None or day is None or party.kind not in OF_PERSONS:
        return
    high = range_of(version, proposal.quantity).high
    below_top = not proposal.fines or high is None or proposal.fine < high
    mitigated = bool(proposal.mitigation_basis.strip()) and below_top
    yield from procedure.minor_obstacles(born=party.born_on, acted_on=day, mitigated=mitigated)


def deviates(report: Report) -> bool:
    """Tell whether a report leaves the grades of the discretion table."""
    span = span_of(report)
    if span is not None:
        return PenaltyKind.FINE in report.kinds and not span.holds(report.fine)
    return bool(report.deviation_reasons.strip())
