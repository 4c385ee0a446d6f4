"""Lists of minor and first offences: conditions joined by and/or, and what follows where they are met.

行政处罚法第三十三条第一款.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from law.errors import RuleViolation
from law.gates import violation


class Exemption(StrEnum):
    """Minor: shall not be punished (first sentence); first offence: may go unpunished (second sentence)."""

    MINOR = "minor"
    FIRST = "first"


GATES = {Exemption.MINOR: "must_not_punish_minor_violation", Exemption.FIRST: "first_offence_may_exempt"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of such a list."""

    kind: str
    conditions: tuple[str, ...]
    needs_all: bool = True
    document: str = ""

    def met(self, ticked: Collection[int]) -> bool:
        """Tell whether the conditions ticked (by position) are enough."""
        found = {position for position in ticked if 0 <= position < len(self.conditions)}
        return bool(found) and (not self.needs_all or len(found) == len(self.conditions))


def refusal_of(rule: Rule, *, reasons: str) -> RuleViolation | None:
    """Find that a penalty is proposed although an exemption is met and no reason is given against it."""
    if reasons.strip():
        return None
    return violation(
        GATES[Exemption(rule.kind)],
        detail=f"{rule.document or '本地清单'}：{'；'.join(rule.conditions)}",
        detail_en=f"a condition of {rule.document or 'the local list'} is met",
        field="exemption_refusal",
    ).weighed("block")
