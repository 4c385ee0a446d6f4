"""The pages and REST are two doors to the same room: same refusals, same state, same words on paper."""

import datetime as dt
from typing import Any

import pypdfium2
import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit import outbox
from audit.selectors import first_broken_link, trail_of
from cases.archive.models import Volume
from cases.dossier.stages import Stage
from papers import files
from tests.doors.county import found_county
from tests.doors.drivers import Door, PageDoor, RestDoor, at
from tests.doors.script import PARTY, whole_case

pytestmark = pytest.mark.django_db
ROWS = ("number", "stage", "cause", "filed_on", "decided_on", "served_on", "closed_on", "archived_on", "mode")


def told(door: Door) -> dict[str, Any]:
    """Everything about the case that must not depend on the door."""
    case = door.case()
    return {
        "case": {name: getattr(case, name) for name in ROWS},
        "clocks": [
            (clock.kind, clock.clock_id, clock.state, clock.started_at, clock.due_on, clock.derivation)
            for clock in case.clocks.order_by("id")
        ],
        "papers": [
            (paper.kind, paper.number, paper.state, paper.responsible, paper.paper.content)
            for paper in case.instruments.select_related("paper").order_by("file_order", "id")
        ],
        "trail": [
            (event.seq, event.verb, event.actor_name) for event in trail_of(case.chain).order_by("seq")
        ],
        "volume": Volume.objects.filter(case=case).latest("id").page_count,
    }


def finish(door: Door) -> None:
    """Walk the whole case; the jobs run before it is archived."""
    *steps, last = whole_case(door.county)
    door.walk(steps)
    outbox.relay(at=timezone.now())
    door.walk([last])


@pytest.fixture
def county():
    return found_county()


def test_a_major_case_walks_from_lead_to_archive_through_the_pages_and_over_rest_alike(county):
    accounts = []
    for kind in (PageDoor, RestDoor):
        with transaction.atomic():
            door = kind(county)
            finish(door)
            accounts.append(told(door))
            assert first_broken_link() is None
            transaction.set_rollback(True)
    pages, rest = accounts
    assert pages["case"]["stage"] == Stage.ARCHIVED
    for part in pages:
        assert pages[part] == rest[part], part


def test_the_clocks_of_the_case_fall_on_the_days_worked_out_by_hand(county):
    door = PageDoor(county)
    finish(door)
    due = {clock.kind: clock.due_on for clock in door.case().clocks.all()}
    # Filing 5 March + 90 calendar days; notice served 12 March + 5 working days (13, 16, 17, 18, 19).
    assert due["case_decision"] == dt.date(2026, 6, 3)
    assert due["hearing_request"] == dt.date(2026, 3, 19)
    # Decision 25 March + 7 working days (26, 27, 30, 31 March, 1, 2, 3 April).
    assert due["decision_service"] == dt.date(2026, 4, 3)
    # Served 26 March + 15 calendar days = 10 April, a Friday.
    assert due["fine_payment"] == dt.date(2026, 4, 10)
    assert due["review_apply"] == dt.date(2026, 5, 25)


def test_the_bound_file_says_what_the_law_wants_on_the_pages_the_contents_name(county):
    door = RestDoor(county)
    finish(door)
    volume = Volume.objects.get(case=door.case())
    document = pypdfium2.PdfDocument(files.open_checked(volume.file))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    whole = "".join(texts).replace("\n", "").replace("\r", "")
    for wanted in (
        PARTY,
        "青禾罚决〔2026〕1号",
        "60,000",
        "青禾县人民政府",
        "青禾县人民法院",
        "六十日",
        "六个月",
    ):
        assert wanted in whole, wanted
    assert [part["first"] for part in volume.parts] == sorted(part["first"] for part in volume.parts)
    assert volume.parts[-1]["last"] == volume.page_count


def test_the_same_refusal_comes_through_both_doors_and_changes_nothing(county):
    for kind in (PageDoor, RestDoor):
        with transaction.atomic():
            door = kind(county)
            steps = whole_case(county)
            notice = next(number for number, step in enumerate(steps) if step.move == "serve-notice")
            door.walk(steps[: notice + 1])
            before = door.case().version
            early = next(step for step in steps if step.move == "decide")
            with at("2026-03-13T09:00"):
                answer = door.do(type(early)(at="", who="head", move="decide", values=early.values))
            assert answer.status_code == 409
            assert "第六十四条" in answer.content.decode() or "六十二" in answer.content.decode()
            assert door.case().version == before
            transaction.set_rollback(True)


def test_an_act_on_a_case_one_may_not_see_is_not_found_and_one_not_ones_own_is_forbidden(county):
    door = RestDoor(county)
    steps = whole_case(county)
    door.walk(steps[:3])
    client = door.client(steps[0])
    with at("2026-03-03T09:00"):
        assert client.post(reverse("api-verify", args=[door.case_id]), {}).status_code == 403
        assert client.post(reverse("api-verify", args=[door.case_id + 1]), {}).status_code == 404


def test_documents_are_in_the_language_of_the_law_even_when_the_page_is_in_english(county):
    door = PageDoor(county)
    door.language = "en"
    finish(door)
    said = str([paper.paper.content for paper in door.case().instruments.select_related("paper")])
    assert "罚款" in said
    assert "12345 转办" in said
    for english in ("Fine", "Hotline", "Direct", "Agree", "Inspection"):
        assert english not in said
