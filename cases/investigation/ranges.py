"""The lawful range of a fine in yuan: the statute's and the grade's, by what the fine is counted on."""

from decimal import Decimal

from cases.investigation.models import Report
from catalog.discretion.schemes import scaled, statute_range
from catalog.models import DiscretionBand, ItemVersion
from law.discretion import Range


def range_of(version: ItemVersion, quantity: Decimal) -> Range:
    """Return the statute's range for this quantity (yuan)."""
    return statute_range(version, quantity)


def band_range(band: DiscretionBand | None, quantity: Decimal) -> Range | None:
    """Return the grade's range for this quantity (yuan); none where the grade carries no fine."""
    if band is None or band.no_penalty or (band.fine_min is None and band.fine_max is None):
        return None
    return scaled(band.fine_min, band.fine_max, band.unit, quantity)


def span_of(report: Report) -> Range | None:
    """Return the benchmark's range a report was made in: its grade's, else the one pinned with it."""
    return band_range(report.band, report.quantity) or pinned_range(report)


def pinned_range(report: Report) -> Range | None:
    """Return the range of the party that was reckoned and pinned with a report."""
    found = report.calculation.get("result", {}).get("found", []) if report.calculation else []
    main = next((one for one in found if not one["target"]), None)
    if main is None:
        return None
    low, high = (None if main[end] is None else Decimal(main[end]) for end in ("low", "high"))
    return Range(low, high)
