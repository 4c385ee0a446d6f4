"""Feedback: kept with its request, stopped after ten in an hour, answered once by an administrator."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from desk import feedback as desk_feedback
from desk.models import Feedback, Notice
from law.errors import RuleViolation
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def send(officer, *, text="按钮点不动", page="/cases/7/", at=AT):
    return desk_feedback.send_feedback(
        officer=officer, text=text, page=page, request_id="7F3A-91C2", browser="Chromium", at=at
    )


@pytest.fixture
def sender():
    return OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])


@pytest.fixture
def admin():
    return OfficerFactory(body=None, roles=[Role.SYSTEM_ADMIN])


def test_the_eleventh_in_an_hour_is_refused_and_not_kept_and_the_next_hour_is_free(sender):
    for number in range(10):
        send(sender, at=AT + timedelta(minutes=number))
    with pytest.raises(RuleViolation) as refused:
        send(sender, at=AT + timedelta(minutes=30))
    assert refused.value.code == "feedback_limit"
    assert Feedback.objects.count() == 10
    send(sender, at=AT + timedelta(minutes=90))
    send(OfficerFactory(), at=AT + timedelta(minutes=30))
    assert Feedback.objects.count() == 12


def test_the_refused_text_stays_in_the_form(client, sender, freeze):
    at = freeze("2026-03-02 10:00")
    for _ in range(10):
        send(sender, at=at)
    client.force_login(sender)
    answer = client.post(reverse("desk:feedback"), {"text": "再来一条", "page": "/cases/7/"})
    assert answer.status_code == 429
    assert "再来一条" in answer.content.decode()
    assert Feedback.objects.count() == 10


@pytest.mark.parametrize(
    "page", ["https://elsewhere.example/", "javascript:alert(1)", "//elsewhere.example/"]
)
def test_an_address_of_another_site_is_not_kept(client, sender, freeze, page):
    freeze("2026-03-02 10:00")
    client.force_login(sender)
    client.post(reverse("desk:feedback"), {"text": "按钮点不动", "page": page})
    assert Feedback.objects.get().page == ""


def test_an_administrator_finds_it_by_its_request_and_answers_once(client, sender, admin, freeze):
    freeze("2026-03-02 10:00")
    told = send(sender)
    client.force_login(admin)
    page = client.get(reverse("desk:feedback_list") + "?only=open").content.decode()
    assert "7F3A-91C2" in page
    url = reverse("desk:feedback_answer", args=[told.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"answer": "已修复。"}).status_code == 302
    assert client.post(url, {"answer": "再答一次。"}).status_code == 409
    told.refresh_from_db()
    assert (told.answer, told.answered_by) == ("已修复。", admin)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.body, notice.link) == (sender, "已修复。", "/cases/7/")
    assert "7F3A-91C2" not in client.get(reverse("desk:feedback_list") + "?only=open").content.decode()


def test_nobody_else_reads_or_answers_it(client, sender, freeze):
    freeze("2026-03-02 10:00")
    told = send(sender)
    client.force_login(sender)
    url = reverse("desk:feedback_answer", args=[told.pk])
    assert client.get(reverse("desk:feedback_list")).status_code == 403
    assert client.get(url).status_code == 403
    assert client.post(url, {"answer": "x"}).status_code == 403
    told.refresh_from_db()
    assert told.answered_at is None
