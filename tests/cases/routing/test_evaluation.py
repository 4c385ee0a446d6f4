"""F022, F024: sheets fill from the cases; what is never used speaks for recall, and recall moves cases."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.dossier.models import Assignment
from cases.dossier.stages import Stage
from cases.routing import ending, evaluation
from cases.routing.models import HandOver
from tests.cases.routing.held import Held
from tests.doors.drivers import at, instant
from tests.factories.catalog import ItemFactory
from tests.factories.townships import AuthorityGrantFactory, OfficerFactory
from townships.services import lifecycle

pytestmark = pytest.mark.django_db
YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
MARCH = instant("2026-03-06T10:00")


@pytest.fixture
def held():
    return Held()


def test_the_five_criteria_are_counted_from_the_cases(held):
    grant = held.delegated()
    cases = [held.case(grant, at=MARCH + timedelta(days=n), number=n) for n in (1, 2, 3)]
    model = type(cases[0])
    model.objects.filter(pk=cases[0].pk).update(source="hotline", decided_on=date(2026, 3, 17))
    model.objects.filter(pk=cases[1].pk).update(decided_on=date(2026, 3, 28))
    guest = OfficerFactory(body=held.department)
    Assignment.objects.create(case=cases[2], officer=guest, duty="joint", began_on=MARCH.date())
    outside = held.case(grant, at=MARCH, number=9)
    model.objects.filter(pk=outside.pk).update(found_on=date(2025, 12, 31))
    (sheet,) = evaluation.evaluate(**YEAR)
    assert (sheet.cases, sheet.complaints, sheet.found, sheet.joint) == (3, 1, 2, 1)
    assert (sheet.decided, sheet.days, sheet.returned) == (2, 15.0, 0)
    assert sheet.advice == evaluation.KEEP


def test_an_item_never_used_stands_first_and_speaks_for_recall(held):
    unused = ItemFactory()
    AuthorityGrantFactory(principal=held.department, holder=held.township, items=[unused])
    held.case(held.delegated(), at=MARCH)
    first, second = evaluation.evaluate(**YEAR)
    assert (first.row.item, first.cases, first.advice) == (unused, 0, "recall")
    assert second.advice == "keep"
    assert evaluation.evaluate(**YEAR, township_id=held.department.pk) == []


def test_recalling_an_item_moves_its_open_cases_with_a_list(held):
    grant = held.delegated()
    case = held.case(grant, at=MARCH)
    held.case(grant, at=MARCH, number=2, stage=Stage.CLOSED)
    lifecycle.withdraw_item(
        row=grant.items.get(),
        withdrawn_on=date(2026, 3, 10),
        reason="评估后收回",
        actor=held.lawyer,
        at=instant("2026-03-09T10:00"),
    )
    assert ending.settle_ended(at=instant("2026-03-09T23:00")).moved == 0
    assert ending.settle_ended(at=instant("2026-03-10T00:10")).moved == 1
    handed = HandOver.objects.get()
    assert (handed.case, handed.to_body) == (case, held.department)


def test_the_sheet_is_for_those_who_oversee(held, login):
    held.delegated()
    with at("2026-03-20T09:00"):
        assert login(held.officers[0]).get(reverse("evaluation")).status_code == 403
        assert login(held.officers[0]).get("/api/v1/authority/evaluation/").status_code == 403
        page = login(held.lawyer).get(f"{reverse('evaluation')}?since=nonsense")
        assert "收回" in page.content.decode()
        (row,) = login(held.head).get("/api/v1/authority/evaluation/").json()
    assert (row["cases"], row["advice"]) == (0, "recall")
