"""The tab 处罚裁量: range of the statute, grades, the grade chosen, like cases."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from cases.dossier.access import visible_to
from cases.dossier.models import Case
from cases.investigation.findings import current_report
from cases.investigation.models import Report
from cases.investigation.panels import chart_of
from catalog.models import DiscretionBand
from catalog.selectors import bands_in_force
from townships.models import Officer


def discretion_of(officer: Officer, case: Case, *, on: date) -> dict[str, Any]:
    """Collect what the tab shows."""
    report = current_report(case)
    bands = _bands_of(case, report, on)
    chart, similar, statutory = chart_of(
        case,
        bands,
        chosen=report.band_id if report else None,
        fine=report.fine if report else None,
        quantity=report.quantity if report else Decimal(1),
        on=on,
        urls=lambda pks: _urls(officer, pks, on),
    )
    return {
        "report": report,
        "guide": report.guide if report else None,
        "bands": bands,
        "version": (report.item_version if report else None) or case.item_version,
        "chart": chart,
        "similar": similar,
        "statutory": statutory,
    }


def _bands_of(case: Case, report: Report | None, on: date) -> list[DiscretionBand]:
    """Return the grades the report rests on, whatever was published since; before it those of the day."""
    if report is not None and report.band is not None:
        return list(report.band.table.bands.select_related("table").order_by("order"))
    return bands_in_force(case.item, on) if case.item else []


def _urls(officer: Officer, pks: list[int], on: date) -> dict[int, str]:
    """Link the like cases that the reader may open."""
    seen = visible_to(officer, on=on).filter(pk__in=pks).values_list("pk", flat=True)
    return {pk: reverse("case", args=[pk]) + "?tab=discretion" for pk in seen}
