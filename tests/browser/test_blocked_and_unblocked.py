"""A blocked act tells its article and leads to what mends it; feedback is a click away everywhere."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.hearing.models import Statement
from desk.models import Feedback
from tests.doors.drivers import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def notified(before, county_clock):
    """The county, and its case on the day its notice is served."""
    door = before("record-statement")
    county_clock.set("2026-03-12T11:00")
    return door.county, door.case()


def test_the_link_of_a_blocked_act_leads_to_the_form_that_unblocks_it(
    visitor, notified, county_clock, tmp_path
):
    """F228: the blocked act tells its article and leads to what mends it."""
    county, case = notified
    signed = tmp_path / "放弃书.jpg"
    signed.write_bytes(photo().read())
    submit = f'main .can a[href="{reverse("act-submit-review", args=[case.pk])}"]'
    county_clock.set("2026-03-12T16:00")
    someone = visitor(county.first)
    someone.open(reverse("case", args=[case.pk]))
    page = someone.page
    gate = page.locator("main .gate").first
    expect(gate).to_contain_text("送法制审核")
    expect(gate).to_contain_text("行政处罚法")
    assert not page.locator(submit).count()
    gate.locator(f'a[href="{reverse("act-record-waiver", args=[case.pk])}"]').first.click()
    expect(page.locator("main h1")).to_contain_text("登记书面放弃")
    someone.fill({"made_at": "2026-03-12T15:30", "content": "书面放弃陈述申辩和听证。"}, signed)
    someone.submit()
    expect(page.locator(submit)).to_be_visible()
    assert Statement.objects.get().kind == Statement.Kind.WAIVER
    assert someone.errors == []


def test_feedback_from_a_page_and_from_an_error_page_keeps_the_request_it_was_shown_with(visitor, notified):
    """F235: two clicks and a sentence; the request is kept with it."""
    county, case = notified
    someone = visitor(county.first)
    page = someone.page
    pages = {reverse("case", args=[case.pk]): 200, reverse("users"): 403, "/cases/999999/": 404}
    for path, status in pages.items():
        answer = page.goto(f"{someone.home}{path}")
        assert answer.status == status
        if not page.locator("[data-open=feedback]:visible").count():
            page.locator("details.menu summary", has_text="帮助").click()
        page.locator("[data-open=feedback]:visible").first.click()
        dialog = page.locator("dialog#feedback")
        expect(dialog).to_be_visible()
        shown = dialog.locator("[name=request_id]").input_value()
        dialog.locator("textarea").fill(f"{path} 看不懂")
        dialog.locator("button[type=submit]").click()
        expect(page.locator(".says")).to_contain_text("已收到")
        kept = Feedback.objects.latest("id")
        assert (kept.page, kept.request_id, kept.text) == (path, shown, f"{path} 看不懂")
        assert shown
