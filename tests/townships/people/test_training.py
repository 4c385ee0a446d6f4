"""F194: the training ledger counts hours and times of the year, and tells once a quarter who is behind."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from desk import navigation
from desk.models import Notice
from enforcement.celery import app
from law.errors import RuleViolation
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.models import TrainingAttendance, TrainingSession
from townships.roles import Role
from townships.selectors.training import ledger, quarter_ended
from townships.services import training

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
AFTER_QUARTER = datetime(2026, 4, 1, 1, tzinfo=UTC)


@pytest.fixture
def officer():
    return OfficerFactory(certified=True)


def held(lawyer, at, officers, *, title="行政处罚法轮训", hours="30", on=DAY):
    return training.record_training(
        title=title,
        held_on=on,
        hours=Decimal(hours),
        organiser=lawyer.body,
        attended=officers,
        actor=lawyer,
        at=at,
    )


def row_of(officer, on=DAY):
    return next(row for row in ledger(on) if row.officer == officer)


def test_sixty_hours_in_two_trainings_are_enough_and_neither_alone_is(officer, lawyer, at):
    held(lawyer, at, [officer], hours="60")
    assert not row_of(officer).enough
    held(lawyer, at, [officer], title="执法记录仪", hours="0.5", on=date(2026, 2, 2))
    row = row_of(officer)
    assert (row.hours, row.times, row.enough) == (Decimal("60.5"), 2, True)


def test_a_year_begins_anew(officer, lawyer, at):
    held(lawyer, at, [officer], on=date(2025, 12, 31))
    assert row_of(officer).hours == 0


def test_only_who_enforces_and_still_serves_is_asked():
    wanted = {OfficerFactory(certified=True), OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])}
    OfficerFactory(roles=[Role.COUNTY_CLERK])
    OfficerFactory(is_auxiliary=True)
    OfficerFactory(certified=True, serves_to=date(2026, 3, 1))
    assert {row.officer for row in ledger(DAY)} == wanted


def test_nobody_attends_twice_or_longer_than_it_took(officer, lawyer, at):
    session = held(lawyer, at, [officer], hours="8")
    for person, hours, code in (
        (officer, "8", "attended_already"),
        (OfficerFactory(), "8.5", "hours_beyond_training"),
    ):
        with pytest.raises(RuleViolation) as found:
            training.attend(session=session, officer=person, hours=Decimal(hours), actor=lawyer, at=at)
        assert found.value.code == code
    with pytest.raises(IntegrityError, match="longer"), transaction.atomic():
        TrainingAttendance.objects.create(session=session, officer=OfficerFactory(), hours=Decimal(9))
    with pytest.raises(DatabaseError), transaction.atomic():
        TrainingAttendance.objects.update(hours=Decimal(1))
    assert TrainingAttendance.objects.count() == 1


def test_a_training_is_recorded_once_and_not_ahead(officer, lawyer, at):
    held(lawyer, at, [officer])
    for on, code in ((DAY, "training_recorded"), (date(2026, 3, 3), "training_ahead")):
        with pytest.raises(RuleViolation) as found:
            held(lawyer, at, [], on=on)
        assert found.value.code == code
    assert TrainingSession.objects.count() == 1


@pytest.mark.parametrize(
    ("on", "name", "last"),
    [
        (date(2026, 3, 30), "2025Q4", date(2025, 12, 31)),
        (date(2026, 3, 31), "2026Q1", date(2026, 3, 31)),
        (date(2026, 4, 1), "2026Q1", date(2026, 3, 31)),
        (date(2026, 12, 31), "2026Q4", date(2026, 12, 31)),
    ],
)
def test_the_quarter_that_ended_last(on, name, last):
    assert (quarter_ended(on).name, quarter_ended(on).last_day) == (name, last)


def test_each_person_behind_is_told_once_a_quarter(officer, lawyer, at):
    trained = OfficerFactory(certified=True)
    held(lawyer, at, [trained, officer], hours="30")
    held(lawyer, at, [trained], title="裁量基准", hours="30")
    assert training.warn_at_quarter_end(at=AFTER_QUARTER) == 1
    assert training.warn_at_quarter_end(at=AFTER_QUARTER) == 1
    (notice,) = Notice.objects.filter(kind="training_behind")
    assert notice.recipient_id == officer.pk
    assert notice.params == {"hours": "30.0", "asked": "60", "times": "1", "least": "2"}
    training.warn_at_quarter_end(at=datetime(2026, 7, 1, 1, tzinfo=UTC))
    assert Notice.objects.filter(kind="training_behind", recipient=officer).count() == 2


def test_the_warning_is_on_the_timetable():
    assert "townships.warn_of_training" in {row["task"] for row in app.conf.beat_schedule.values()}


def test_the_ledger_is_kept_by_the_legal_department(officer, lawyer, sign_in, freeze):
    freeze("2026-03-10 10:00")
    values = {"title": "轮训", "held_on": "2026-03-09", "hours": "8", "organiser": BodyFactory().pk}
    values["attended"] = [officer.pk]
    assert sign_in(officer).post(reverse("training_new"), values).status_code == 403
    client = sign_in(lawyer)
    assert client.post(reverse("training_new"), values).status_code == 302
    late = OfficerFactory(certified=True)
    door = reverse("api_training-attend", args=[TrainingSession.objects.get().pk])
    answer = client.post(door, {"officer": late.pk, "hours": "4"}, content_type="application/json")
    assert answer.status_code == 200
    page = client.get(reverse("training")).content.decode()
    assert "轮训" in page
    assert officer.name in page
    rows = {row["officer"]: row["hours"] for row in client.get(reverse("api_training")).json()}
    assert rows == {officer.pk: "8.0", late.pk: "4.0"}


def test_the_rail_knows_a_register_as_part_of_the_force(lawyer):
    active = [link.key for link in navigation.links(lawyer, DAY, "/training/record/") if link.active]
    assert active == ["officers"]
