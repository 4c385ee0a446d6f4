"""Where a stage itself keeps the law: an act too early or too late is told why, and when it is open."""

from collections.abc import Mapping

from cases.dossier.moves import Move
from cases.dossier.stages import BEFORE_FILING, FINISHED, Row, Stage
from desk.language import in_english, in_legal_language
from law import gates
from law.errors import RuleViolation

UNFILED = BEFORE_FILING | {Stage.FILING}
UNTOLD = UNFILED | {Stage.INVESTIGATING, Stage.INVESTIGATED, Stage.NOTICE_ISSUED}
DECIDED = frozenset(
    {Stage.DECIDED, Stage.SERVED, Stage.EXECUTED, Stage.CLOSING, Stage.CLOSED, Stage.ARCHIVED}
)
MOST_NAMED = 3
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
    Move.DECIDE: {
        UNTOLD: "prior_notice",
        frozenset({Stage.HEARING}): "hearing_held_if_requested",
        frozenset({Stage.REVIEW}): "legal_review_required",
    },
}


# An act that a stage shuts out, and the act that opens the way to it.
WAYS: Mapping[tuple[Move, Stage], Move] = {
    (Move.REQUEST_HEARING, Stage.REVIEW): Move.RECALL_REVIEW,
    (Move.RENOTIFY, Stage.REVIEW): Move.RECALL_REVIEW,
    (Move.CORRECT_PARTY, Stage.INVESTIGATED): Move.RETURN_REPORT,
    (Move.CORRECT_PARTY, Stage.NOTIFIED): Move.RENOTIFY,
    (Move.CORRECT_PARTY, Stage.REVIEW): Move.RECALL_REVIEW,
    (Move.CORRECT_PARTY, Stage.REVIEWED): Move.RENOTIFY,
    (Move.CORRECT_PARTY, Stage.DISCUSSED): Move.RENOTIFY,
}


@in_legal_language()
def out_of_stage(row: Row, stage: Stage) -> RuleViolation:
    """Return the refusal of an act in a stage that is not among its own."""
    (when, when_en), (turn, turn_en) = _when(row), _turn(row, stage)
    way = WAYS.get((row.move, stage))
    return gate_of(row.move, stage) or RuleViolation(
        "wrong_stage",
        f"本案在“{stage.label}”阶段，不能“{row.move.label}”。",
        row.article,
        f"“{row.move.label}”在{when}阶段办理；{turn}",
        message_en=f"'{in_english(row.move.label)}' is not possible in '{in_english(stage.label)}'.",
        unblock_en=f"It is open in {when_en}. {turn_en}",
        link=f"case:{way}" if way else "",
    )


def _when(row: Row) -> tuple[str, str]:
    """Name the stages of an act, of many only the first and the last."""
    stages = [stage for stage in Stage if stage in row.sources]
    many = len(stages) > MOST_NAMED
    named = (stages[0], stages[-1]) if many else stages
    return (
        ("至" if many else "、").join(f"“{stage.label}”" for stage in named),
        (" to " if many else ", ").join(f"'{in_english(stage.label)}'" for stage in named),
    )


def _turn(row: Row, stage: Stage) -> tuple[str, str]:
    """Say what follows from where the case stands: over for good, not yet, or gone by."""
    way = WAYS.get((row.move, stage))
    if way is not None:
        return f"先“{way.label}”。", f"First '{in_english(way.label)}'."
    order = list(Stage)
    places = [order.index(source) for source in row.sources]
    if stage in FINISHED:
        return (
            f"本案{stage.label}，不再办理此项。",
            f"This case: {in_english(stage.label)}; it is not done any more.",
        )
    if order.index(stage) < min(places):
        return "先按案件页的“下一步”办到这一阶段。", "Take the case there by its next steps first."
    if order.index(stage) > max(places):
        return "本案已过这一阶段，请按案件页的“下一步”办理。", "The case is past it: take its next step."
    return "请按案件页的“下一步”办理。", "Take the case's next step."


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
