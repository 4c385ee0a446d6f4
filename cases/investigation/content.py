"""What the evidence list, the report and every later document print of the investigation."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cases.dossier.models import Case
from cases.instruments.content import approval, officers_of
from cases.investigation.models import Exhibit, Record, Report
from cases.investigation.proposals import proposed_in
from catalog.models import ItemVersion, PenaltyKind
from catalog.selectors import version_in_force


def evidence_content(case: Case) -> list[dict[str, Any]]:
    """Describe the exhibits in order."""
    exhibits = Exhibit.objects.filter(case=case, voided_at=None).select_related("file").order_by("number")
    return [
        {
            "number": exhibit.number,
            "title": exhibit.title,
            "kind": exhibit.get_kind_display(),
            "proves": exhibit.proves,
            "source": exhibit.source,
            "collected_at": exhibit.collected_at.isoformat(),
            "place": exhibit.place,
            "collectors": exhibit.collectors,
            "sha256": exhibit.file.sha256,
            "image": exhibit.file.sha256 if exhibit.file.is_image else "",
        }
        for exhibit in exhibits
    ]


def provision_content(version: ItemVersion) -> dict[str, Any]:
    """Describe the provision broken and the provision applied."""
    return {
        "obligation": {
            "statute": version.statute_name,
            "article": version.obligation_article,
            "text": version.obligation_text,
        },
        "penalty_basis": {
            "statute": version.statute_name,
            "article": version.penalty_article,
            "text": version.penalty_text,
        },
    }


def correction_content(case: Case, *, demand: str, due_on: date | None, on: date) -> dict[str, Any]:
    """Fill the order to correct: what was found, the provision broken, what follows if it is not done."""
    found = Record.objects.filter(case=case, voided_at=None).order_by("started_at").last()
    basis = provision_content(version_in_force(case.item, on)) if case.item else {}
    cited = basis["penalty_basis"] if basis and basis["penalty_basis"]["article"] else None
    return {
        "demand": demand,
        "due_on": due_on.isoformat() if due_on else "",
        "facts": found.content if found else case.summary,
        "obligation": basis.get("obligation", {}),
        "consequence": f"本机关将依照{cited['statute']}{cited['article']}的规定处理" if cited else "",
    }


def correction_state(case: Case) -> str:
    """Tell what was ordered, until when, and when it was looked at again."""
    told = []
    for order in case.corrections.select_related("instrument").order_by("ordered_at"):
        day = timezone.localdate(order.ordered_at)
        until = f"，期限至{order.due_on:%Y年%-m月%-d日}" if order.due_on else "，要求立即改正"
        told.append(f"{day:%Y年%-m月%-d日}责令改正（{order.instrument.number}）{until}")
        looks = case.records.filter(
            kind=Record.Kind.INSPECTION, voided_at=None, started_at__gt=order.ordered_at
        )
        told += [
            f"{timezone.localdate(look.started_at):%Y年%-m月%-d日}复查"
            for look in looks.order_by("started_at")
        ]
    return "；".join(told)


def basis_content(report: Report) -> dict[str, Any]:
    """Describe the provision broken, the provision applied and the grade, as frozen in the report."""
    version, band = report.item_version, report.band
    return {
        "violation": version.violation or version.name,
        **provision_content(version),
        "discretion": {
            "table": band.table.title if band else "",
            "grade": band.grade if band else "",
            "circumstances": band.circumstances if band else "",
            "range": band.penalty_text if band else "",
            "reasons": report.deviation_reasons,
            "mitigation": report.mitigation_basis,
        },
    }


def penalty_content(
    report: Report, *, fine: Decimal | None = None, kinds: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """List the penalties of a notice or decision as numbered sentences, with the sum of each."""
    proposal = proposed_in(report, fine=fine, kinds=kinds)
    sums = {**proposal.confiscated, PenaltyKind.FINE.value: proposal.fine}
    return [
        {
            "kind": str(PenaltyKind(kind).label),
            "text": "" if kind == PenaltyKind.FINE else str(PenaltyKind(kind).label),
            "amount": str(sums.get(kind, "")),
        }
        for kind in proposal.kinds
    ]


def weighing_of(report: Report) -> str:
    """Tell the grade with its circumstances, and why it was left or lightened."""
    band = report.band
    said = [f"适用“{band.grade}”：{band.circumstances}".rstrip("。：")] if band else []
    said += derivation_of(report)
    said += [f"偏离理由：{report.deviation_reasons}"] if report.deviation_reasons else []
    said += [f"减轻处罚依据：{report.mitigation_basis}"] if report.mitigation_basis else []
    return "".join(f"{part.rstrip('。')}。" for part in said)


def derivation_of(report: Report) -> list[str]:
    """Tell how the range was reckoned from the circumstances, and why an exemption was not taken up."""
    pinned = report.calculation
    said = []
    if pinned.get("circumstances") and (lines := pinned["result"].get("lines")):
        said.append(f"裁量计算（{pinned['title']}）：" + "；".join(line["zh"].rstrip("。") for line in lines))
    for row in pinned.get("exemptions", []):
        said.append(f"符合{row['document']}所列条件，未采纳不予处罚的理由：{pinned['refusal']}")
    return said


def proposal_of(report: Report) -> dict[str, Any]:
    """Give the officers' opinion at the head of a chain of approvals."""
    names = [officer.name for officer in officers_of(report.case)]
    on = timezone.localdate(report.concluded_at)
    return approval("handler", "建议按本案调查终结报告提出的意见处理。", names, on)


def report_content(case: Case, report: Report) -> dict[str, Any]:
    """Fill the 调查终结报告."""
    return {
        "facts": report.facts,
        "reasoning": report.reasoning,
        "evidence": evidence_content(case),
        "penalties": penalty_content(report),
        "complex": report.complex,
        "crime_suspected": report.crime_suspected,
        "round": report.round,
        "circumstances": weighing_of(report),
        "correction_state": correction_state(case),
        "approvals": [proposal_of(report)],
        **basis_content(report),
    }
