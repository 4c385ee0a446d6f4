"""An act opened by its address where it is not open: where the case stands, when it is, and what is open."""

import re
from html import unescape
from itertools import product

import pytest
from django.urls import reverse

from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import FINISHED, TABLE, Stage
from cases.flow.stage_gates import out_of_stage
from law.gates import HAN, gate
from tests.cases.test_pages import browser
from tests.doors.drivers import RestDoor, at
from tests.doors.script import whole_case
from tests.factories.townships import OfficerFactory
from townships.roles import Role

ROLES = [Role.TOWNSHIP_OFFICER, Role.TEAM_LEADER, Role.HEAD, Role.LEGAL_REVIEWER, Role.LEGAL_DEPARTMENT]
LINK = re.compile(r'<a class="btn[^"]*" href="([^"]+)"')


@pytest.fixture
def lead(county):
    """A lead, and one person who may do everything to it."""
    door = RestDoor(county)
    door.walk(whole_case(county)[:1])
    everybody = OfficerFactory(body=county.township, roles=ROLES, is_head=True, certified=True)
    return door.case(), browser(everybody)


def opened(client, case: Case, move: Move, language: str = "zh-hans"):
    client.cookies["django_language"] = language
    with at("2026-03-02T16:00"):
        answer = client.get(reverse(f"act-{move.value}", args=[case.pk]))
    return answer.status_code, unescape(answer.content.decode())


def stand(case: Case, stage: Stage) -> None:
    Case.objects.filter(pk=case.pk).update(stage=stage, is_open=stage not in FINISHED)


def test_the_next_act_is_named_and_opens(lead):
    case, client = lead
    status, page = opened(client, case, Move.DECIDE)
    following = reverse("act-route", args=[case.pk])
    assert status == 409
    assert following in LINK.findall(page)
    assert gate("prior_notice").article in page
    assert opened(client, case, Move.ROUTE)[0] == 200
    status, page = opened(client, case, Move.ARCHIVE, "en")
    assert status == 409
    assert "'Archive' is not possible in 'Lead" in page
    assert "Take the case there by its next steps first." in page


def test_a_void_case_is_only_to_be_read(lead):
    case, client = lead
    stand(case, Stage.VOID)
    for move in (Move.ROUTE, Move.DECIDE, Move.ARCHIVE):
        status, page = opened(client, case, move)
        assert status == 409
        assert "本案在“已作废”阶段" in page
        assert LINK.findall(page.partition("<main")[2]) == [reverse("case", args=[case.pk])]


def test_what_the_case_holds_nothing_for_leads_to_the_case_too(lead):
    case, client = lead
    stand(case, Stage.SERVED)
    status, page = opened(client, case, Move.ANSWER_TERMS)
    assert status == 409
    assert "没有需要“审批延期分期缴纳”的内容" in page
    assert reverse("case", args=[case.pk]) in LINK.findall(page)


def test_a_refusal_names_stage_and_time_of_every_act_in_both_languages():
    for row, stage in product(TABLE.values(), Stage):
        if stage in row.sources:
            continue
        refusal = out_of_stage(row, stage)
        assert str(stage.label) in refusal.message, (row.move, stage)
        assert not HAN.search(refusal.message_en + refusal.unblock_en), (row.move, stage)
        if refusal.code == "wrong_stage":
            assert any(str(source.label) in refusal.unblock for source in row.sources), (row.move, stage)
