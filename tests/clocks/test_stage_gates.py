"""An act that comes too early or too late meets the gate its stage keeps; an unknown date blocks as such."""

import pytest
from django.db import transaction

from audit.selectors import trail_of
from cases.clocks.rules import window_obstacles
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE, Stage
from cases.flow.services import fire
from cases.flow.stage_gates import STAGE_GATES
from law.errors import RuleViolation
from tests.clocks.conftest import moment, start

pytestmark = pytest.mark.django_db
MET = [
    (Stage.VERIFIED, Move.RECORD_INTERVIEW, "filing_before_investigation_docs"),
    (Stage.FILING, Move.CONCLUDE, "filing_before_investigation_docs"),
    (Stage.DECIDED, Move.ADD_EXHIBIT, "no_evidence_after_decision"),
    (Stage.SERVED, Move.RECORD_INTERVIEW, "no_evidence_after_decision"),
    (Stage.HEARING, Move.SUBMIT_REVIEW, "review_after_hearing"),
    (Stage.HEARING, Move.DECIDE, "hearing_held_if_requested"),
    (Stage.REVIEW, Move.DECIDE, "legal_review_required"),
    (Stage.INVESTIGATED, Move.DECIDE, "prior_notice"),
    (Stage.NOTIFIED, Move.APPROVE_CLOSING, "wrong_stage"),
]


@pytest.mark.parametrize(("stage", "move", "gate"), MET)
def test_an_act_out_of_its_stage_meets_its_gate_and_changes_nothing(case, county, stage, move, gate):
    Case.objects.filter(pk=case.pk).update(stage=stage)
    events = trail_of(case.chain).count()
    with pytest.raises(RuleViolation) as refusal, transaction.atomic():
        fire(case, move, actor=county.first, at=moment("2026-03-20T09:00"))
    assert refusal.value.code == gate
    assert refusal.value.unblock
    case.refresh_from_db()
    assert case.stage == stage
    assert trail_of(case.chain).count() == events


def test_act_and_stage_are_named_in_english_words_not_by_their_codes(case, county):
    Case.objects.filter(pk=case.pk).update(stage=Stage.NOTIFIED)
    with pytest.raises(RuleViolation) as refusal, transaction.atomic():
        fire(case, Move.APPROVE_CLOSING, actor=county.first, at=moment("2026-03-20T09:00"))
    assert "'Approve closure' is not possible in 'Notice" in refusal.value.message_en


def test_no_gate_stands_in_a_stage_that_allows_the_act():
    for move, kept in STAGE_GATES.items():
        for stages in kept:
            assert not stages & TABLE[move].sources, move


def test_a_window_without_a_date_waits_for_the_calendar_and_says_who_brings_it(case):
    event = trail_of(case.chain)[0]
    start(case, ["hearing_request"], event=event, at=moment("2026-12-28T10:00"))
    (refusal,) = window_obstacles(case, moment("2027-03-01T09:00").date())
    assert refusal.code == "calendar_coverage"
    assert refusal.link == "calendar"
    assert refusal.blocks
