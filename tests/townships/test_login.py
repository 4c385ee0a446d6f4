"""Signing in: lockout, first password, reset, and what an ended right does to a session."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from audit.models import Event
from law.errors import RuleViolation
from tests.factories.townships import PASSWORD, BodyFactory, OfficerFactory, RoleGrantFactory
from townships.models import Officer
from townships.roles import Role
from townships.selectors import is_locked
from townships.services import accounts

pytestmark = pytest.mark.django_db
NEW = "quiet-river-77-stone"


def log_in(username, password, client=None):
    client = client or Client()
    response = client.post(reverse("login"), {"username": username, "password": password})
    return client, response


def signed_in(client):
    return "_auth_user_id" in client.session


def test_the_right_password_signs_in_and_changes_the_session_key(county_seat):
    officer = OfficerFactory()
    client = Client()
    client.get(reverse("login"))
    client.session["kept"] = True
    before = client.session.session_key
    client, response = log_in(officer.username, PASSWORD, client)
    assert response.status_code == 302
    assert signed_in(client)
    assert client.session.session_key != before


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(county_seat, at):
    officer = OfficerFactory()
    with time_machine.travel(at, tick=False):
        for attempt in range(5):
            _client, response = log_in(officer.username, f"wrong-{attempt}")
        assert response.status_code == 429
        client, response = log_in(officer.username, PASSWORD)
        assert response.status_code == 429
        assert "锁定" in response.content.decode()
        assert not signed_in(client)
        assert is_locked(officer, at)


def test_the_lock_lifts_after_fifteen_minutes(county_seat, at):
    officer = OfficerFactory()
    with time_machine.travel(at, tick=False):
        for attempt in range(5):
            log_in(officer.username, f"wrong-{attempt}")
    with time_machine.travel(at + timedelta(minutes=14), tick=False):
        assert not signed_in(log_in(officer.username, PASSWORD)[0])
    with time_machine.travel(at + timedelta(minutes=30), tick=False):
        assert signed_in(log_in(officer.username, PASSWORD)[0])


def test_four_wrong_passwords_do_not_lock(county_seat):
    officer = OfficerFactory()
    for attempt in range(4):
        log_in(officer.username, f"wrong-{attempt}")
    assert signed_in(log_in(officer.username, PASSWORD)[0])


def test_an_administrator_lifts_the_lock(administrator, sign_in):
    officer = OfficerFactory()
    for attempt in range(5):
        log_in(officer.username, f"wrong-{attempt}")
    response = sign_in(administrator).post(reverse("user_unlock", args=[officer.pk]))
    assert response.status_code == 302
    assert signed_in(log_in(officer.username, PASSWORD)[0])
    assert Event.objects.filter(chain=f"officer:{officer.pk}", verb="officer_unlocked").count() == 1


def test_a_closed_account_cannot_sign_in(administrator, at):
    officer = OfficerFactory()
    accounts.deactivate(officer=officer, actor=administrator, at=at)
    assert not signed_in(log_in(officer.username, PASSWORD)[0])


def test_a_first_password_opens_only_the_page_that_changes_it(administrator, at):
    person = accounts.Person(username="xinren", name="新人", body=BodyFactory())
    officer, password = accounts.create_user(person=person, actor=administrator, at=at)
    RoleGrantFactory(officer=officer, role=Role.TOWNSHIP_OFFICER)
    client, _response = log_in("xinren", password)
    for name in ("officers", "agreements", "desk:notices"):
        assert client.get(reverse(name)).headers["Location"] == reverse("password_change")
    page = client.get(reverse("password_change"))
    assert "先换成自己的密码" in page.content.decode()
    answer = client.get(reverse("api_officers"))
    assert answer.status_code == 403
    assert answer.json()["code"] == "password_change_required"
    assert "现在的密码是系统管理员给的初始密码" in client.get(reverse("password_change")).content.decode()
    response = client.post(
        reverse("password_change"),
        {"old_password": password, "new_password1": NEW, "new_password2": NEW},
    )
    assert response.status_code == 302
    assert client.get(reverse("officers")).status_code == 200
    officer.refresh_from_db()
    assert not officer.must_change_password
    assert not signed_in(log_in("xinren", password)[0])
    assert signed_in(log_in("xinren", NEW)[0])


def test_signing_out_stays_possible_with_a_first_password(county_seat):
    officer = OfficerFactory(must_change_password=True)
    client, _response = log_in(officer.username, PASSWORD)
    client.post(reverse("logout"))
    assert not signed_in(client)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"old_password": "not-mine-at-all"}, "old_password"),
        ({"new_password2": "something-else-88"}, "new_password2"),
        ({"new_password1": "short", "new_password2": "short"}, "new_password1"),
        ({"new_password1": "20260101202601", "new_password2": "20260101202601"}, "new_password1"),
        ({"new_password1": PASSWORD, "new_password2": PASSWORD}, "new_password1"),
    ],
)
def test_a_poor_new_password_is_refused_at_its_field(values, field, county_seat, sign_in):
    officer = OfficerFactory()
    usual = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    response = sign_in(officer).post(reverse("password_change"), {**usual, **values})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Officer.objects.get(pk=officer.pk).check_password(PASSWORD)


def test_changing_the_password_ends_other_sessions_and_keeps_this_one(county_seat):
    officer = OfficerFactory()
    here, _response = log_in(officer.username, PASSWORD)
    there, _response = log_in(officer.username, PASSWORD)
    here.post(
        reverse("password_change"), {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    )
    assert here.get(reverse("password_change")).status_code == 200
    assert there.get(reverse("password_change")).status_code == 302


def test_a_reset_shows_a_new_password_once_and_demands_its_change(administrator, sign_in):
    officer = OfficerFactory()
    response = sign_in(administrator).post(reverse("user_reset", args=[officer.pk]))
    password = response.context["password"]
    assert response.headers["Cache-Control"] == "no-store"
    assert password in response.content.decode()
    assert not signed_in(log_in(officer.username, PASSWORD)[0])
    client, response = log_in(officer.username, password)
    assert client.get(reverse("officers")).headers["Location"] == reverse("password_change")
    event = Event.objects.get(chain=f"officer:{officer.pk}", verb="password_reset")
    assert password not in str(event.payload)


def test_a_right_that_ended_yesterday_opens_nothing_today(county_seat, sign_in, at):
    officer = OfficerFactory()
    RoleGrantFactory(officer=officer, valid_to=date(2026, 3, 2))
    with time_machine.travel(at, tick=False):
        assert sign_in(officer).get(reverse("officers")).status_code == 200
    with time_machine.travel(at + timedelta(days=1), tick=False):
        assert sign_in(officer).get(reverse("officers")).status_code == 403


def test_a_short_password_is_refused_in_chinese():
    with pytest.raises(ValidationError, match="密码太短，至少 10 位"):
        validate_password("Ab-34")


def test_a_weak_password_is_refused_in_both_languages_and_the_old_one_stays(county_seat, at):
    officer = OfficerFactory()
    with pytest.raises(RuleViolation) as refused:
        accounts.change_own_password(officer=officer, password="123", at=at)
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
    assert not refused.value.message.isascii()
    assert refused.value.message_en.isascii()
