"""Fit the instruments of the investigation."""

import re

from papers import wording
from papers.fitting.shared import Facts, first, provision, sentences

TURN = re.compile(r"^(问|答)\s*[：:]\s*")


def record(facts: Facts) -> Facts:
    """Fit an inspection record."""
    return {
        "findings": first(facts, "findings", "body"),
        "present": first(facts, "present") or {"name": facts.get("subject", "")},
    }


def interview(facts: Facts) -> Facts:
    """Fit an interview record; a text of 问 and 答 lines becomes its dialogue."""
    spoken = dialogue_of(str(facts.get("body") or ""))
    return {
        "person": first(facts, "person") or {"name": facts.get("subject", "")},
        "dialogue": first(facts, "dialogue") or spoken,
        "account": "" if spoken else facts.get("body"),
    }


def dialogue_of(text: str) -> list[Facts]:
    """Read questions and answers from lines that begin with 问： and 答：; none where there are none."""
    turns: list[Facts] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        mark = TURN.match(line)
        said = line[mark.end() :] if mark else line
        if mark and mark[1] == "问":
            turns.append({"q": said, "a": ""})
        elif turns:
            turns[-1]["a"] = f"{turns[-1]['a']}{said}"
        else:
            return []
    return turns


def evidence_list(facts: Facts) -> Facts:
    """Fit the evidence list: what is a picture is printed too."""
    shown = [
        {
            "sha256": item["image"],
            "caption": item.get("name"),
            "taken_at": item.get("collected_at"),
            "taken_by": item.get("taken_by"),
            "place": item.get("place"),
        }
        for item in facts.get("evidence") or ()
        if item.get("image")
    ]
    return {"photos": first(facts, "photos") or shown}


def correction(facts: Facts) -> Facts:
    """Fit the order to correct; without a day it is to be done at once."""
    obligation = facts.get("obligation") or {"article": facts.get("basis", "")}
    return {
        "requirements": first(facts, "requirements", "demand"),
        "immediate": facts.get("immediate", not facts.get("due_on")),
        "obligation": obligation if provision(obligation) else None,
    }


def report(facts: Facts) -> Facts:
    """Fit the report that ends the investigation."""
    officers = wording.joined([item.get("name", "") for item in facts.get("officers") or ()])
    parts = (
        (
            (f"本案来源于{facts['source']}", facts.get("source")),
            (
                f"{wording.day(str(facts.get('filed_on', '')))}立案（{facts.get('case_number')}）",
                facts.get("filed_on"),
            ),
            (f"由{officers}承办", officers),
        )
        if facts.get("source")
        else ()
    )
    crime: dict[bool | None, str] = {
        True: "经审查，本案涉嫌犯罪，应当依法移送",
        False: "经审查，本案不涉嫌犯罪",
    }
    return {
        "origin": first(facts, "origin") or sentences(["，".join(text for text, known in parts if known)]),
        "characterisation": first(facts, "characterisation", "reasoning"),
        "crime": first(facts, "crime")
        or crime.get(bool(facts["crime_suspected"]) if "crime_suspected" in facts else None),
    }


FITTERS = {
    "inspection_record": record,
    "interview_record": interview,
    "evidence_list": evidence_list,
    "correction_order": correction,
    "investigation_report": report,
}
