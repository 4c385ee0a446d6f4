"""Deadlines in a real browser: the calculator without login, the board, what-if inside the case page."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.person import PATIENCE_MS
from tests.doors.county import found_county
from tests.doors.drivers import RestDoor
from tests.doors.script import Step, before_filing, investigation, notice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MARCH = re.compile(r"2026-03-\d\d")
SPRING_ZH = (
    "听证",
    "为什么是2月26日",
    "2026年2月12日（星期四）",
    "春节",
    "15日至23日",
    "期限届满：2026年2月26日（星期四）24时",
    "2月14日（星期六，春节调休上班）",
    "第六十四条",
)
SPRING_EN = (
    "hearing",
    "Spring Festival",
    "Thu 12 Feb 2026",
    "Sat 14 Feb 2026 (make-up working day for Spring Festival)",
    "Thu 26 Feb 2026",
)


def test_anybody_computes_a_period_and_reads_why(browser, live_server):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(PATIENCE_MS)
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


def test_an_officer_sees_the_board_and_tries_a_suspension_without_making_one(person, before, county_clock):
    case = before("order-correction").case()
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


def four_weeks_earlier(step: Step) -> Step:
    """Move a step of March 2026 back to the weeks before the Spring Festival."""

    def moved(text: object) -> object:
        if not isinstance(text, str):
            return text
        return MARCH.sub(lambda day: str(date.fromisoformat(day[0]) - timedelta(weeks=4)), text)

    values = {name: moved(value) for name, value in step.values.items()}
    if step.move == "serve-notice":
        values["served_at"] = "2026-02-12T15:00"
    at = "2026-02-12T16:00" if step.move == "serve-notice" else str(moved(step.at))
    return replace(step, at=at, values=values)


def test_the_case_page_tells_day_by_day_why_the_window_over_spring_festival_ends_when_it_does(
    person, county_clock
):
    """V004: served on 12 February 2026; five working days, one of them a make-up Saturday, to 26 February."""
    county = found_county()
    door = RestDoor(county)
    serving = [*before_filing(county), *investigation(county), *list(notice(county))[:2]]
    for step in map(four_weeks_earlier, serving):
        county_clock.set(step.at)
        door.walk([step])
    case = door.case()
    county_clock.set("2026-02-24T09:00")
    officer = person("first")
    for language, told in (("zh-hans", SPRING_ZH), ("en", SPRING_EN)):
        officer.page.context.add_cookies(
            [{"name": "django_language", "value": language, "url": officer.home}]
        )
        officer.open(f"/cases/{case.pk}/?tab=clocks")
        row = officer.page.locator("tr", has_text=told[0])
        row.get_by_role("button").click()
        dialog = officer.page.locator("dialog[open]")
        for words in told[1:]:
            expect(dialog).to_contain_text(words)
        officer.shots.mkdir(parents=True, exist_ok=True)
        officer.page.screenshot(path=str(officer.shots / f"why-spring-festival-{language[:2]}.png"))
    assert officer.errors == []
