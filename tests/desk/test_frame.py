"""The frame of a page is drawn once for all it shows, and never shows what belongs to somebody else."""

from datetime import date
from html import unescape

import pytest
from django.test import Client

from desk.notices import notify
from tests.doors.drivers import BACKEND, at, instant
from tests.factories.townships import OfficerFactory, RoleGrantFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
FEEDBACK = "/feedback/"
LAST_DAY, NEXT_DAY = "2026-03-02T23:50", "2026-03-03T00:10"


def seen_by(officer, address=FEEDBACK, **cookies) -> str:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    for name, value in cookies.items():
        client.cookies[name] = value
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def clerk():
    officer = OfficerFactory(name="甲某", body__short_name="东镇")
    RoleGrantFactory(officer=officer, role=Role.COUNTY_CLERK, valid_to=date(2026, 3, 2))
    return officer


@pytest.fixture
def colleague(clerk):
    """Somebody of the same body with the same post, who has a notice to read."""
    officer = OfficerFactory(name="乙某", body=clerk.body)
    RoleGrantFactory(officer=officer, role=Role.COUNTY_CLERK)
    notify(recipients=[officer], kind="told", title="请阅", key="told", at=instant(LAST_DAY))
    return officer


def test_people_of_one_post_see_their_own_names_and_numbers_by_turns(clerk, colleague):
    with at(LAST_DAY):
        for _ in range(2):
            for officer, other, unread in ((clerk, colleague, 0), (colleague, clerk, 1)):
                page = seen_by(officer)
                assert officer.name in page
                assert officer.username in page
                assert other.name not in page
                assert other.username not in page
                assert f"通知，{unread} 条未读" in page


def test_a_read_notice_is_not_counted_on_the_next_page(colleague):
    with at(LAST_DAY):
        assert "通知，1 条未读" in seen_by(colleague)
        colleague.notices.update(read_at=instant(LAST_DAY))
        assert "通知，0 条未读" in seen_by(colleague)


def test_a_post_that_ended_yesterday_is_gone_with_its_entries_and_nobody_elses(clerk, colleague):
    with at(LAST_DAY):
        for officer in (clerk, colleague):
            page = seen_by(officer)
            assert 'data-nav="intake"' in page
            assert str(Role.COUNTY_CLERK.label) in page
    with at(NEXT_DAY):
        page = seen_by(clerk)
        assert 'data-nav="intake"' not in page
        assert str(Role.COUNTY_CLERK.label) not in page
        assert "今天没有有效的岗位" in page
        assert 'data-nav="intake"' in seen_by(colleague)


def test_a_post_given_back_at_noon_is_gone_at_once(clerk):
    with at(LAST_DAY):
        assert 'data-nav="intake"' in seen_by(clerk)
        clerk.role_grants.all().delete()
        assert 'data-nav="intake"' not in seen_by(clerk)


def test_a_new_name_shows_at_once(clerk):
    with at(LAST_DAY):
        assert "甲某" in seen_by(clerk)
        clerk.name = "丙某"
        clerk.save()
        page = seen_by(clerk)
        assert "丙某" in page
        assert "甲某" not in page


def test_language_and_size_of_text_are_each_persons_own(clerk):
    with at(LAST_DAY):
        assert "大字号" in seen_by(clerk)
        assert "标准字号" in seen_by(clerk, large_text="1")
        assert "退出登录" not in seen_by(clerk, django_language="en")
        assert "退出登录" in seen_by(clerk)


def test_address_number_and_token_are_those_of_the_request_and_escaped(clerk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk, backend=BACKEND)
    first = client.get("/notices/", {"x": '"><b>'})
    second = client.get("/notices/", {"y": "2"})
    for answer, other in ((first, second), (second, first)):
        page = answer.content.decode()
        assert page.count(answer.headers["X-Request-Id"]) > 1
        assert other.headers["X-Request-Id"] not in page
        assert 'name="next" value="/notices/?' in page
        assert "\x00" not in page
    page = first.content.decode()
    assert 'value="/notices/?x=%22%3E%3Cb%3E"' in page
    assert "?page=%2Fnotices%2F%3Fx%3D%2522%253E%253Cb%253E" in page
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    sent = client.post("/text-size/", {"large": "1", "next": "/notices/", "csrfmiddlewaretoken": token})
    assert (sent.status_code, sent.url) == (302, "/notices/")
