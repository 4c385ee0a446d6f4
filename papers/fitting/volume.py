"""Fit payment, closing and the sheets of the volume."""

from papers import wording
from papers.fitting.shared import Facts, first, sentences

GROUNDS = {
    "处罚决定履行完毕": "performed",
    "不予行政处罚": "no_penalty",
    "撤销案件": "withdrawn",
    "移送其他机关": "transferred",
    "终止调查": "ended",
}


def voucher(facts: Facts) -> Facts:
    """Fit the sheet for the fiscal receipt."""
    paid = {
        "receipt": facts.get("receipt_number", ""),
        "paid_on": facts.get("paid_on", ""),
        "amount": facts.get("amount", ""),
    }
    return {
        "payments": first(facts, "payments") or ([paid] if paid["amount"] else []),
        "sha256": first(facts, "sha256", "image"),
        "bank": first(facts, "channel")
        or ("" if isinstance(facts.get("bank"), dict) else facts.get("bank"))
        or "/",
    }


def closing(facts: Facts) -> Facts:
    """Fit the approval of closing."""
    ground = str(first(facts, "reason", "ground") or "")
    paid = [
        f"{wording.day(str(item.get('paid_on', '')))}缴纳{wording.figures(item.get('amount', ''))}元，"
        f"票据号{item.get('receipt', '')}"
        for item in facts.get("payments") or ()
    ]
    given = list(facts.get("approvals") or ())
    if facts.get("proposed_by") and not any(item.get("step") == "handler" for item in given):
        proposal = {"step": "handler", "opinion": facts.get("summary"), "signers": [facts["proposed_by"]]}
        given.insert(0, {**proposal, "dated": facts.get("proposed_on")})
    fine = facts.get("fine")
    return {
        "reason": GROUNDS.get(ground, ground),
        "result": first(facts, "result") or (f"罚款：{wording.amount(fine)}。" if fine else ""),
        "execution": first(facts, "execution") or sentences([facts.get("summary"), *paid]),
        "approvals": given,
    }


def back_sheet(facts: Facts) -> Facts:
    """Fit the back sheet."""
    return {
        "notes": first(facts, "notes", "note"),
        "compiled_by": first(facts, "compiled_by", "bound_by"),
        "compiled_on": first(facts, "compiled_on", "dated"),
    }


FITTERS = {
    "payment_voucher": voucher,
    "closing_approval": closing,
    "back_sheet": back_sheet,
}
