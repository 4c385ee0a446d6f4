"""Notices: sent once under a key, counted by one query, read only by whom they were sent to."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext_lazy, override

from desk import clock
from desk.models import Notice
from desk.notices import mark_read, notify, unread_count
from desk.wording import both
from tests.factories.townships import OfficerFactory

pytestmark = pytest.mark.django_db


def send(recipients, key="k", link="/cases/"):
    notify(
        recipients=recipients,
        kind="test",
        title="证件到期",
        body="11月2日",
        link=link,
        key=key,
        at=clock.now(),
    )


def test_a_repeated_send_under_one_key_adds_nothing():
    officer = OfficerFactory()
    send([officer])
    mark_read(officer=officer, at=clock.now())
    send([officer, officer])
    assert Notice.objects.count() == 1
    assert unread_count(officer) == 0


def test_many_recipients_cost_one_statement(django_assert_num_queries):
    officers = [OfficerFactory() for _n in range(5)]
    with django_assert_num_queries(1):
        send(officers)
    assert Notice.objects.count() == 5


def test_opening_a_notice_marks_it_read_and_goes_where_it_points(client):
    officer = OfficerFactory()
    send([officer], link="/cases/7/")
    client.force_login(officer)
    answer = client.get(reverse("desk:notice", args=[Notice.objects.get().pk]))
    assert answer.url == "/cases/7/"
    assert unread_count(officer) == 0


@pytest.mark.parametrize(
    "link", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_a_notice_never_leads_to_another_site(client, link):
    officer = OfficerFactory()
    send([officer], link=link)
    client.force_login(officer)
    answer = client.get(reverse("desk:notice", args=[Notice.objects.get().pk]))
    assert answer.url == reverse("desk:notices")


def test_nobody_opens_or_marks_the_notice_of_another(client):
    owner, other = OfficerFactory(), OfficerFactory()
    send([owner])
    notice = Notice.objects.get()
    client.force_login(other)
    assert client.get(reverse("desk:notice", args=[notice.pk])).status_code == 404
    client.post(reverse("desk:read_notices"), {"notice": [notice.pk]})
    assert unread_count(owner) == 1


def test_the_inbox_shows_unread_ones_and_pages(client):
    officer = OfficerFactory()
    for number in range(35):
        send([officer], key=str(number))
    client.force_login(officer)
    first = client.get(reverse("desk:notices"))
    page = first.context["page"]
    assert len(page) == 30
    second = client.get(reverse("desk:notices"), {"cursor": page.next_cursor})
    assert len(second.context["page"]) == 5
    assert "35 条未读" in first.content.decode()


@pytest.mark.parametrize("written_in", ["zh-hans", "en"])
def test_a_notice_is_kept_in_chinese_and_said_in_the_language_of_its_reader(written_in):
    with override(written_in):
        notify(
            recipients=[OfficerFactory()],
            kind="test",
            title=gettext_lazy("%(clock)s今天到期"),
            body="100%的%(clock)s",
            params={"clock": both("听证期限", "Hearing period")},
            key="k",
            at=clock.now(),
        )
    kept = Notice.objects.get()
    assert kept.title == "%(clock)s今天到期"
    with override("zh-hans"):
        assert (kept.headline, kept.detail) == ("听证期限今天到期", "100%的听证期限")
    with override("en"):
        assert (kept.headline, kept.detail) == ("Hearing period is due today", "100%的Hearing period")


def test_a_notice_of_old_reads_as_it_was_written(client):
    officer = OfficerFactory()
    words = {"title": "办案期限已逾期（2026-03-19到期），100%属实", "body": "%(clock)s"}
    Notice.objects.create(recipient=officer, kind="t", key="k", created_at=clock.now(), **words)
    client.force_login(officer)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("desk:notices")).content.decode()
    assert all(text in page for text in words.values())
