"""What is done in the field, on a phone of 375 px: each form fits, is filled and is sent."""

import re
from datetime import date
from decimal import Decimal
from time import monotonic

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.decision.models import Decision
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from tests.browser.axe import overflow
from tests.doors.county import found_county
from tests.doors.drivers import RestDoor, photo
from tests.doors.script import whole_case
from tests.factories.catalog import ItemFactory
from tests.factories.townships import AuthorityGrantFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIELD = {
    "",
    "accept",
    "verify",
    "order-correction",
    "record-inspection",
    "add-exhibit",
    "record-interview",
    "serve-notice",
    "serve-decision",
}


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "现场照片.jpg"
    path.write_bytes(photo().read())
    return path


def test_every_task_of_the_field_is_done_on_a_phone(visitor, county_clock, picture):
    """F230: every task of the field at 375 px, filled in and sent."""
    county = found_county()
    people = {who: visitor(getattr(county, who), width=375) for who in ("clerk", "leader", "first")}
    door = RestDoor(county)
    done = set()
    for step in whole_case(county):
        county_clock.set(step.at)
        if step.move not in FIELD or step.who not in people:
            door.walk([step])
            continue
        someone = people[step.who]
        if step.move:
            someone.open(reverse("case", args=[door.case_id]))
            assert overflow(someone.page) == 0, step.move
            someone.follow(reverse(f"act-{step.move}", args=[door.case_id]))
        else:
            someone.open(reverse("lead_new"))
        assert overflow(someone.page) == 0, step.move
        someone.fill(step.values, picture if step.files else None)
        assert overflow(someone.page) == 0, step.move
        someone.submit()
        case = Case.objects.get()
        door.case_id = case.pk
        expect(someone.page).to_have_url(re.compile(re.escape(reverse("case", args=[case.pk])) + "$"))
        done.add(step.move)
        if step.move == "serve-decision":
            break
    assert done == FIELD
    assert Case.objects.get().stage == Stage.SERVED
    for someone in people.values():
        assert someone.errors == []
        assert someone.outside == []


def test_a_small_fine_is_decided_on_one_screen_of_a_phone_and_its_paper_is_at_hand(visitor, county_clock):
    """F045: one screen, printed in less than two minutes, to be filed with the body by its day."""
    county = found_county()
    item = ItemFactory(
        version={
            "name": "对占用人行道摆摊的行政处罚",
            "violation": "占用人行道摆摊",
            "fine_min": Decimal("20"),
            "fine_max": Decimal("500"),
        }
    )
    AuthorityGrantFactory(empowered=True, holder=county.township, items=[item])
    county_clock.set("2026-03-04T10:00")
    someone = visitor(county.first, width=375)
    begun = monotonic()
    someone.open(reverse("home"))
    someone.page.locator(f'a[href="{reverse("on_spot_new")}"]:visible').first.click()
    expect(someone.page.locator("main h1")).to_contain_text("当场处罚")
    assert overflow(someone.page) == 0
    someone.fill(
        {
            "summary": "在和平路人行道摆摊约2平方米。",
            "township": county.township.pk,
            "place": county.place.pk,
            "address": "和平路12号",
            "happened_at": "2026-03-04T09:50",
            "item": item.pk,
            "second_officer": county.second.pk,
            "party_kind": "citizen",
            "party_name": "当事人乙",
            "id_number": "330000199001010011",
            "kinds": ["fine"],
            "fine": "50",
            "statement": "无异议。",
            "received_by": "当事人乙",
            "facts_clear": True,
            "certificate_shown": True,
            "rights_told": True,
        }
    )
    someone.submit()
    expect(someone.page).to_have_url(re.compile(r"/cases/\d+/$"))
    decision = Decision.objects.select_related("instrument").get()
    assert decision.case.stage == Stage.SERVED
    paper = reverse("instrument", args=[decision.case_id, decision.instrument_id])
    assert someone.page.locator(f'main a[href="{paper}"]').count() >= 1
    printed = someone.page.request.get(f"{someone.home}{paper}")
    assert printed.status == 200
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.body().startswith(b"%PDF-")
    assert monotonic() - begun < 120
    # Two working days after Wednesday 4 March.
    assert decision.case.clocks.get(kind="summary_record").due_on == date(2026, 3, 6)
    assert "备案" in someone.page.locator("main").inner_text()
    assert someone.errors == []
