"""Who may act on an item, in a place, on a day, and in whose name: 行政处罚法第十七条至第二十五条."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from law.competence_texts import ARTICLES, accepted_texts, rejected_texts
from law.powers import BASE, MODES, AuthorityFact, unsound

# A sound power that gives way: barred by the county's rule, or kept beside the township's.
EXCLUDED = ("moved_to_township", "delegated_away")
CONCURRENT = ("township_first", "delegated_on")


@dataclass(frozen=True, slots=True)
class Rejection:
    """A source of power that does not carry the act, and why."""

    fact: AuthorityFact
    code: str
    zh: str
    en: str

    def as_dict(self) -> dict[str, Any]:
        """Give the rejection as plain data."""
        return {
            "holder_id": self.fact.holder_id,
            "holder": self.fact.holder_name,
            "mode": self.fact.mode,
            "grant_id": self.fact.grant_id,
            "number": self.fact.number,
            "code": self.code,
            "zh": self.zh,
            "en": self.en,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who acts, in whose name, on what ground, and why nobody else; or why nobody or too many."""

    on: date
    outcome: str
    accepted: AuthorityFact | None
    reasons_zh: tuple[str, ...]
    reasons_en: tuple[str, ...]
    rejected: tuple[Rejection, ...] = ()
    overlap: tuple[AuthorityFact, ...] = ()

    def yielding(self, handler_id: int | None, named_id: int | None) -> Rejection | None:
        """Find the sound power of a body that gives way to the accepted one, exclusively or not."""
        for row in self.rejected:
            mine = (row.fact.holder_id, row.fact.named_id) == (handler_id, named_id)
            if mine and row.code in (*EXCLUDED, *CONCURRENT):
                return row
        return None

    def resting_on(self, row: Rejection) -> Verdict:
        """Give the finding of a body that keeps its power beside the accepted one and uses it."""
        told_zh, told_en = accepted_texts(row.fact, self.on)
        others = tuple(other for other in self.rejected if other is not row)
        return Verdict(
            self.on, "concurrent", row.fact, (told_zh, row.zh), (told_en, row.en), others, self.overlap
        )

    @property
    def handler_id(self) -> int | None:
        """Give the body that handles the case."""
        return self.accepted.holder_id if self.accepted else None

    @property
    def handler_name(self) -> str:
        """Name the body that handles the case."""
        return self.accepted.holder_name if self.accepted else ""

    @property
    def named_id(self) -> int | None:
        """Give the body in whose name the documents are issued."""
        return self.accepted.named_id if self.accepted else None

    @property
    def name_on_documents(self) -> str:
        """Give the name and seal on the documents."""
        return self.accepted.named_name if self.accepted else ""

    @property
    def mode(self) -> str | None:
        """Give the way in which the handler holds the power."""
        return self.accepted.mode if self.accepted else None

    @property
    def grant_id(self) -> int | None:
        """Give the grant relied on."""
        return self.accepted.grant_id if self.accepted else None

    @property
    def article(self) -> str:
        """Cite the provision registered for a body's own power, else the article of the mode."""
        if self.accepted is None:
            return ARTICLES["none"]
        registered = self.accepted.article if self.accepted.mode in BASE else ""
        return registered or ARTICLES[self.accepted.mode]

    def as_dict(self) -> dict[str, Any]:
        """Give the finding as plain data, to be kept with the act."""
        return {
            "on": self.on.isoformat(),
            "outcome": self.outcome,
            "handler_id": self.handler_id,
            "handler": self.handler_name,
            "named_id": self.named_id,
            "name_on_documents": self.name_on_documents,
            "mode": self.mode,
            "grant_id": self.grant_id,
            "number": self.accepted.number if self.accepted else "",
            "article": self.article,
            "reasons_zh": list(self.reasons_zh),
            "reasons_en": list(self.reasons_en),
            "rejected": [item.as_dict() for item in self.rejected],
            "overlap": [fact.holder_name for fact in self.overlap],
        }


def decide_authority(
    candidates: Sequence[AuthorityFact],
    *,
    on: date,
    exclusive_after_empowerment: bool = True,
    exclusive_after_delegation: bool = False,
) -> Verdict:
    """Decide who may act: the township's grant first while in force, else the county's own power.

    exclusive_after_…: whether the county department may no longer act beside the township, which the
    national law leaves to the place (行政处罚法第二十条、第二十四条).
    """
    sound, rejected = _sift(candidates, on)
    if not sound:
        return _gap(on, rejected)
    best = min(MODES.index(fact.mode) for fact in sound)
    first = [fact for fact in sound if MODES.index(fact.mode) == best]
    holders = {(fact.holder_id, fact.named_id) for fact in first}
    if len(holders) > 1:
        return _overlap(on, first, rejected)
    chosen = first[0]
    exclusive = {"empowered": exclusive_after_empowerment, "delegated": exclusive_after_delegation}
    rejected += [
        _yielding(fact, chosen, exclusive=exclusive.get(chosen.mode, True))
        for fact in sound
        if fact not in first
    ]
    zh, en = accepted_texts(chosen, on)
    return Verdict(on, "decided", chosen, (zh,), (en,), tuple(rejected))


def _sift(candidates: Sequence[AuthorityFact], on: date) -> tuple[list[AuthorityFact], list[Rejection]]:
    """Part the sources that hold on the day from those that do not."""
    sound: list[AuthorityFact] = []
    rejected: list[Rejection] = []
    for fact in candidates:
        code = unsound(fact, candidates, on)
        if code:
            rejected.append(Rejection(fact, code, *rejected_texts(code, fact)))
        else:
            sound.append(fact)
    return sound, rejected


def _yielding(fact: AuthorityFact, chosen: AuthorityFact, *, exclusive: bool) -> Rejection:
    """Explain why a sound power gives way to the chosen one."""
    if chosen.mode == "empowered":
        code = "moved_to_township" if exclusive else "township_first"
    elif chosen.mode == "delegated":
        kept = "delegated_away" if exclusive else "delegated_on"
        code = kept if fact.holder_id == chosen.principal_id else "delegatee_first"
    else:
        code = "concentrated_away"
    return Rejection(fact, code, *rejected_texts(code, fact, chosen))


def _gap(on: date, rejected: list[Rejection]) -> Verdict:
    """Explain that nobody holds the power on the day."""
    zh = [f"{on.isoformat()}没有机关对该事项在该地点具有处罚权，应报法制机构核对授权或移送有管辖权的机关"]
    en = [f"On {on.isoformat()} no body holds the power for this item in this place"]
    return Verdict(
        on,
        "gap",
        None,
        (*zh, *(item.zh for item in rejected)),
        (*en, *(item.en for item in rejected)),
        tuple(rejected),
    )


def _overlap(on: date, first: list[AuthorityFact], rejected: list[Rejection]) -> Verdict:
    """Explain that several bodies hold the power alike: first filer, else designation (第二十五条)."""
    names = "、".join(fact.holder_name for fact in first)
    zh = f"{names}当日均有该事项处罚权，由最先立案的机关管辖；有争议的，协商或者报请指定管辖"
    en = (
        f"{', '.join(fact.holder_name for fact in first)} hold the power alike: first filer, else designation"
    )
    return Verdict(on, "overlap", None, (zh,), (en,), tuple(rejected), tuple(first))
