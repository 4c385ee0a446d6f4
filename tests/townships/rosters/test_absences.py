"""Absences: who may enter them, for which days, and that an early return gives nothing back by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from audit.models import Event
from law.errors import RuleViolation
from tests.factories.townships import BodyFactory, OfficerFactory, ReviewerPostFactory
from townships.models import Absence
from townships.roles import Role
from townships.selectors import away, reviewers_for
from townships.services.absences import end_absence, set_absence

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
LAST = date(2026, 3, 10)


def refuses(code):
    return pytest.raises(RuleViolation, check=lambda refusal: refusal.code == code)


def leave(officer, first=DAY, last=LAST):
    return set_absence(officer=officer, kind="leave", valid_from=first, valid_to=last, actor=officer, at=AT)


def test_the_next_on_the_roster_is_called_while_the_first_is_away():
    first = ReviewerPostFactory()
    second = ReviewerPostFactory(body=first.body, rank="backup")
    leave(first.officer)
    days = (date(2026, 3, 1), DAY, LAST, date(2026, 3, 11))
    assert [reviewers_for(first.body, on=day)[0] for day in days] == [first, second, second, first]


def test_an_absence_lies_not_in_the_past_and_not_upon_another():
    officer = OfficerFactory()
    with refuses("absence_days"):
        leave(officer, first=date(2026, 2, 1), last=date(2026, 3, 1))
    with refuses("absence_days"):
        leave(officer, first=LAST, last=DAY)
    assert not Absence.objects.exists()
    leave(officer)
    with refuses("absence_overlaps"):
        leave(officer, first=LAST, last=LAST + timedelta(days=3))
    assert Absence.objects.get().valid_to == LAST


def test_the_database_keeps_what_was_entered():
    absence = leave(OfficerFactory())
    for change in (
        {"valid_to": LAST + timedelta(days=1)},
        {"valid_from": date(2026, 3, 1)},
        {"kind": "sick"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Absence.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.update(valid_to=date(2026, 3, 1))
    assert Absence.objects.get() == absence


def test_somebody_back_early_is_called_again_from_the_next_day():
    officer = OfficerFactory()
    absence = leave(officer)
    end_absence(absence=absence, last_day=date(2026, 3, 4), actor=officer, at=AT)
    assert officer.pk in away(date(2026, 3, 4))
    assert officer.pk not in away(date(2026, 3, 5))
    with refuses("absence_end_outside"):
        end_absence(absence=absence, last_day=date(2026, 3, 8), actor=officer, at=AT)
    assert [event.verb for event in Event.objects.order_by("id")] == ["absence_set", "absence_ended"]


def test_an_absence_that_never_began_is_taken_back_whole():
    officer = OfficerFactory()
    absence = leave(officer, first=date(2026, 3, 5))
    end_absence(absence=absence, last_day=date(2026, 3, 1), actor=officer, at=AT)
    assert not Absence.objects.exists()


def form(**changes):
    return {
        "kind": "leave",
        "valid_from": "2026-03-02",
        "valid_to": "2026-03-06",
        "hands_on_cases": True,
        **changes,
    }


def test_oneself_ones_leader_and_the_legal_department_enter_an_absence_and_nobody_else(login, freeze):
    freeze("2026-03-02 09:00")
    body = BodyFactory()
    officer = OfficerFactory(body=body, roles=[Role.TOWNSHIP_OFFICER])
    may = [
        officer,
        OfficerFactory(body=body, roles=[Role.TEAM_LEADER]),
        OfficerFactory(roles=[Role.LEGAL_DEPARTMENT]),
    ]
    may_not = [
        OfficerFactory(body=body, roles=[Role.TOWNSHIP_OFFICER]),
        OfficerFactory(roles=[Role.TEAM_LEADER]),
    ]
    page = reverse("absence_new", args=[officer.pk])
    for who in may_not:
        assert login(who).get(page).status_code == 403
        assert login(who).post(page, form()).status_code == 403
        assert login(who).post(f"/api/v1/officers/{officer.pk}/absence/", form()).status_code == 403
    assert not Absence.objects.exists()
    for turn, who in enumerate(may):
        first = DAY + timedelta(days=10 * turn)
        days = form(valid_from=first.isoformat(), valid_to=first.isoformat())
        assert login(who).get(page).status_code == 200
        assert login(who).post(page, days).status_code == 302
    assert Absence.objects.filter(officer=officer).count() == 3


def test_pages_and_rest_do_the_same(login, freeze):
    freeze("2026-03-02 09:00")
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    mine = login(officer)
    made = mine.post(f"/api/v1/officers/{officer.pk}/absence/", form(), "application/json")
    assert made.status_code == 200, made.content
    again = mine.post(reverse("absence_new", args=[officer.pk]), form())
    assert again.status_code == 409
    page = mine.get(reverse("officer", args=[officer.pk])).content.decode()
    assert "2026-03-06" in page
    end = f"/api/v1/absences/{made.json()['id']}/end/"
    assert mine.post(end, {"last_day": "2026-03-09"}, "application/json").status_code == 409
    assert mine.post(end, {"last_day": "2026-03-03"}, "application/json").status_code == 200
    assert Absence.objects.get().valid_to == date(2026, 3, 3)


def test_the_roster_is_changed_over_rest_by_the_legal_department_only(login, freeze):
    freeze("2026-03-02 09:00")
    lawyer, officer = (
        OfficerFactory(roles=[Role.LEGAL_DEPARTMENT]),
        OfficerFactory(roles=[Role.LEGAL_REVIEWER]),
    )
    said = {
        "body": officer.body_id,
        "rank": "pool",
        "order": 1,
        "domains": "城市管理、农业农村",
        "qualified": True,
        "qualification_number": "A2020",
        "qualified_on": "2020-03-20",
        "valid_from": "2026-03-02",
    }
    address = f"/api/v1/officers/{officer.pk}/reviewer/"
    assert login(officer).post(address, said, "application/json").status_code == 403
    without = {**said, "qualified_on": ""}
    assert login(lawyer).post(address, without, "application/json").status_code == 400
    made = login(lawyer).post(address, said, "application/json")
    assert made.status_code == 200, made.content
    post = officer.reviewer_posts.get()
    assert post.domains == ["城市管理", "农业农村"]
    end = {"last_day": "2026-03-31"}
    assert login(lawyer).post(f"/api/v1/reviewer-posts/{post.pk}/end/", end).status_code == 200
