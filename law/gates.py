"""The registry of gates: what must be true before an act, and how to unblock it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from law.articles import Citation, cite_en, cite_zh, parse_all
from law.errors import LawError, RuleViolation
from law.reading import Table, rows

HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Gate:
    """A lawful condition of an act, with its message and the way out, in two languages."""

    id: str
    citations: tuple[Citation, ...]
    severity: str
    severity_by_profile: Mapping[str, str]
    message_zh: str
    message_en: str
    unblock_zh: str
    unblock_en: str
    link: str
    pending_stage: str
    confidence: str
    source: str
    checked_on: str

    @property
    def article(self) -> str:
        """Print the articles in Chinese."""
        return cite_zh(self.citations)

    @property
    def article_en(self) -> str:
        """Print the articles in English."""
        return cite_en(self.citations)

    def severity_under(self, profile: str) -> str:
        """Tell whether the gate blocks or warns under a profile of rules."""
        return self.severity_by_profile.get(profile, self.severity)

    def as_dict(self) -> dict[str, str | None]:
        """Give the gate as plain data for a listing."""
        return {
            "id": self.id,
            "law": "；".join(dict.fromkeys(c.statute for c in self.citations)),
            "article": self.article,
            "article_en": self.article_en,
            "severity": self.severity,
            "message_zh": self.message_zh,
            "message_en": self.message_en,
            "unblock_zh": self.unblock_zh,
            "unblock_en": self.unblock_en,
            "link": self.link,
            "pending_stage": self.pending_stage or None,
        }


def _gate(row: Table) -> Gate:
    """Make a gate from a row of the data."""
    return Gate(
        id=row["id"],
        citations=parse_all(row["cite"]),
        severity=row.get("severity", "block"),
        severity_by_profile=row.get("severity_by_profile", {}),
        message_zh=row["message_zh"],
        message_en=row["message_en"],
        unblock_zh=row["unblock_zh"],
        unblock_en=row["unblock_en"],
        link=row["link"],
        pending_stage=row.get("pending_stage", ""),
        confidence=row.get("confidence", "high"),
        source=row["source"],
        checked_on=str(row["checked_on"]),
    )


@cache
def gates() -> Mapping[str, Gate]:
    """Give all gates by id, in the order of the data."""
    found: dict[str, Gate] = {}
    for row in rows("gates", "gate"):
        if row["id"] in found:
            raise LawError(f"重复的门槛：{row['id']}", field="gate_id", code="gate_twice")
        found[row["id"]] = _gate(row)
    return found


def gate(gate_id: str) -> Gate:
    """Give one gate, or refuse an unknown id."""
    try:
        return gates()[gate_id]
    except KeyError:
        raise LawError(
            f"未登记的门槛：{gate_id}",
            field="gate_id",
            code="gate_unknown",
            message_en=f"Unknown gate: {gate_id}",
        ) from None


def violation(
    gate_id: str,
    *,
    detail: str = "",
    detail_en: str = "",
    field: str = "",
    link: str = "",
    profile: str = "",
) -> RuleViolation:
    """Build the refusal of a gate: its message, article and way out, with the fact found.

    A fact told in Chinese alone is left out of the English message, which stands without it.
    """
    found = gate(gate_id)
    detail_en = detail_en or ("" if HAN.search(detail) else detail)
    return RuleViolation(
        found.id,
        f"{found.message_zh}：{detail}" if detail else found.message_zh,
        found.article,
        found.unblock_zh,
        link=link or found.link,
        severity=found.severity_under(profile),
        message_en=f"{found.message_en}: {detail_en}" if detail_en else found.message_en,
        unblock_en=found.unblock_en,
        field=field,
    )
