"""May this body act on this case today? Asked at every external act, and kept with the act."""

from dataclasses import replace
from datetime import date
from typing import Any

from cases.dossier.handed_on import filed_cases_stay, rule_text
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from law import gates
from law.competence import EXCLUDED, Rejection, Verdict
from law.errors import RuleViolation
from townships.models.modes import Mode
from townships.selectors import authority_for

ENDED = ("revoked", "expired")
TRANSFERRED = ("concentrated_away", "principal_concentrated_away")


@read_once
def verdict_of(case: Case, *, on: date) -> Verdict | None:
    """Ask who may act on the case's item in its place that day; None while the item is unknown."""
    if case.item is None:
        return None
    return authority_for(item=case.item, township=case.township, on=on, place=case.place)


def standing(case: Case, *, on: date) -> Verdict | None:
    """Return the finding under which the case's own handler may act that day, or nothing.

    It is the one body that handles such cases; or it filed the case before its empowerment ended or the item
    was transferred, and may finish it; or it keeps its power beside the township's.
    """
    verdict = verdict_of(case, on=on)
    return None if verdict is None else _standing(case, verdict, on)


def _standing(case: Case, verdict: Verdict, on: date) -> Verdict | None:
    if case.handler_id is None:
        return None
    if (verdict.handler_id, verdict.named_id) == (case.handler_id, case.named_id or case.handler_id):
        return verdict
    return _continued(case, verdict, on) or _concurrent(case, verdict)


def taking_up(case: Case, *, on: date) -> Verdict | None:
    """Return the finding the handler takes up once the item is known, whatever stood on the case before."""
    verdict = verdict_of(case, on=on)
    if verdict is None or verdict.handler_id == case.handler_id:
        return verdict if verdict and verdict.handler_id else None
    return _concurrent(case, verdict)


def _continued(case: Case, verdict: Verdict, on: date) -> Verdict | None:
    """Let a body finish what it filed before its empowerment ended or the item was transferred.

    行政处罚法第十八条、第二十四条。
    """
    if case.filed_on is None or case.item is None or on < case.filed_on:
        return None
    lost = next((row for row in verdict.rejected if row.fact.grant_id == case.grant_id), None)
    event = _lets_finish(case, lost.code, on) if lost else None
    if lost is None or event is None:
        return None
    then = authority_for(item=case.item, township=case.township, on=case.filed_on, place=case.place)
    if then.grant_id != case.grant_id:
        return None
    day, (event_zh, event_en) = case.filed_on.isoformat(), event
    zh = f"本案{day}立案时该权限有效；{event_zh}前已立案的案件由原立案机关办结"
    en = f"Filed on {day} under the power then in force, before {event_en}; the filer finishes it"
    others = tuple(row for row in verdict.rejected if row is not lost)
    return replace(
        then,
        on=on,
        outcome="continued",
        reasons_zh=(zh, lost.zh),
        reasons_en=(en, lost.en),
        rejected=others,
    )


def _lets_finish(case: Case, code: str, on: date) -> tuple[str, str] | None:
    """Name the event that leaves filed cases where they are; a suspended empowerment has not ended."""
    if code in TRANSFERRED:
        return "事项划转", "the item was transferred"
    ended = case.mode == Mode.EMPOWERED and code in ENDED
    return ("赋权收回", "the empowerment was taken back") if ended and filed_cases_stay(on) else None


def _yielding(case: Case, verdict: Verdict) -> Rejection | None:
    return verdict.yielding(case.handler_id, case.named_id or case.handler_id)


def _concurrent(case: Case, verdict: Verdict) -> Verdict | None:
    row = _yielding(case, verdict)
    return None if row is None or row.code in EXCLUDED else verdict.resting_on(row)


def objection(case: Case, *, on: date) -> RuleViolation | None:
    """Return the refusal when the handling body may not act that day, a warning where it may beside another.

    行政处罚法第十七条至第二十四条、第三十八条第一款。
    """
    return _judge(case, on)[0]


def require(case: Case, *, on: date) -> dict[str, Any]:
    """Refuse an act without authority on its day; return the finding to be kept with the act."""
    refusal, found = _judge(case, on)
    if refusal and refusal.blocks:
        raise refusal
    return found.as_dict() if found else {}


def _judge(case: Case, on: date) -> tuple[RuleViolation | None, Verdict | None]:
    """Return what stands against an act of the handling body that day, and the finding it may rest on."""
    verdict = verdict_of(case, on=on)
    if verdict is None:
        unknown = gates.violation(
            "authority_subject",
            detail="本案尚未确定事项，无法判断由谁办理。",
            detail_en="no item is fixed yet",
            link="case:item",
        )
        return unknown, None
    found = _standing(case, verdict, on)
    if found is None:
        return _refusal(case, verdict), None
    row = _yielding(case, verdict) if found.outcome == "concurrent" else None
    return (_exclusive(row, verdict).weighed("warn") if row else None), found


def _refusal(case: Case, verdict: Verdict) -> RuleViolation:
    if verdict.handler_id is None:
        return gates.violation(
            "authority_subject",
            detail="；".join(verdict.reasons_zh),
            detail_en="; ".join(verdict.reasons_en),
            link="authority",
        )
    row = _yielding(case, verdict)
    if row is not None:
        return _exclusive(row, verdict).weighed("block")
    gate = "delegation_in_force_published_in_scope" if case.mode == "delegated" else "authority_subject"
    return gates.violation(
        gate,
        detail=f"当日有权办理的是{verdict.handler_name}。",
        detail_en=f"on that day {verdict.handler_name} may act",
        link="case:hand-over",
    )


def _exclusive(row: Rejection, verdict: Verdict) -> RuleViolation:
    """Tell a department that its power has been handed on, with the county's rule."""
    rule = rule_text(verdict.mode or "", verdict.on)
    number = verdict.accepted.number if verdict.accepted else ""
    basis = "，".join(text for text in (number, rule) if text)
    found = gates.violation(
        "exclusive_after_empowerment",
        detail=f"{row.zh}（{basis}）" if basis else row.zh,
        detail_en=row.en,
        link="case:hand-over",
    )
    found.article = rule or found.article
    return found
