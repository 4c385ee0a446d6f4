"""F193: a township that will fall below the number asked is red before it happens."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.factories.townships import BodyFactory, CertificateFactory, OfficerFactory, SecondmentFactory
from townships.models import BarReason, CertificateBar
from townships.roles import Role
from townships.selectors.forecast import outlooks

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
SOON = DAY + timedelta(days=30)


@pytest.fixture
def township():
    body = BodyFactory()
    OfficerFactory.create_batch(9, body=body, certified=True)
    return body


def outlook(body):
    return next(row for row in outlooks(DAY) if row.body == body)


def tenth(body, **card):
    return CertificateFactory(officer=OfficerFactory(body=body), **card)


def test_ten_for_the_whole_time_is_green(township):
    tenth(township)
    row = outlook(township)
    assert (row.now, row.then, row.needed, row.falls_on, row.tone) == (10, 10, 10, None, "green")


def test_a_certificate_that_ends_turns_the_township_red_before_the_day(township):
    card = tenth(township, valid_to=SOON)
    row = outlook(township)
    assert (row.now, row.then, row.falls_on, row.tone) == (10, 9, SOON + timedelta(days=1), "red")
    assert [(loss.officer, loss.first_day_without) for loss in row.losses] == [(card.officer, row.falls_on)]


@pytest.mark.parametrize(("days", "tone"), [(89, "red"), (90, "green")])
def test_the_horizon_is_ninety_days(township, days, tone):
    tenth(township, valid_to=DAY + timedelta(days=days))
    assert outlook(township).tone == tone


def test_an_annual_check_that_falls_due_counts(township):
    card = tenth(township)
    CertificateBar.objects.create(certificate=card, reason=BarReason.UNCHECKED, valid_from=SOON)
    assert outlook(township).falls_on == SOON


def test_a_loss_that_leaves_enough_is_amber(township):
    tenth(township)
    tenth(township, valid_to=SOON)
    assert (outlook(township).falls_on, outlook(township).tone) == (None, "amber")


def test_too_few_today_is_red_without_a_day_of_fall(township):
    row = outlook(township)
    assert (row.now, row.falls_on, row.tone) == (9, None, "red")


def test_a_renewed_certificate_is_no_loss(township):
    card = tenth(township, valid_to=SOON)
    CertificateFactory(officer=card.officer, number=card.number, valid_from=SOON + timedelta(days=1))
    assert outlook(township).tone == "green"


def test_the_end_of_a_station_an_approved_move_and_a_departure_count(township):
    lent = SecondmentFactory(using=township, valid_to=SOON)
    assert outlook(township).losses[0].officer == lent.officer
    leaver = OfficerFactory(body=township, certified=True, serves_to=SOON)
    mover = OfficerFactory(body=township, certified=True, moves_on=SOON, moves_to=BodyFactory())
    days = {loss.officer: loss.first_day_without for loss in outlook(township).losses}
    after = SOON + timedelta(days=1)
    assert days == {lent.officer: after, leaver: after, mover: SOON}


def test_the_forecast_costs_the_same_for_many(township, django_assert_max_num_queries):
    OfficerFactory.create_batch(6, certified=True)
    # The first answer reads the county's settings, too, which the process holds from then on.
    seen = outlooks(DAY)
    with django_assert_max_num_queries(4):
        assert outlooks(DAY) == seen


def test_the_page_names_the_day_and_the_person(township, sign_in, freeze):
    freeze("2026-03-02 10:00")
    card = tenth(township, valid_to=SOON)
    viewer = OfficerFactory(roles=[Role.HEAD])
    page = sign_in(viewer).get(reverse("forecast")).content.decode()
    assert f"{SOON + timedelta(days=1)} 起不足" in page
    assert card.officer.name in page
    rows = sign_in(viewer).get(reverse("api_forecast")).json()
    (row,) = [row for row in rows if row["body"] == township.pk]
    assert (row["now"], row["falls_on"]) == (10, str(SOON + timedelta(days=1)))
