"""What the evidence list, the report and every later document print of the investigation."""

from datetime import date
from typing import Any

from cases.dossier.models import Case
from cases.investigation.models import Exhibit, Report
from catalog.models import Item, PenaltyKind
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


def obligation_content(item: Item | None, on: date) -> dict[str, str]:
    """Describe the provision broken, as the item stands that day."""
    if item is None:
        return {}
    version = version_in_force(item, on)
    return {
        "statute": version.statute_name,
        "article": version.obligation_article,
        "text": version.obligation_text,
    }


def basis_content(report: Report) -> dict[str, Any]:
    """Describe the provision broken, the provision applied and the grade, as frozen in the report."""
    version, band = report.item_version, report.band
    return {
        "violation": version.violation or version.name,
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
        "discretion": {
            "table": band.table.title if band else "",
            "grade": band.grade if band else "",
            "circumstances": band.circumstances if band else "",
            "range": band.penalty_text if band else "",
            "reasons": report.deviation_reasons,
            "mitigation": report.mitigation_basis,
        },
    }


def penalty_content(report: Report) -> list[dict[str, Any]]:
    """List the penalties as numbered sentences of a notice or decision."""
    penalties = []
    for kind in report.kinds:
        is_fine = kind == PenaltyKind.FINE
        penalties.append(
            {
                "kind": str(PenaltyKind(kind).label),
                "text": "" if is_fine else str(PenaltyKind(kind).label),
                "amount": str(report.fine) if is_fine else "",
            }
        )
    return penalties


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
        **basis_content(report),
    }
