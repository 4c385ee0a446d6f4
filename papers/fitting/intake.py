"""Fit the instruments from the clue to the filing."""

from papers import wording
from papers.fitting.shared import Facts, first

SUGGESTIONS = {"建议立案": "file", "建议不予立案": "not_file"}


def verification(facts: Facts) -> Facts:
    """Fit the record of the check."""
    return {
        "started_at": first(facts, "started_at", "checked_at"),
        "conclusion": first(facts, "conclusion") or SUGGESTIONS.get(str(facts.get("suggestion"))),
    }


def filing(facts: Facts) -> Facts:
    """Fit the approval of filing; the verified facts say more than the first report."""
    articles = [*(facts.get("suspected") or ()), "", ""]
    statute = facts.get("statute", "")
    return {
        "summary": first(facts, "facts", "summary"),
        "obligation": facts.get("obligation") or {"statute": statute, "article": articles[0]},
        "penalty_basis": facts.get("penalty_basis") or {"statute": statute, "article": articles[1]},
    }


def refusal(facts: Facts) -> Facts:
    """Fit the approval of not filing."""
    return {"reasons": first(facts, "reasons", "reason")}


def authority(facts: Facts) -> Facts:
    """Fit the proof of authority from the finding kept with the act."""
    finding = facts.get("finding") or {}
    grant = {
        "mode": finding.get("mode"),
        "number": finding.get("number"),
        "holder": finding.get("handler"),
        "basis": finding.get("article"),
        "note": "\n".join(finding.get("reasons_zh") or ()),
    }
    return {
        "asked_on": first(facts, "asked_on") or finding.get("on"),
        "decided_in_name_of": first(facts, "decided_in_name_of") or finding.get("name_on_documents"),
        "grant": {**grant, **(facts.get("grant") or {})},
    }


def hand_over(facts: Facts) -> Facts:
    """Fit the list of what is handed over."""
    listed = [
        {"name": item.get("title", ""), "quantity": "1份", **item} for item in facts.get("documents") or ()
    ]
    running = [
        f"{item.get('clock', '')}（{wording.day(str(item.get('due_on', '')))}届满）"
        for item in facts.get("clocks") or ()
    ]
    return {
        "reasons": first(facts, "reasons", "reason"),
        "materials": first(facts, "materials") or listed,
        "running": wording.joined(running),
    }


FITTERS = {
    "verification_record": verification,
    "filing_approval": filing,
    "no_filing_approval": refusal,
    "authority_proof": authority,
    "hand_over_list": hand_over,
}
