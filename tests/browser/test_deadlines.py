"""Deadlines in a real browser: the calculator without login, the board, what-if inside the case page."""

import pytest
from playwright.sync_api import expect

from tests.doors.county import found_county
from tests.doors.drivers import RestDoor
from tests.doors.script import before_filing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_anybody_computes_a_period_and_reads_why(browser, live_server):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto(f"{live_server.url}/login/")
    page.click("text=期限计算")
    page.select_option("[name=clock]", "hearing_request_5wd")
    page.fill("[name=trigger]", "2026-02-12")
    page.click("main button[type=submit]")
    expect(page.locator("#due-day")).to_contain_text("2026年2月26日")
    expect(page.locator(".days")).to_be_visible()
    assert errors == []
    page.close()


def test_an_officer_sees_the_board_and_tries_a_suspension_without_making_one(person, county_clock):
    county = found_county()
    door = RestDoor(county)
    for step in before_filing(county):
        county_clock.set(step.at)
        door.walk([step])
    case = door.case()
    county_clock.set("2026-04-20T09:00")
    officer = person("first")
    officer.open("/deadlines/")
    expect(officer.page.locator("main")).to_contain_text(case.number)
    officer.page.screenshot(path=str(officer.shots / "deadline-board.png"), full_page=True)
    officer.open(f"/cases/{case.pk}/?tab=clocks")
    officer.page.locator("summary", has_text="哪些日期会变").click()
    form = officer.page.locator(".what-if-form")
    expect(form).to_be_visible()
    form.locator("[name=kind]").select_option("case_decision")
    form.locator("[name=suspended_from]").fill("2026-03-10")
    form.locator("[name=suspended_to]").fill("2026-03-19")
    form.locator("[name=ground]").select_option("testing")
    form.locator("button[type=submit]").click()
    expect(officer.page.locator("#what-if table")).to_contain_text("2026-06-12")
    officer.page.screenshot(path=str(officer.shots / "what-if.png"), full_page=True)
    assert officer.errors == []
    assert officer.outside == []
    case.refresh_from_db()
    assert str(case.next_due_on) == "2026-06-03"
