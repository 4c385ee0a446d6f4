"""The lawful range of a fine: statute first, then the grade of the discretion benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from law.articles import parse_all
from law.errors import LawError, RuleViolation
from law.gates import violation
from law.money import plain

# What lightens or mitigates a penalty, as a report cites it.
MITIGATED_BY = tuple(cited.zh for cited in parse_all(["apl:30", "apl:31", "apl:32"]))


@dataclass(frozen=True, slots=True)
class Range:
    """Amounts in yuan; both ends belong to the range, 以上、以下包括本数 (C18); none is open."""

    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse a range that runs backwards or below nothing."""
        if self.low is not None and self.high is not None and self.low > self.high:
            raise LawError(
                "幅度下限高于上限", field="range", code="range_reversed", message_en="Range reversed"
            )
        if any(end is not None and end < 0 for end in (self.low, self.high)):
            raise LawError("幅度不能为负", field="range", code="negative", message_en="Negative range")

    def holds(self, amount: Decimal) -> bool:
        """Tell whether an amount lies in the range, ends included."""
        return (self.low is None or amount >= self.low) and (self.high is None or amount <= self.high)

    @property
    def zh(self) -> str:
        """Print the range in Chinese; one sum where both ends are the same."""
        low, high = plain(self.low), plain(self.high)
        if low == high:
            return f"{high}元" if high else "未规定幅度"
        return "".join([f"{low}元以上" if low else "", f"{high}元以下" if high else ""])

    @property
    def en(self) -> str:
        """Print the range in English."""
        low, high = plain(self.low), plain(self.high)
        if low == high:
            return f"{high} yuan" if high else "no sum stated"
        if not high:
            return f"{low} yuan or more"
        return f"{low} to {high} yuan" if low else f"up to {high} yuan"


def check_sanction(
    *,
    fine: Decimal,
    statutory: Range,
    band: Range | None,
    mitigation_basis: str = "",
    deviation_reasons: str = "",
) -> list[RuleViolation]:
    """Check a fine against statute and grade: 行政处罚法第四条、第三十二条、第三十四条."""
    if fine < 0:
        raise LawError(
            "罚款数额不能为负", field="fine", code="negative", message_en="A fine cannot be negative"
        )
    found: list[RuleViolation] = []
    if not _within_statute(fine, statutory, mitigation_basis):
        found.append(
            violation(
                "fine_within_statute",
                detail=f"罚款{plain(fine)}元，法定幅度{statutory.zh}",
                detail_en=f"fine {plain(fine)} yuan, statute {statutory.en}",
                field="fine",
            )
        )
    if band is not None and not band.holds(fine) and not deviation_reasons.strip():
        found.append(
            violation(
                "discretion_band",
                detail=f"罚款{plain(fine)}元，所选档次{band.zh}",
                detail_en=f"fine {plain(fine)} yuan, grade {band.en}",
                field="fine",
            )
        )
    return found


def _within_statute(fine: Decimal, statutory: Range, mitigation_basis: str) -> bool:
    """Tell whether a fine is within the statute; only mitigation, on a ground, goes below (第三十二条)."""
    if statutory.high is not None and fine > statutory.high:
        return False
    below = statutory.low is not None and fine < statutory.low
    return not below or bool(mitigation_basis.strip())
