"""The frame in a real browser: typing survives, keys work, assistive technology finds its way."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from desk import clock
from desk.models import Draft
from desk.notices import notify
from tests.browser.axe import violations
from tests.factories.townships import PASSWORD, OfficerFactory
from townships.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WHAT = "#id_what"
LINE = "[data-draft-state]"


@pytest.fixture
def officer(transactional_db):
    return OfficerFactory(username="keeper", is_staff=True)


@pytest.fixture
def keeper(officer, person):
    """Somebody at the sheet of parts, whose form keeps drafts."""
    someone = person("keeper")
    someone.open(reverse("desk:components"))
    return someone


def sign_in_again(page):
    page.fill("#id_username", "keeper")
    page.fill("#id_password", PASSWORD)
    page.click(".card0 button[type=submit]")


def test_typing_is_kept_while_typing_and_is_there_after_leaving(keeper, officer):
    keeper.page.fill(WHAT, "和平路占道")
    expect(keeper.page.locator(LINE)).to_contain_text("草稿已保存")
    assert Draft.objects.get(officer=officer).content["what"] == "和平路占道"

    keeper.open(reverse("desk:notices"))
    keeper.open(reverse("desk:components"))

    expect(keeper.page.locator(WHAT)).to_have_value("和平路占道")
    expect(keeper.page.locator(LINE)).to_contain_text("已恢复草稿")
    assert not keeper.errors


def test_a_discarded_draft_does_not_come_back(keeper):
    keeper.page.fill(WHAT, "和平路占道")
    expect(keeper.page.locator(LINE)).to_contain_text("草稿已保存")
    keeper.open(reverse("desk:components"))
    keeper.page.click(f"{LINE} button")
    expect(keeper.page.locator(LINE)).to_contain_text("草稿已丢弃")
    expect(keeper.page.locator(WHAT)).to_have_value("")
    keeper.open(reverse("desk:components"))
    expect(keeper.page.locator(WHAT)).to_have_value("")


def test_a_login_that_expires_in_mid_form_loses_nothing(keeper, officer):
    cache.clear()
    keeper.page.fill(WHAT, "过期以后写的")
    expect(keeper.page.locator(LINE)).to_contain_text("登录已过期")

    keeper.page.click("#form .form-end button[type=submit]")
    expect(keeper.page.locator("[data-expired-note]")).to_contain_text("组件样张")
    sign_in_again(keeper.page)

    expect(keeper.page.locator(WHAT)).to_have_value("过期以后写的")
    expect(keeper.page.locator(LINE)).to_contain_text("草稿已保存")
    assert Draft.objects.get(officer=officer).content["what"] == "过期以后写的"


def test_what_one_person_typed_is_not_given_to_the_next_at_the_same_browser(keeper):
    OfficerFactory(username="other", is_staff=True)
    cache.clear()
    keeper.page.fill(WHAT, "别人看不到")
    keeper.page.click("#form .form-end button[type=submit]")
    keeper.page.fill("#id_username", "other")
    keeper.page.fill("#id_password", PASSWORD)
    keeper.page.click(".card0 button[type=submit]")
    expect(keeper.page.locator("#form")).to_be_visible()
    expect(keeper.page.locator(WHAT)).to_have_value("")


def test_typing_offline_stays_in_the_page_and_is_saved_when_the_line_is_back(keeper, officer):
    keeper.page.context.set_offline(True)
    keeper.page.fill(WHAT, "在村里没有信号")
    expect(keeper.page.locator(LINE)).to_contain_text("内容留在本页")
    keeper.page.context.set_offline(False)
    expect(keeper.page.locator(LINE)).to_contain_text("草稿已保存")
    assert Draft.objects.get(officer=officer).content["what"] == "在村里没有信号"


def test_single_keys_move_and_open_rows_and_are_off_while_typing(keeper, officer):
    for number in range(3):
        notify(
            recipients=[officer],
            kind="t",
            title=f"通知{number}",
            link="/notices/",
            key=str(number),
            at=clock.now(),
        )
    page = keeper.page
    keeper.open(reverse("desk:notices"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-row].sel a")).to_have_text("通知1")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("j?n")
    expect(page.locator("[data-search]")).to_have_value("j?n")
    expect(page.locator("#keys")).to_be_hidden()


def test_the_type_ahead_is_worked_by_keys_and_leaves_words_without_a_choice(keeper):
    page = keeper.page
    box = page.locator("#id_item")
    # At once: what is found for the first character alone comes late on a busy machine, and in the way.
    box.fill("门店")
    expect(page.locator("[data-ta-list] [role=option]")).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator("[data-ta-value]")).to_have_value("2")
    expect(page.locator("[data-ta-pop]")).to_be_hidden()
    box.press("Backspace")
    expect(page.locator("[data-ta-value]")).to_have_value("")


@pytest.mark.parametrize("width", [1366, 375])
def test_the_frame_and_every_part_pass_the_accessibility_rules(keeper, width):
    keeper.page.set_viewport_size({"width": width, "height": 800})
    for path in (reverse("desk:components"), reverse("desk:notices"), reverse("desk:feedback")):
        keeper.open(path)
        assert violations(keeper.page) == [], path
        assert keeper.page.evaluate("document.documentElement.scrollWidth") == width
        assert not keeper.outside
    keeper.shot(f"parts-{width}")


def test_the_login_page_passes_the_accessibility_rules(keeper):
    cache.clear()
    keeper.page.goto(f"{keeper.home}{reverse('login')}")
    assert violations(keeper.page) == []


def test_on_a_phone_a_bare_figure_says_what_it_is(visitor, transactional_db):
    someone = visitor(OfficerFactory(roles=[Role.LEGAL_DEPARTMENT]), width=375)
    someone.open(reverse("tailored_lists"))
    added = someone.page.locator("table.two-line tbody td[data-head]").filter(has_text="0").first
    expect(someone.page.locator("table.two-line thead")).to_be_hidden()
    told = added.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "增加" in told
