"""更正当事人: a wrong name is put right before the party is told anything; afterwards it is told anew."""

import pytest

from audit.models import Event
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE, Stage
from cases.flow.stage_gates import out_of_stage
from cases.parties.models import Party
from tests.cases.standing import again, denied, do, done, standing_at, step_of
from tests.doors.script import PARTY, Step

laid = standing_at("add-exhibit")
RIGHT, CODE, WHY = "青禾县云帆文化传播有限公司", "91330000MA27ABCD8X", "营业执照名称不符。"
NOT_OF_THE_PARTY = {"findings", "item", "checked_at", "ended_on", "grave_harm", "suggestion"}


def correction(standing, *, when="2026-03-06T08:00", **changes):
    said = step_of(standing.county, "verify").values
    party = {name: said[name] for name in said if name not in NOT_OF_THE_PARTY}
    values = {
        **party,
        "party_name": RIGHT,
        "credit_code": "91330000MA27ABCD8X",
        "reason": "营业执照名称不符。",
    }
    return Step(when, "first", "correct-party", {**values, **changes})


def test_the_right_party_is_named_from_then_on_and_the_trail_tells_of_the_wrong_one(standing):
    wrong = standing.case().party
    case = done(standing, correction(standing))
    assert case.party.name == case.party_name == RIGHT
    assert case.party_id != wrong.pk
    assert case.cause.startswith(f"{RIGHT}涉嫌")
    wrong.refresh_from_db()
    assert wrong.name == PARTY, "what another case may rest on stays as it is"
    told = Event.objects.get(verb="party_corrected").payload
    assert (told["party_before"], told["party"], told["reason"]) == (PARTY, RIGHT, WHY)
    papers = case.instruments.filter(kind="verification_record")
    assert papers.count() == 1, "what was written stays on file"


def test_the_later_documents_name_the_right_party(standing):
    done(standing, correction(standing))
    case = done(standing, again(standing, "order-correction", at="2026-03-06T16:30"))
    order = case.instruments.filter(kind="correction_order").latest("id")
    assert RIGHT in str(order.paper.content)
    assert PARTY not in str(order.paper.content)


def test_a_correction_without_reason_or_change_is_refused(standing):
    answer = do(standing, correction(standing, reason=" "))
    assert answer.status_code in {400, 409, 422}
    said = step_of(standing.county, "verify").values
    same = correction(standing, party_name=said["party_name"], credit_code=said.get("credit_code", ""))
    denied(standing, "party_unchanged", "第四十条", same)
    assert standing.case().party_name == PARTY


def test_only_who_investigates_corrects(standing):
    step = correction(standing)
    for who in ("clerk", "reviewer"):
        assert do(standing, Step(step.at, who, step.move, step.values)).status_code in {403, 404}
    assert Party.objects.filter(name=RIGHT).count() == 0


@pytest.mark.parametrize(
    ("stage", "way"),
    [
        (Stage.INVESTIGATED, "先“退回补充调查”"),
        (Stage.NOTIFIED, "先“重新拟处并告知”"),
        (Stage.REVIEW, "先“撤回送审”"),
        (Stage.DISCUSSED, "先“重新拟处并告知”"),
    ],
)
def test_after_the_report_the_refusal_leads_back_to_where_the_party_is_told_anew(stage, way):
    refusal = out_of_stage(TABLE[Move.CORRECT_PARTY], stage)
    assert "第五十九条" in refusal.article
    assert way in refusal.unblock
    assert refusal.link
