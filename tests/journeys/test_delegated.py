"""A case under delegation: the township works, the principal's name and head stand on the papers."""

from datetime import date

import pytest

from audit.selectors import first_broken_link
from cases.dossier.moves import Move
from cases.dossier.stages import Stage
from cases.flow.nextsteps import next_actions
from cases.hearing import notices
from cases.instruments.kinds import Kind
from cases.intake import services as intake
from tests.journeys.told import printed, refused, walk
from townships.selectors import heads_of

BUREAU = "青禾县综合行政执法局"


@pytest.fixture
def case_walk(ground):
    return walk(ground, date(2026, 3, 16), township="yunling", subject="car_wash", band=1)


def test_every_outward_document_stands_in_the_principals_name(case_walk):
    case = case_walk.to(Stage.SERVED)

    assert case.mode == "delegated"
    assert case.handler.short_name == "云岭乡"
    assert case.named.name == BUREAU
    assert case.number == "青综执罚案〔2026〕1号"
    for kind in (Kind.CORRECTION, Kind.FILING_APPROVAL, Kind.PRIOR_NOTICE, Kind.DECISION, Kind.RECEIPT):
        instrument = case_walk.instrument(kind)
        assert instrument.issuer.name == BUREAU, kind
        assert instrument.paper.issuer_name == BUREAU
    assert case.decision.decided_by.body.name == BUREAU
    text = printed(case_walk, Kind.DECISION)
    assert text.startswith(f"行政处罚决定书青综执罚决〔2026〕1号{BUREAU}")
    assert "向青禾县人民政府申请行政复议" in text
    assert "云岭乡人民政府" not in text
    assert case.lead_officer.body.short_name == "云岭乡"
    assert first_broken_link(case.chain) is None


def test_the_delegation_is_proved_in_the_file(case_walk):
    case = case_walk.to(Stage.INVESTIGATING)

    proof = case_walk.instrument(Kind.AUTHORITY)
    text = printed(case_walk, Kind.AUTHORITY)
    assert proof.authority["grant_id"] == case.grant_id
    grant = case.grant
    assert grant.number in text
    assert case.item_version.name in text
    published = (grant.published_by_principal_on, grant.published_by_holder_on)
    for day in (grant.valid_from, grant.valid_to, *published):
        assert f"{day.year}年{day.month}月{day.day}日" in text
    assert BUREAU in text
    assert "青禾县云岭乡人民政府" in text
    assert "云岭乡行政区域" in text


def test_the_head_of_the_township_may_neither_file_nor_notify(case_walk):
    case = case_walk.to(Stage.FILING)
    own_head = heads_of(case.handler, case_walk.diary.day)[0]

    told = next_actions(own_head, case, on=case_walk.diary.day)
    assert told.waits_told == "等县综合执法局的机关负责人“批准立案”"
    assert not {Move.APPROVE_FILING, Move.REFUSE_FILING} & {act.move for act in told.open}
    with refused(case, "head_decides"):
        intake.approve_filing(case=case, actor=own_head, at=case_walk.diary.later(), opinion="同意立案。")

    case = case_walk.to(Stage.INVESTIGATED)
    with refused(case, "head_decides"):
        notices.issue_notice(case=case, actor=own_head, at=case_walk.diary.later(), opinion="同意告知。")


def test_the_review_falls_to_the_principals_reviewer(ground):
    big = walk(ground, date(2026, 3, 16), township="yunling", subject="duty", band=2)
    case = big.to(Stage.REVIEW)

    review = case.reviews.get()
    assert review.reviewer.body.name == BUREAU
    assert review.reviewer.username == "bureau_reviewer"
