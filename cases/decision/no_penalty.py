"""The decision not to punish: its ground, its reasons, and that the party was educated."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.decision import rules
from cases.decision.content import correction_content, procedure_content
from cases.decision.models import Decision
from cases.decision.same_act import require_unlike_revoked
from cases.dossier import authority
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.services import fire, require_move
from cases.holding.rules import overdue_obstacles
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from cases.investigation.content import basis_content
from cases.investigation.exoneration import Ground
from cases.investigation.findings import current_report
from cases.investigation.models import Report
from cases.investigation.proofs import proofs_content
from cases.investigation.reliance import unlawful_obstacles
from cases.recusal.rules import recusal_obstacles
from law import gates
from law.errors import RuleViolation, enforce
from townships.models import Officer

ARTICLES = {Ground.INCAPABLE.value: "第三十一条", Ground.UNDER_AGE.value: "第三十条"}


def proposes_none(case: Case) -> bool:
    """Tell whether the report proposes that there be no penalty."""
    report = current_report(case)
    return report is not None and not report.kinds


@transaction.atomic
def decide_no_penalty(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    reasons: str,
    education: str = "",
    unlike_revoked: str = "",
    late_reasons: str = "",
) -> Decision:
    """Decide that there is no penalty, and put on record how the party was educated.

    unlike_revoked: in what it differs from a decision on the same act that was revoked.
    行政处罚法第三十三条第三款、第五十七条第一款第（二）项、第（三）项、第六十条。
    """
    on = timezone.localdate(at)
    require_move(case, Move.DECIDE_NO_PENALTY, actor=actor, at=at)
    rules.require_separate(case, actor, on)
    report = _require_proposed(case, on)
    if report.ground != Ground.NOT_ESTABLISHED and not education.strip():
        raise gates.violation("educate_on_no_penalty", field="education")
    require_unlike_revoked(case, kinds=[], unlike_revoked=unlike_revoked)
    rules.require_late_explained(case, late_reasons, on)
    finding = authority.require(case, on=on)
    case.decided_on = on
    payload = {"ground": report.ground, "authority": finding, "unlike_revoked": unlike_revoked}
    fire(case, Move.DECIDE_NO_PENALTY, actor=actor, at=at, payload=payload)
    instrument = issue(
        case=case,
        kind=Kind.NO_PENALTY,
        actor=actor,
        at=at,
        authority=finding,
        content=no_penalty_content(
            case, report, reasons="\n".join(filter(None, (reasons, unlike_revoked))), education=education
        ),
    )
    return Decision.objects.create(
        case=case,
        report=report,
        instrument=instrument,
        kinds=[],
        fine=Decimal(0),
        reasons=reasons,
        ground=report.ground,
        education=education,
        late_reasons=late_reasons,
        decided_at=at,
        decided_by=actor,
    )


def _require_proposed(case: Case, on: date) -> Report:
    """Refuse unless the report found a ground for no penalty and nothing stands open.

    行政处罚法第四十条、第五十七条第一款第（四）项。
    """
    report = current_report(case)
    if report is None or report.kinds:
        raise RuleViolation(
            "penalty_is_proposed",
            "调查终结报告拟给予处罚，不能直接作出不予处罚决定。",
            "行政处罚法第五十七条",
            "认为不应处罚的，由机关负责人“退回补充调查”，承办人重新提出处理意见。",
            link="case:return-report",
            message_en="The report proposes a penalty.",
            unblock_en="If no penalty is due, the head returns the report and the officers propose anew.",
        )
    if report.crime_suspected:
        raise gates.violation("criminal_transfer_duty")
    enforce(recusal_obstacles(case))
    enforce(overdue_obstacles(case, on))
    enforce(unlawful_obstacles(case, report, link="case:return-report"))
    return report


def no_penalty_content(case: Case, report: Report, *, reasons: str, education: str) -> dict[str, Any]:
    """Fill the 不予行政处罚决定书."""
    place = case.county
    return {
        "procedure": procedure_content(case),
        "facts": report.facts,
        "evidence": proofs_content(case),
        "ground": report.ground,
        "ground_article": ARTICLES.get(report.ground, ""),
        "reasons": f"{report.ground_reasons.rstrip('。')}。{reasons}",
        "correction": correction_content(case),
        "education": education,
        "remedy": {
            "mode": "ordinary",
            "government_name": place.government_name,
            "court_name": place.court_name,
        },
        **basis_content(report),
    }
