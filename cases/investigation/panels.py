"""What the report page shows beside the form: the statute's range, the grades, like cases, the evidence."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cases.dossier.models import Case
from cases.investigation.chart import Chart, Grade, draw
from cases.investigation.former import former_of
from cases.investigation.models import Exhibit
from cases.investigation.ranges import band_range, range_of
from cases.investigation.similar import Similar, similar_to
from catalog.discretion.calculator import exemption_questions
from catalog.discretion.schemes import questions_of
from catalog.models import DiscretionBand
from catalog.selectors import bands_in_force
from law.discretion import Range
from townships.models import Officer

ONE = Decimal(1)


def discretion_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Collect the grades, like cases and the evidence."""
    bands = bands_in_force(case.item, on) if case.item else []
    chart, similar, statutory = chart_of(case, bands, on=on)
    return {
        "bands": bands,
        "questions": questions_of(case.item, on) if case.item else [],
        "exemptions": exemption_questions(case.item, on) if case.item else [],
        "former": former_of(case, on=on),
        "item_version": case.item_version,
        "exhibits": Exhibit.objects.filter(case=case, voided_at=None).order_by("number"),
        "chart": chart,
        "similar": similar,
        "statutory": statutory,
    }


def _no_urls(_pks: list[int]) -> dict[int, str]:
    return {}


def chart_of(
    case: Case,
    bands: Sequence[DiscretionBand],
    *,
    on: date,
    chosen: int | None = None,
    fine: Decimal | None = None,
    quantity: Decimal = ONE,
    urls: Callable[[list[int]], dict[int, str]] = _no_urls,
) -> tuple[Chart | None, Similar, Range]:
    """Draw the grades and like cases of a case inside the statute's range."""
    statutory = range_of(case.item_version, quantity) if case.item_version else Range()
    similar = similar_to(case, on=on)
    links = urls([pk for pk, _fine in similar.fines]) if similar.fines else {}
    grades = [grade for band in bands if (grade := _grade(band, quantity, chosen))]
    return draw(statutory, grades, similar, fine=fine, urls=links), similar, statutory


def _grade(band: DiscretionBand, quantity: Decimal, chosen: int | None) -> Grade | None:
    span = band_range(band, quantity)
    if span is None or span.high is None:
        return None
    return Grade(band.grade, span.low or Decimal(0), span.high, chosen=band.pk == chosen)
