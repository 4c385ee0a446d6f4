"""F028: 90 and 30 days before an agreement ends both sides are warned, with the cases that outlive it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.clocks.models import Clock
from cases.dossier.stages import Stage
from cases.routing import forecast
from desk.models import Notice
from tests.cases.routing.held import Held
from tests.doors.drivers import at, instant
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.roles import Role
from townships.services.lifecycle import revoke_grant

pytestmark = pytest.mark.django_db
END = date(2026, 5, 31)
FILED = instant("2026-03-06T10:00")


@pytest.fixture
def held():
    return Held()


@pytest.fixture
def grant(held):
    return held.delegated(valid_to=END)


def days_before(days):
    return instant(f"{END - timedelta(days=days)}T08:00")


def test_only_cases_whose_time_to_decide_reaches_beyond_the_end_outlive_it(held, grant):
    late = held.case(grant, at=FILED, number=1)
    soon = held.case(grant, at=instant("2026-02-20T10:00"), number=2)
    unfiled = held.case(grant, at=FILED, number=3, stage=Stage.VERIFYING)
    decided = held.case(grant, at=FILED, number=4, stage=Stage.DECIDED)
    type(decided).objects.filter(pk=decided.pk).update(decided_on=date(2026, 3, 9))
    due = {case.pk: Clock.objects.get(case=case).due_on for case in (late, soon)}
    assert due[soon.pk] <= END < due[late.pk]
    assert [case.pk for case in forecast.outliving(grant)] == [late.pk, unfiled.pk]


def test_each_side_and_the_legal_department_are_warned_once_a_step(held, grant):
    held.case(grant, at=FILED)
    township_head = OfficerFactory(body=held.township, principal_head=True)
    assert forecast.warn_of_endings(at=days_before(91)) == 0
    for days in (90, 60, 31):
        assert forecast.warn_of_endings(at=days_before(days)) == 1
    told = {township_head, held.head, held.lawyer}
    assert {notice.recipient for notice in Notice.objects.all()} == told
    assert Notice.objects.count() == len(told)
    assert "还有90天到期，1件在办案件可能办不完" in Notice.objects.first().headline
    for days in (30, 5, 0):
        forecast.warn_of_endings(at=days_before(days))
    assert Notice.objects.count() == 2 * len(told)
    assert forecast.warn_of_endings(at=days_before(-1)) == 0


def test_a_revocation_dated_ahead_is_warned_of_by_its_day_not_by_the_term(held, grant):
    case = held.case(grant, at=instant("2026-02-20T10:00"))
    assert Clock.objects.get(case=case).due_on <= END
    terms = {"revoked_on": date(2026, 4, 11), "reason": "收回", "actor": held.lawyer}
    revoke_grant(grant=grant, at=instant("2026-03-20T09:00"), **terms)
    (ending,) = forecast.endings(date(2026, 3, 21))
    assert (ending.grant, ending.days_left, ending.step, ending.cases) == (grant, 20, 30, [case])
    assert forecast.warn_of_endings(at=instant("2026-03-21T08:00")) == 1
    assert "还有20天到期，1件在办案件可能办不完" in Notice.objects.first().headline
    assert [ending.days_left for ending in forecast.endings(date(2026, 4, 10))] == [0]
    assert forecast.endings(date(2026, 4, 11)) == []


def test_page_and_rest_count_all_and_show_only_cases_one_may_see(held, grant, login):
    case = held.case(grant, at=FILED)
    stranger = OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER])
    with at("2026-03-20T09:00"):
        own = login(held.officers[0])
        assert case.number in own.get(reverse("ending_cases")).content.decode()
        (row,) = own.get("/api/v1/authority/endings/").json()
        assert (row["outliving"], row["cases"], row["step"]) == (1, [case.pk], 90)
        other = login(stranger)
        assert case.number not in other.get(reverse("ending_cases")).content.decode()
        assert other.get("/api/v1/authority/endings/").json()[0]["cases"] == []


def test_the_agreement_page_leads_there(held, grant, login):
    with at("2026-03-20T09:00"):
        page = login(held.lawyer).get(reverse("agreements")).content.decode()
    assert reverse("ending_cases") in page
