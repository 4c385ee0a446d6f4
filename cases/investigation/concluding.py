"""End the investigation with its report: facts, proof, grade and the penalty proposed."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.services import fire, locked
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from cases.investigation import rules
from cases.investigation.content import report_content
from cases.investigation.exoneration import ZERO, Answers, exoneration_obstacles, gains_obstacles
from cases.investigation.models import Report
from cases.investigation.proofs import evidence_list_content
from cases.investigation.proposals import Proposal, grade_objection, proposal_obstacles
from cases.investigation.weighing import band_for, weigh_case, weighing_objections
from catalog.guides import guide_in_force
from catalog.models import DiscretionBand, ItemVersion
from catalog.selectors import bands_in_force
from law.errors import enforce
from townships.models import Officer


@transaction.atomic
def conclude(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    facts: str,
    reasoning: str,
    fine: Decimal,
    kinds: list[str],
    band: DiscretionBand | None = None,
    quantity: Decimal = Decimal(1),
    deviation_reasons: str = "",
    mitigation_basis: str = "",
    confiscated_gains: Decimal = Decimal(0),
    confiscated_goods: Decimal = Decimal(0),
    complex: bool = False,
    public_interest: bool = False,
    crime_suspected: bool = False,
    circumstances: Sequence[str] = (),
    exemption_refusal: str = "",
    **answered: Any,
) -> Report:
    """End the investigation with a report and a proposed penalty inside the law, or none at all.

    answered: what speaks against a penalty, and the illegal gains (`exoneration.Answers`).

    行政处罚法第四十条、第五十七条。
    """
    on = timezone.localdate(at)
    enforce(rules.report_obstacles(locked(case), on))
    item, version = case.item, case.item_version
    assert item is not None
    assert version is not None
    weighing = weigh_case(item, version, on=on, circumstances=circumstances, quantity=quantity, band=band)
    proposal = Proposal(
        fine=fine,
        kinds=kinds,
        band=band or band_for(weighing),
        pinned=weighing.pinned,
        quantity=quantity,
        confiscated={"confiscate_gains": confiscated_gains, "confiscate_goods": confiscated_goods},
        mitigation_basis=mitigation_basis,
        deviation_reasons=deviation_reasons,
    )
    answers = Answers(**answered)
    _require_lawful(case, version, proposal, answers, bands_in_force(item, on))
    enforce(weighing_objections(weighing, proposal, exemption_refusal=exemption_refusal))
    fire(case, Move.CONCLUDE, actor=actor, at=at, payload={"fine": str(fine), "kinds": kinds})
    report = Report.objects.create(
        case=case,
        round=Report.objects.filter(case=case).count() + 1,
        facts=facts,
        reasoning=reasoning,
        **proposal.stored(),
        calculation=weighing.as_dict(refusal=exemption_refusal),
        exemption_refusal=exemption_refusal if weighing.met else "",
        guide=guide_in_force(item, on),
        **answers.stored(),
        complex=complex,
        public_interest=public_interest,
        crime_suspected=crime_suspected,
        item_version=version,
        concluded_at=at,
        concluded_by=actor,
    )
    issue(case=case, kind=Kind.EVIDENCE_LIST, actor=actor, at=at, content=evidence_list_content(case))
    issue(case=case, kind=Kind.REPORT, actor=actor, at=at, content=report_content(case, report))
    return report


def _require_lawful(
    case: Case,
    version: ItemVersion,
    proposal: Proposal,
    answers: Answers,
    bands: Sequence[DiscretionBand],
) -> None:
    """Refuse a penalty against the report's answers, outside basis or grade, or heavier for being contested.

    行政处罚法第四条、第九条、第二十八条、第三十条至第三十四条、第四十条、第四十五条第二款。
    """
    enforce(exoneration_obstacles(answers, kinds=proposal.kinds))
    gains = proposal.confiscated["confiscate_gains"] if "confiscate_gains" in proposal.kinds else ZERO
    enforce(gains_obstacles(answers, confiscated=gains))
    enforce(proposal_obstacles(case, version, proposal, exempt=bool(answers.ground)))
    enforce(rules.heavier_obstacles(case, proposal))
    enforce(grade_objection(bands, proposal))
