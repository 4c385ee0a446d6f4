"""What the cases of the demo tell: subjects with their texts, parties, and how far each case has come."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cases.demo.reading import table

CITIZEN, SOLE_TRADER, ORGANISATION = "citizen", "sole_trader", "organisation"


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of violation with the texts that a case of it is written in."""

    key: str
    catalogue: str
    number: str
    summary: str
    found: str
    inspection: str
    demand: str
    interview: list[list[str]]
    facts: str
    reasoning: str
    statement: str
    recheck: str = ""
    correct: bool = False


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """An invented party; person is the citizen, the operator or the representative."""

    kind: str
    name: str
    person: str
    index: int

    def details(self, address: str) -> dict[str, Any]:
        """Return what the register of parties keeps."""
        facts: dict[str, Any] = {"address": address, "phone": f"1990001{self.index:04d}"}
        if self.kind == ORGANISATION:
            return {
                **facts,
                "credit_code": f"91331199MADEMO{self.index:04d}",
                "legal_representative": self.person,
            }
        facts |= {"id_number": f"331199198001{10 + self.index % 18:02d}{self.index:04d}", "sex": "男"}
        if self.kind == SOLE_TRADER:
            facts |= {"credit_code": f"92331199MADEMO{self.index:04d}", "operator": self.person}
        return facts


@dataclass(frozen=True, slots=True)
class Story:
    """One case: where, what, against whom, begun how many days ago, and up to which step.

    band: the grade of the discretion standard, counted from 1. pair: which two officers of the body.
    review: "fail" fails once and passes the second time; "return" is sent back for evidence once.
    """

    township: str
    subject: str
    party: PartyFacts
    starts: int
    until: str
    index: int = 0
    place: int = 0
    address: str = "中心路23号门前"
    source: str = "patrol"
    band: int = 1
    quantity: Decimal = Decimal(1)
    pair: int = 0
    pace: int = 1
    knows_item: bool = True
    complex: bool = False
    statement: str = ""
    waiver: bool = False
    hearing: str = ""
    review: str = ""
    reviewer_investigates: bool = False
    service: str = "direct"
    paid: str = "full"
    late_reasons: str = ""
    words: dict[str, str] = field(default_factory=dict)

    @property
    def matter(self) -> Subject:
        """The subject with its texts."""
        return subjects()[self.subject]


def subjects() -> dict[str, Subject]:
    """Return the subjects by key."""
    return {key: Subject(key=key, **row) for key, row in table("subjects").items()}


def stories() -> list[Story]:
    """Return the cases of the demo, the oldest first; the pairs of a township take turns."""
    rows = sorted(table("stories")["story"], key=lambda row: -int(row["starts"]))
    turns: dict[str, int] = {}
    found = []
    for index, row in enumerate(rows, start=1):
        told = dict(row)
        kind, name, person = told.pop("party")
        turn = turns.get(told["township"], 0)
        turns[told["township"]] = turn + 1
        found.append(
            Story(
                index=index,
                party=PartyFacts(kind, name, person, index),
                pair=told.pop("pair", turn % 2),
                place=told.pop("place", turn),
                quantity=Decimal(str(told.pop("quantity", 1))),
                **told,
            )
        )
    return found
