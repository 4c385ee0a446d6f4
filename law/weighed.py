"""What a benchmark calculation takes and gives: facts, ranges found, and the sentences that say why."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from law.benchmarks import ONE
from law.discretion import Range

FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found: circumstances ticked, the quantity counted on, a grade chosen among several."""

    chosen: frozenset[str] = frozenset()
    quantity: Decimal = ONE
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence in two languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Found:
    """A range for one addressee ("" is the party itself), its default, and what of it the statute allows."""

    target: str
    range: Range
    default: Decimal | None = None
    lawful: Range | None = None


@dataclass(frozen=True, slots=True)
class Calculation:
    """What the benchmark gives: ranges, no penalty, or what is open; its derivation.

    warnings: where it leaves the statute; doubts: where the circumstances do not bear the grade chosen.
    """

    found: tuple[Found, ...] = ()
    no_penalty: bool = False
    grades: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    warnings: tuple[Line, ...] = ()
    doubts: tuple[Line, ...] = ()
    open: tuple[Line, ...] = ()

    @property
    def main(self) -> Found | None:
        """The range of the party itself."""
        return next((one for one in self.found if not one.target), None)

    def as_dict(self) -> dict[str, Any]:
        """Give the calculation as plain data, to be pinned with a proposal and printed."""
        return {
            "found": [
                {
                    "target": one.target,
                    "low": _text(one.range.low),
                    "high": _text(one.range.high),
                    "default": _text(one.default),
                    "lawful_low": _text(one.lawful.low if one.lawful else None),
                    "lawful_high": _text(one.lawful.high if one.lawful else None),
                    "inside_statute": one.lawful is not None,
                }
                for one in self.found
            ],
            "no_penalty": self.no_penalty,
            "grades": list(self.grades),
            **{
                name: [{"zh": line.zh, "en": line.en} for line in getattr(self, name)]
                for name in ("lines", "warnings", "doubts", "open")
            },
        }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def span(found: Range) -> Line:
    """Write a range of yuan; one sum where both ends are the same."""
    return Line(found.zh, found.en)


def money(value: Decimal) -> Decimal:
    """Round a computed sum to the fen."""
    return value.quantize(FEN, ROUND_HALF_UP)
