"""The lawful range of a fine in yuan: the statute's and the grade's, by what the fine is counted on."""

from decimal import Decimal

from catalog.models import DiscretionBand, ItemVersion
from law.discretion import Range

PERCENT = Decimal(100)


def range_of(version: ItemVersion, quantity: Decimal) -> Range:
    """Return the statute's range for this quantity (yuan)."""
    return _scaled(version.fine_min, version.fine_max, version.fine_unit, quantity)


def band_range(band: DiscretionBand | None, quantity: Decimal) -> Range | None:
    """Return the grade's range for this quantity (yuan)."""
    if band is None or band.no_penalty:
        return None
    return _scaled(band.fine_min, band.fine_max, band.unit, quantity)


def _scaled(low: Decimal | None, high: Decimal | None, unit: str, quantity: Decimal) -> Range:
    factor = factor_of(unit, quantity)
    return Range(low * factor if low is not None else None, high * factor if high is not None else None)


def factor_of(unit: str, quantity: Decimal) -> Decimal:
    """Tell by what a bound is multiplied: square metres, or the sum that times or per cent are taken of."""
    if unit == "%":
        return quantity / PERCENT
    return quantity if unit == "倍" or "/" in unit or "每" in unit else Decimal(1)
