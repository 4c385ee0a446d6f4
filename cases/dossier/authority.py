"""May this body act on this case today? Asked at every external act, and kept with the act."""

from datetime import date
from typing import Any

from cases.dossier.models import Case
from cases.dossier.reading import read_once
from law import gates
from law.competence import Verdict
from law.errors import RuleViolation
from townships.selectors import authority_for


@read_once
def verdict_of(case: Case, *, on: date) -> Verdict | None:
    """Ask who may act on the case's item in its township that day; None while the item is unknown."""
    if case.item is None:
        return None
    return authority_for(item=case.item, township=case.township, on=on)


def objection(case: Case, *, on: date) -> RuleViolation | None:
    """Return the refusal when the handling body may not act that day.

    行政处罚法第十七条至第二十四条、第三十八条第一款。
    """
    return _objection(case, verdict_of(case, on=on))


def _objection(case: Case, verdict: Verdict | None) -> RuleViolation | None:
    if verdict is None:
        return gates.violation(
            "authority_subject", detail="本案尚未确定事项，无法判断由谁办理。", link="case:item"
        )
    if verdict.handler_id is None:
        return gates.violation("authority_subject", detail="；".join(verdict.reasons_zh), link="authority")
    if (verdict.handler_id, verdict.named_id) != (case.handler_id, case.named_id):
        gate = "delegation_in_force_published_in_scope" if case.mode == "delegated" else "authority_subject"
        return gates.violation(
            gate, detail=f"当日有权办理的是{verdict.handler_name}。", link="case:hand-over"
        )
    return None


def require(case: Case, *, on: date) -> dict[str, Any]:
    """Refuse an act without authority on its day; return the finding to be kept with the act."""
    verdict = verdict_of(case, on=on)
    refusal = _objection(case, verdict)
    if refusal:
        raise refusal
    return verdict.as_dict() if verdict else {}
