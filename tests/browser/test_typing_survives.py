"""What was typed is never lost: in a crash of the browser, an error, an expired login."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Error, expect

from cases.dossier.models import Case
from tests.browser.conftest import CHROMIUM, FLAGS, SHOTS
from tests.browser.person import Person
from tests.doors.county import found_county
from tests.doors.drivers import RestDoor
from tests.doors.script import before_filing
from tests.factories.townships import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINE = "[data-draft-state]"
LEAD = {
    "source": "hotline",
    "summary": "和平路118号楼顶设置大型广告牌，未见审批手续。",
    "address": "和平路118号",
    "party_name": "云帆广告",
    "item_text": "楼顶广告",
}
VERIFY = {
    "findings": "现场可见楼顶广告牌一处，长12米。",
    "party_kind": "organisation",
    "party_name": "青禾县云帆广告传媒有限公司",
    "credit_code": "91330000MA0000001X",
    "address": "青禾镇和平路118号",
}


@pytest.fixture
def county(transactional_db, county_clock):
    return found_county()


@pytest.fixture
def checked(county, county_clock):
    """A case that stands before its check."""
    door = RestDoor(county)
    for step in before_filing(county):
        county_clock.set(step.at)
        if step.move == "verify":
            return door.case()
        door.walk([step])
    raise AssertionError


@pytest.fixture
def open_browser(browser, live_server):
    """Return a starter of browsers of their own, for one person each; they may be killed."""
    started = []

    def start(username):
        chromium = browser.browser_type.launch(executable_path=CHROMIUM, args=FLAGS)
        started.append(chromium)
        page = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
        someone = Person(page, live_server.url, SHOTS)
        someone.sign_in(username, PASSWORD)
        return chromium, someone

    yield start
    for chromium in started:
        chromium.close()


def kill(chromium) -> None:
    """Crash the whole browser, as a power cut would."""
    session = chromium.new_browser_cdp_session()
    with pytest.raises(Error):
        session.send("Browser.crash")


def fill_and_save(someone, values) -> None:
    """Fill a form and wait until the draft that holds all of it has been taken."""

    def holds_all(answer) -> bool:
        if "/drafts/" not in answer.url or not answer.ok:
            return False
        kept = answer.request.post_data_json
        return all(value in (kept[name], *kept[name]) for name, value in values.items())

    with someone.page.expect_response(holds_all):
        someone.fill(values)


def expect_values(page, values) -> None:
    for name, value in values.items():
        field = page.locator(f'main [name="{name}"]')
        if field.first.get_attribute("type") == "radio":
            expect(page.locator(f'main [name="{name}"][value="{value}"]')).to_be_checked()
        else:
            expect(field).to_have_value(value)


@pytest.mark.parametrize("form", ["lead", "act"])
def test_a_browser_killed_in_mid_form_brings_everything_back_when_it_is_opened_again(
    request, open_browser, county, form
):
    """F041."""
    if form == "lead":
        who, path, values = "clerk", reverse("lead_new"), LEAD
    else:
        case = request.getfixturevalue("checked")
        who, path, values = "first", reverse("act-verify", args=[case.pk]), VERIFY
    chromium, someone = open_browser(who)
    someone.open(path)
    fill_and_save(someone, values)
    kill(chromium)
    _chromium, again = open_browser(who)
    again.open(path)
    expect(again.page.locator(LINE)).to_contain_text("已恢复草稿")
    expect_values(again.page, values)
    assert again.errors == []


def test_an_error_at_intake_takes_nothing_away_and_the_lead_is_saved_in_the_end(visitor, county):
    """F234: the form is never cleared."""
    someone = visitor(county.clerk)
    someone.open(reverse("lead_new"))
    someone.fill(LEAD)
    someone.submit()
    errors = someone.page.locator(".errs")
    expect(errors).to_be_visible()
    expect(errors).to_be_focused()
    expect_values(someone.page, LEAD)
    assert not Case.objects.exists()
    errors.locator("a").first.click()
    expect(someone.page.locator("#id_township")).to_be_focused()
    someone.fill({"township": county.township.pk})
    someone.submit()
    expect(someone.page.locator("main h1").first).to_contain_text("和平路118号")
    assert Case.objects.get().item_words == "楼顶广告"


def test_an_error_in_an_act_takes_nothing_away(visitor, county, checked):
    someone = visitor(county.first)
    someone.open(reverse("act-verify", args=[checked.pk]))
    someone.fill({**VERIFY, "ended_on": "2026-03-03", "address": ""})
    someone.submit()
    expect(someone.page.locator(".errs")).to_be_visible()
    expect_values(someone.page, {**VERIFY, "ended_on": "2026-03-03", "address": ""})
    checked.refresh_from_db()
    assert checked.stage == "verifying"


@pytest.mark.parametrize("form", ["lead", "act"])
def test_a_login_that_expired_is_renewed_and_the_form_goes_on(request, visitor, county, form):
    if form == "lead":
        who, path, values = "clerk", reverse("lead_new"), LEAD
    else:
        case = request.getfixturevalue("checked")
        who, path, values = "first", reverse("act-verify", args=[case.pk]), VERIFY
    someone = visitor(getattr(county, who))
    someone.open(path)
    cache.clear()
    someone.fill(values)
    expect(someone.page.locator(LINE)).to_contain_text("登录已过期")
    someone.page.locator(
        "main form[data-main] button[type=submit]:visible, button[form]:visible"
    ).last.click()
    someone.page.fill("#id_username", who)
    someone.page.fill("#id_password", PASSWORD)
    someone.page.click(".card0 button[type=submit]")
    expect(someone.page.locator(LINE)).to_contain_text("草稿已保存")
    expect_values(someone.page, values)


def test_a_lead_needs_six_answers_at_most_and_the_words_wait_for_the_line(visitor, county):
    """F032: six fields on a phone; what is typed while the line is down is saved as a draft."""
    someone = visitor(county.clerk, width=375)
    someone.open(reverse("lead_new"))
    asked = "#lead-form > .fld:visible, #lead-form > .g2 > .fld:visible"
    assert someone.page.locator(asked).count() == 6
    someone.page.context.set_offline(True)
    someone.fill({"summary": "村口堆放建筑垃圾", "township": county.township.pk})
    expect(someone.page.locator(LINE)).to_contain_text("内容留在本页")
    someone.page.context.set_offline(False)
    expect(someone.page.locator(LINE)).to_contain_text("草稿已保存")
    someone.submit()
    expect(someone.page.locator("main h1").first).to_contain_text("村口堆放建筑垃圾")
    assert Case.objects.get().summary == "村口堆放建筑垃圾"
