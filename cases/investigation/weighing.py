"""The circumstances found in a case against the benchmarks in force: range, derivation, exemptions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from cases.investigation.proposals import Proposal
from catalog.discretion.calculator import Asked, asked, met_exemptions
from catalog.discretion.schemes import calculate, competing, grade_key, scheme_of
from catalog.models import BenchmarkShape, DiscretionBand, DiscretionTable, ExemptionRule, Item, ItemVersion
from catalog.selectors import tables_of
from law import gates
from law.discretion import Range
from law.errors import RuleViolation
from law.exemptions import refusal_of
from law.weighed import Calculation
from law.weighing import HIGHER_FINE_ARTICLE


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the benchmarks say of a case: the table relied on, what it gave, and what proposes itself."""

    asked: Asked
    tables: list[DiscretionTable] = field(default_factory=list)
    table: DiscretionTable | None = None
    calculation: Calculation | None = None
    prevailing: int | None = None
    met: list[ExemptionRule] = field(default_factory=list)
    others: list[tuple[DiscretionTable, Calculation]] = field(default_factory=list)

    @property
    def pinned(self) -> Range | None:
        """The range of the party itself, where a table gave one."""
        main = self.calculation.main if self.calculation else None
        return main.range if main else None

    def as_dict(self, *, refusal: str) -> dict[str, Any]:
        """Give everything as plain data, to be kept with the report."""
        if self.table is None and not self.met and not self.others:
            return {}
        texts = scheme_of(self.table).options if self.table else {}
        chosen = self.asked.chosen.get(self.table.pk, frozenset()) if self.table else frozenset()
        return {
            "table": self.table.pk if self.table else None,
            "title": self.table.title if self.table else "",
            "source": self.table.source if self.table else "",
            "shape": self.table.shape if self.table else "",
            "circumstances": [option.text for key, option in texts.items() if key in chosen],
            "quantity": str(self.asked.quantity),
            "result": self.calculation.as_dict() if self.calculation else {},
            "others": [{"title": table.title, **found.as_dict()} for table, found in self.others],
            "prevailing": self.prevailing,
            "exemptions": [
                {"kind": row.kind, "document": row.document, "conditions": row.conditions} for row in self.met
            ],
            "refusal": refusal if self.met else "",
        }


def weigh_case(
    item: Item,
    version: ItemVersion,
    *,
    on: date,
    circumstances: Sequence[str],
    quantity: Decimal,
    band: DiscretionBand | None,
) -> Weighing:
    """Reckon each benchmark ticked or that asks nothing; the one with the higher statute is relied on."""
    given = asked(circumstances, quantity)
    tables = tables_of(item, on)
    found = [
        (
            table,
            calculate(
                table,
                version,
                chosen=given.chosen.get(table.pk, frozenset()),
                quantity=quantity,
                band=band,
            ),
        )
        for table in tables
        if table.pk in given.chosen
        or (band is not None and band.table_id == table.pk)
        or table.shape == BenchmarkShape.DEFAULT
    ]
    prevailing = competing(tables, version, quantity)
    relied = _relied_on([pair for pair in found if not pair[0].target], prevailing)
    return Weighing(
        asked=given,
        tables=tables,
        table=relied[0] if relied else None,
        calculation=relied[1] if relied else None,
        prevailing=prevailing,
        met=met_exemptions(item, on, given),
        others=[pair for pair in found if pair is not relied],
    )


Pair = tuple[DiscretionTable, Calculation]


def _relied_on(found: Sequence[Pair], prevailing: int | None) -> Pair | None:
    return next((pair for pair in found if pair[0].pk == prevailing), found[0] if found else None)


def band_for(weighing: Weighing) -> DiscretionBand | None:
    """Return the grade that the circumstances alone lead to, so that it need not be chosen twice."""
    table, found = weighing.table, weighing.calculation
    if table is None or found is None or len(found.grades) != 1 or found.open:
        return None
    bands = [band for band in table.bands.all() if band.grade == found.grades[0]]
    keys = {grade_key(table, band) for band in bands}
    return bands[0] if len(keys) == 1 else None


def weighing_objections(
    weighing: Weighing, proposal: Proposal, *, exemption_refusal: str
) -> Iterator[RuleViolation]:
    """Find what stands against a proposal: exemptions met, questions open, a lower statute relied on.

    行政处罚法第二十九条、第三十三条、第三十四条。
    """
    for row in weighing.met:
        refusal = refusal_of(row.rule, reasons=exemption_refusal)
        if refusal is not None:
            yield refusal
    if proposal.fines and not proposal.deviation_reasons.strip():
        yield from _unanswered(weighing)


def _unanswered(weighing: Weighing) -> Iterator[RuleViolation]:
    found = weighing.calculation
    mine = [table for table in weighing.tables if not table.target]
    if found is None:
        if mine and all(table.shape != "grades" for table in mine):
            yield gates.violation(
                "discretion_band",
                detail="该事项有裁量基准，未勾选情节也未说明理由。",
                detail_en="the item has a benchmark; no circumstance is ticked and no reason given",
                field="circumstances",
            )
        return
    if found.no_penalty:
        yield gates.violation(
            "must_not_punish_minor_violation",
            detail="勾选的情节不予处罚。",
            detail_en="the circumstances ticked are not punished",
            field="circumstances",
        )
    elif found.grades and not (found.found or found.open):
        yield gates.violation(
            "discretion_band",
            detail=f"阶次“{found.grades[0]}”没有罚款。",
            detail_en=f"the grade '{found.grades[0]}' carries no fine",
            field="fine",
        )
    for line in (*found.open, *found.doubts):
        yield gates.violation(
            "discretion_band", detail=f"{line.zh}。", detail_en=line.en, field="circumstances"
        )
    if weighing.prevailing is not None and weighing.table and weighing.table.pk != weighing.prevailing:
        yield RuleViolation(
            "higher_fine_applies",
            "同一违法行为违反多个规定，应按罚款数额高的规定处罚，所用裁量基准不是该规定的。",
            HIGHER_FINE_ARTICLE,
            "在罚款数额高的规定的裁量基准中勾选情节；认为不适用的，写明偏离理由。",
            message_en="Of several norms broken by one act the one with the higher fine applies.",
            unblock_en="Tick the circumstances in that benchmark, or give reasons for leaving it.",
            field="circumstances",
        )
