"""What all instruments share: opinions, penalties, grades of discretion, evidence, the party's answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from papers import wording

Facts = dict[str, Any]

STEPS = {
    "承办人意见": "handler",
    "承办机构负责人意见": "team_leader",
    "法制审核意见": "legal",
    "机关负责人意见": "head",
}
ACCEPTED = {"采纳": True, "部分采纳": "partly", "不予采纳": False}


def first(facts: Mapping[str, Any], *keys: str) -> Any:
    """Return the first of the fields that says something."""
    return next((facts[key] for key in keys if facts.get(key) not in (None, "", [], {})), None)


def fit_common(facts: Facts) -> Facts:
    """Fit the fields that many instruments print."""
    fitted = {
        "approvals": [_approval(item) for item in facts.get("approvals") or head_opinion(facts)],
        "penalties": [_penalty(item) for item in facts.get("penalties") or ()],
        "evidence": [_evidence(item) for item in first(facts, "evidence", "exhibits") or ()],
        "discretion": _discretion(facts.get("discretion") or {}),
        "statement": _statement(facts.get("statement") or {}),
        "hearing": _hearing(facts),
    }
    return {**facts, **{key: value for key, value in fitted.items() if value or key in facts}}


def head_opinion(facts: Facts) -> list[Facts]:
    """Make the head's opinion of a decision that names its head."""
    if not facts.get("head"):
        return []
    said = first(facts, "opinion", "reason")
    return [{"step": "head", "opinion": said, "signers": [facts["head"]], "dated": facts.get("dated")}]


def _approval(item: Facts) -> Facts:
    label = item.get("role", "")
    made = {"step": STEPS.get(label, label), "signers": [item["name"]] if item.get("name") else []}
    return {**made, **item}


def _penalty(item: Facts) -> Facts:
    return {**item, "text": item.get("text") or item.get("kind", "")}


def _evidence(item: Facts) -> Facts:
    made = {"name": item.get("title", ""), "taken_by": wording.joined(item.get("collectors") or [])}
    return {**made, **item}


def _discretion(item: Facts) -> Facts:
    if not item.get("grade"):
        return {}
    return {**item, "reasons": sentences([item.get("reasons"), item.get("mitigation")])}


def _statement(item: Facts) -> Facts:
    if not isinstance(item.get("accepted"), str) or item["accepted"] == "partly":
        return item
    answers = {ACCEPTED.get(part, "partly") for part in item["accepted"].split("；")}
    return {**item, "accepted": answers.pop() if len(answers) == 1 else "partly"}


def _hearing(facts: Facts) -> Facts:
    item = dict(facts.get("hearing") or {})
    if "hearing_offered" in facts:
        item.setdefault("offered", facts["hearing_offered"])
    if item.get("report"):
        item.setdefault("outcome", item["report"])
    return item


def sentences(parts: Sequence[Any]) -> str:
    """Join what is said into sentences."""
    return "".join(f"{str(part).strip().rstrip('。；')}。" for part in parts if part)


def provision(item: Mapping[str, Any] | None) -> str:
    """Cite a provision: 《…法》第一条."""
    found = item or {}
    statute = str(found.get("statute") or "").strip("《》")
    return (f"《{statute}》" if statute else "") + str(found.get("article") or "")


def provisions(facts: Facts) -> str:
    """Cite the provision broken and the provision applied."""
    cited = [provision(facts.get("obligation")), provision(facts.get("penalty_basis"))]
    return "；".join(dict.fromkeys(part for part in cited if part))


def proposed(facts: Facts) -> str:
    """List penalties and order in one sentence each."""
    items = [
        f"{number}.{item['text']}" + (f"：{wording.amount(item['amount'])}" if item.get("amount") else "")
        for number, item in enumerate(facts.get("penalties") or (), start=1)
    ]
    correction = facts.get("correction")
    return sentences(["；".join(items), f"同时责令{correction}" if correction else ""])


def answer_state(facts: Facts) -> str:
    """Tell in one sentence each what the party answered and whether a hearing was held."""
    statement, hearing = facts.get("statement") or {}, facts.get("hearing") or {}
    said = ""
    if statement.get("made"):
        accepted = statement.get("accepted")
        result = "部分采纳" if accepted == "partly" else "予以采纳" if accepted else "不予采纳"
        said = f"当事人陈述申辩：{statement.get('text', '')}；{result}：{statement.get('reasons', '')}"
    elif statement.get("waived"):
        said = "当事人书面放弃陈述、申辩"
    elif statement:
        said = "当事人未提出陈述、申辩"
    heard = f"{wording.day(str(hearing.get('held_on', '')))}举行听证" if hearing.get("held") else ""
    return sentences([said, heard])


def names_of(items: Any) -> list[Facts]:
    """Make persons of plain names."""
    return [item if isinstance(item, dict) else {"name": str(item)} for item in items or ()]
