"""What the hot pages and acts ask of the database, pinned: signing in aside, names already in memory."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.clocks.models import Clock
from cases.dossier import law_book
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.acts import perform, registry
from cases.intake.services import register_lead
from cases.oversight.services import sweep
from tests.cases.test_pages import browser, questions, step_of
from tests.doors.drivers import PageDoor, at, form_values, instant
from tests.doors.script import whole_case
from townships.selectors import authority_for

MARKS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
DAY = "2026-03-20T09:00"


def statements(captured: CaptureQueriesContext) -> int:
    """Count statements, without those that begin and end transactions."""
    return sum(not query["sql"].startswith(MARKS) for query in captured.captured_queries)


def seen_again(client, url: str) -> int:
    """Count what a page asks when it is seen a second time."""
    client.get(url)
    return questions(client, url)


@pytest.mark.parametrize(
    ("url", "most"),
    [("/api/v1/queue/", 1), ("/api/v1/cases/", 2), ("/cases/", 5), ("/", 10)],
)
def test_lists_ask_a_fixed_number_of_questions(until, url, most):
    door = until("submit-review")
    with at(DAY):
        assert seen_again(browser(door.county.first), url) <= most


@pytest.mark.parametrize(
    ("tab", "most"), [("", 11), ("documents", 7), ("trail", 7), ("evidence", 8), ("clocks", 6)]
)
def test_the_case_page_asks_only_for_the_tab_it_shows(until, tab, most):
    door = until("submit-review")
    with at(DAY):
        page = reverse("case", args=[door.case_id])
        assert seen_again(browser(door.county.first), f"{page}?tab={tab}") <= most


def test_the_case_page_asks_at_most_twelve_questions_at_every_stage(county):
    door, asked = PageDoor(county), {}
    for step in whole_case(county)[:-1]:
        with at(step.at):
            if step.move:
                page = reverse("case", args=[door.case_id])
                asked[step.move] = seen_again(browser(getattr(county, step.who)), page)
            door.do(step)
    assert len(asked) > 20
    assert not {move: found for move, found in asked.items() if found > 12}, asked


def test_lists_ask_the_same_for_ten_cases_as_for_one(county):
    values = step_of(county, "").values
    with at("2026-03-02T10:00"):
        asked = {url: [] for url in ("/cases/", "/api/v1/cases/", "/api/v1/queue/")}
        for number in (1, 9):
            for _ in range(number):
                browser(county.clerk).post(reverse("lead_new"), form_values(values))
            for url, found in asked.items():
                found.append(seen_again(browser(county.leader), url))
    assert Case.objects.count() == 10
    assert all(one == ten for one, ten in asked.values()), asked


def test_who_may_act_is_one_question(county):
    law_book.law_book()
    with CaptureQueriesContext(connection) as captured:
        verdict = authority_for(item=county.item, township=county.township, on=timezone.localdate())
    assert verdict.handler_id == county.township.pk
    assert len(captured) == 1


def test_registering_a_lead_takes_four_statements(county):
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            register_lead(
                actor=county.clerk,
                at=timezone.now(),
                source="patrol",
                summary="店外经营",
                township=county.township,
            )
    assert statements(captured) <= 4


def test_filing_a_case_with_its_gates_stays_where_it_is(until):
    door = until("approve-filing")
    law_book.law_book()
    act = registry.acts[Move.APPROVE_FILING]
    with at("2026-03-04T09:00"), CaptureQueriesContext(connection) as captured:
        perform(
            act,
            officer=door.county.head,
            pk=door.case_id,
            at=timezone.now(),
            on=timezone.localdate(),
            values={"opinion": "同意立案。"},
            version=None,
        )
    assert Case.objects.get().number
    assert statements(captured) <= 16


def test_a_sweep_asks_the_same_for_ten_clocks_as_for_one(county):
    asked, day = [], instant("2026-03-02T10:00")
    for number in (1, 10):
        for _ in range(number):
            register_lead(
                actor=county.clerk,
                at=day,
                source="patrol",
                summary="占道",
                township=county.township,
            )
        due = Clock.objects.filter(warned_level="").first().due_on
        with CaptureQueriesContext(connection) as captured:
            assert sweep(at=instant(f"{due + timedelta(days=2)}T10:00")) == number
        asked.append(statements(captured))
    assert asked[0] == asked[1] <= 8
