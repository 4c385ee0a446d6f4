"""Fit review, discussion, decision and service."""

from papers import wording
from papers.fitting.shared import (
    Facts,
    answer_state,
    first,
    names_of,
    proposed,
    provisions,
    sentences,
)

CONCLUSIONS = {"通过": "agree", "补充材料": "supplement", "不通过": "disagree"}
ANSWERS = {"符合": "ok", "有异议": "problem"}
METHODS = {
    "直接送达": "direct",
    "留置送达": "left",
    "邮寄送达": "post",
    "电子送达": "electronic",
    "公告送达": "public",
}


def review(facts: Facts) -> Facts:
    """Fit the legal opinion."""
    points = [
        {"label": item.get("point", ""), "result": ANSWERS.get(str(item.get("answer")), "")}
        for item in facts.get("checklist") or ()
    ]
    reviewer = facts.get("reviewer")
    if isinstance(reviewer, str):
        reviewer = {
            "name": reviewer,
            "qualification": facts.get("qualification"),
            "dated": facts.get("dated"),
        }
    fine = facts.get("fine")
    conclusion = str(facts.get("conclusion") or "")
    return {
        "case_name": first(facts, "case_name", "cause"),
        "submitted_on": first(facts, "submitted_on", "submitted_at"),
        "proposed": first(facts, "proposed") or (f"罚款：{wording.amount(fine)}。" if fine else ""),
        "heads": first(facts, "heads") or points,
        "conclusion": CONCLUSIONS.get(conclusion, conclusion),
        "reviewer": reviewer,
    }


def discussion(facts: Facts) -> Facts:
    """Fit the record of the heads' discussion."""
    opinions = facts.get("opinions")
    intended = proposed(facts)
    report = first(facts, "report", "facts")
    lines = report if isinstance(report, list) else str(report or "").split("\n")
    return {
        "case_name": first(facts, "case_name", "cause"),
        "started_at": first(facts, "started_at", "held_at"),
        "members": first(facts, "members") or names_of(facts.get("attendees")),
        "report": [*lines, f"拟处理意见：{intended}"] if intended and "report" not in facts else lines,
        "speeches": opinions.split("\n") if isinstance(opinions, str) else None,
        "opinions": [] if isinstance(opinions, str) else opinions,
    }


def approval(facts: Facts) -> Facts:
    """Fit the approval of the decision."""
    named = [f"{number}.{item.get('name', '')}" for number, item in enumerate(facts.get("evidence") or (), 1)]
    discretion = facts.get("discretion") or {}
    weighed = [discretion.get("grade"), discretion.get("circumstances"), discretion.get("reasons")]
    return {
        "evidence_summary": first(facts, "evidence_summary") or sentences(["；".join(named)]),
        "notice_state": first(facts, "notice_state") or answer_state(facts),
        "basis": first(facts, "basis") or provisions(facts),
        "circumstances": first(facts, "circumstances") or sentences(weighed),
        "proposed": first(facts, "proposed") or proposed(facts),
        "remarks": first(facts, "remarks", "late_reasons"),
    }


def summary(facts: Facts) -> Facts:
    """Fit the on-the-spot decision: a fine goes to the bank unless it was collected."""
    payment = dict(facts.get("payment") or {})
    fined = any(item.get("amount") for item in facts.get("penalties") or ())
    if payment and fined:
        payment.setdefault("way", "bank")
    return {"payment": payment if fined or payment.get("way") else None}


def receipt(facts: Facts) -> Facts:
    """Fit the receipt of service; a receiver related to the addressee is a substitute."""
    recipient, relation = facts.get("recipient"), str(facts.get("relation") or "")
    method = str(facts.get("method") or "")
    fitted: Facts = {
        "method": METHODS.get(method, method),
        "remarks": first(facts, "remarks", "note"),
    }
    if isinstance(recipient, str):
        party = facts.get("party") or {}
        fitted["recipient"] = {"name": party.get("name") or recipient, "phone": party.get("phone", "")}
        fitted["signed_by"] = recipient
        fitted["signed_at"] = facts.get("served_at")
        if relation not in {"", "本人"} and recipient != party.get("name"):
            fitted["substitute"] = {"name": recipient, "relation": relation}
    if facts.get("witness") and not facts.get("refusal"):
        fitted["refusal"] = {
            "at": facts.get("served_at"),
            "reason": first(facts, "note"),
            "witness": facts["witness"],
        }
    return fitted


FITTERS = {
    "legal_review_opinion": review,
    "discussion_record": discussion,
    "decision_approval": approval,
    "summary_decision": summary,
    "service_receipt": receipt,
}
