"""F003: what was filed before an item was transferred is finished where it was filed."""

import pytest

from cases.dossier import authority, law_book
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.routing import ending
from law.errors import RuleViolation
from tests.cases.routing.held import Held
from tests.doors.drivers import instant
from tests.factories.townships import AuthorityGrantFactory, BodyFactory
from townships.models import AuthorityGrant

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY = instant("2026-03-06T17:00"), instant("2026-03-09T08:30")


@pytest.fixture
def held():
    law_book.forget()
    yield Held()
    law_book.forget()


def fresh(case):
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("mode", ["own", "delegated"])
def test_a_filed_case_is_finished_where_it_was_filed_and_a_lead_goes_to_whom_the_item_went(held, mode):
    grant = held.delegated() if mode == "delegated" else AuthorityGrant.objects.get(holder=held.department)
    filed = held.case(grant, at=FRIDAY)
    lead = held.case(grant, at=FRIDAY, number=2, stage=Stage.VERIFYING)
    bureau = BodyFactory(bureau=True)
    AuthorityGrantFactory(concentrated=True, holder=bureau, items=[held.item], valid_from=MONDAY.date())
    ending.settle_ended(at=MONDAY)
    finding = authority.require(fresh(filed), on=MONDAY.date())
    assert (finding["outcome"], finding["grant_id"]) == ("continued", grant.pk)
    assert "事项划转前已立案" in finding["reasons_zh"][0]
    assert fresh(filed).handler == grant.holder
    with pytest.raises(RuleViolation):
        authority.require(fresh(lead), on=MONDAY.date())
    assert authority.verdict_of(fresh(lead), on=MONDAY.date()).handler_id == bureau.pk
