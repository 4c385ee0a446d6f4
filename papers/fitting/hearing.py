"""Fit notice, defence and hearing."""

from papers.fitting.shared import Facts, first, proposed, provisions, sentences

REVIEWED = {"采纳": "all", "部分采纳": "partly", "不予采纳": "none"}


def notice_approval(facts: Facts) -> Facts:
    """Fit the approval of the notice."""
    return {
        "facts": first(facts, "facts", "summary"),
        "proposed": first(facts, "proposed") or proposed(facts),
        "basis": first(facts, "basis") or provisions(facts),
    }


def statement(facts: Facts) -> Facts:
    """Fit the record of the defence."""
    return {
        "started_at": first(facts, "started_at", "made_at"),
        "statement_text": first(facts, "statement_text", "body"),
    }


def review(facts: Facts) -> Facts:
    """Fit the review of the defence."""
    said = first(facts, "statement") or {"text": sentences(facts.get("statements") or ())}
    accepted = str(facts.get("accepted") or "")
    return {"statement": said, "accepted": REVIEWED.get(accepted, accepted)}


def request(facts: Facts) -> Facts:
    """Fit the request for a hearing."""
    return {
        "requested_on": first(facts, "requested_on", "made_at"),
        "request_text": first(facts, "request_text", "body"),
    }


def session(facts: Facts) -> Facts:
    """Fit the record of a hearing."""
    return {
        "started_at": first(facts, "started_at", "scheduled_at"),
    }


def findings(facts: Facts) -> Facts:
    """Fit the report of a hearing."""
    return {
        "proposed": first(facts, "proposed") or proposed(facts),
        "basis": first(facts, "basis") or provisions(facts),
    }


FITTERS = {
    "notice_approval": notice_approval,
    "statement_record": statement,
    "statement_review": review,
    "hearing_request": request,
    "hearing_record": session,
    "hearing_report": findings,
}
