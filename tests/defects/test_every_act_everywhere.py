"""Whatever is pressed at whatever step: an answer, never an error; and nothing moves that may not."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from cases.acts import registry
from cases.dossier.models import Case
from cases.dossier.stages import TABLE, Stage
from tests.cases.standing import standing_at
from tests.doors.drivers import BACKEND, RestDoor, at, form_values, photo
from tests.doors.script import whole_case
from tests.factories.townships import OfficerFactory
from townships.roles import Role

laid = standing_at("archive")
NOW = "2026-04-13T09:00"
EVERYTHING = (
    Role.COUNTY_CLERK,
    Role.TOWNSHIP_OFFICER,
    Role.TEAM_LEADER,
    Role.HEAD,
    Role.LEGAL_REVIEWER,
    Role.LEGAL_DEPARTMENT,
)


@pytest.fixture
def almighty(standing):
    """A person with every role of the body, so that nothing but the law stands in the way."""
    person = OfficerFactory(body=standing.county.township, roles=EVERYTHING, is_head=True, certified=True)
    client = Client(raise_request_exception=False)
    client.force_login(person, backend=BACKEND)
    return client


def typed(door: RestDoor) -> dict[str, dict]:
    """What the script types for each act, so that a form is well filled."""
    return {
        step.move: form_values(step.values) | {name: photo() for name in step.files}
        for step in whole_case(door.county)
        if step.move
    }


def assert_closed(answer, stage: Stage) -> None:
    """Find no form, but where the case stands and the way back to it."""
    page = unescape(answer.content.decode()).partition("<main")[2].partition("</main>")[0]
    assert answer.status_code == 409, answer.request["PATH_INFO"]
    assert f"本案在“{stage.label}”阶段，不能“" in page
    assert re.search(r'<a class="btn[^"]*" href="/cases/\d+/"', page)
    assert "<form" not in page


@pytest.mark.parametrize(
    "stage", [Stage.LEAD, Stage.VERIFYING, Stage.INVESTIGATED, Stage.HEARING, Stage.DECIDED]
)
def test_no_act_ends_in_an_error_at_a_step_that_has_no_use_for_it(standing, almighty, stage):
    """A case with nothing but its lead: whatever another step's act reads is missing altogether."""
    empty = RestDoor(standing.county)
    empty.walk(whole_case(standing.county)[:1])
    Case.objects.filter(pk=empty.case_id).update(stage=stage)
    before = Case.objects.values().get(pk=empty.case_id)
    values = typed(standing)
    tried = [act for act in registry.acts.values() if stage not in act.row.sources]
    assert len(tried) > 20
    with at(NOW):
        for act in tried:
            assert_closed(almighty.get(reverse(f"act-{act.move.value}", args=[empty.case_id])), stage)
            for door in (f"act-{act.move.value}", f"api-{act.move.value}"):
                url = reverse(door, args=[empty.case_id])
                answer = almighty.post(url, dict(values.get(act.move.value, {})))
                assert answer.status_code in {400, 409, 422}, (url, answer.status_code)
                assert Case.objects.values().get(pk=empty.case_id) == before, url


def test_a_finished_case_answers_every_act_with_a_reason(standing, almighty):
    values = typed(standing)
    with at(NOW):
        for act in registry.acts.values():
            if Stage.CLOSED in TABLE[act.move].sources:
                continue
            url = reverse(f"api-{act.move.value}", args=[standing.case_id])
            answer = almighty.post(url, dict(values.get(act.move.value, {})))
            assert answer.status_code in {400, 403, 409}, (url, answer.status_code)
            if answer.status_code == 409:
                assert answer.json()["unblock"], url
    assert standing.case().stage == Stage.CLOSED
