"""Where a stage itself keeps the law: an act that comes too early or too late is told which gate it meets."""

from collections.abc import Mapping

from cases.dossier.moves import Move
from cases.dossier.stages import BEFORE_FILING, Stage
from desk.language import in_english
from law import gates
from law.errors import RuleViolation

UNFILED = BEFORE_FILING | {Stage.FILING}
UNTOLD = UNFILED | {Stage.INVESTIGATING, Stage.INVESTIGATED, Stage.NOTICE_ISSUED}
DECIDED = frozenset(
    {Stage.DECIDED, Stage.SERVED, Stage.EXECUTED, Stage.CLOSING, Stage.CLOSED, Stage.ARCHIVED}
)
Kept = Mapping[frozenset[Stage], str]

STAGE_GATES: Mapping[Move, Kept] = {
    Move.ADD_EXHIBIT: {DECIDED: "no_evidence_after_decision"},
    Move.RECORD_INSPECTION: {DECIDED: "no_evidence_after_decision"},
    Move.RECORD_INTERVIEW: {
        UNFILED: "filing_before_investigation_docs",
        DECIDED: "no_evidence_after_decision",
    },
    Move.CONCLUDE: {UNFILED: "filing_before_investigation_docs"},
    Move.ISSUE_NOTICE: {UNFILED: "filing_before_investigation_docs"},
    Move.SUBMIT_REVIEW: {UNTOLD: "prior_notice", frozenset({Stage.HEARING}): "review_after_hearing"},
    Move.PROPOSE_CLOSING: {frozenset({Stage.SERVED}): "close_preconditions"},
    Move.DECIDE: {UNTOLD: "prior_notice", frozenset({Stage.HEARING}): "hearing_held_if_requested"},
}


def gate_of(move: Move, stage: Stage) -> RuleViolation | None:
    """Return the gate's refusal for an act out of its stage; None where the stage alone says no."""
    for stages, gate in STAGE_GATES.get(move, {}).items():
        if stage in stages:
            return gates.violation(
                gate,
                detail=f"本案在“{stage.label}”阶段，不能“{move.label}”。",
                detail_en=f"'{in_english(move.label)}' is not possible in '{in_english(stage.label)}'",
            )
    return None
