"""Under delegation a document stands in the principal's name; service and database refuse anything else."""

import pytest
from django.db import IntegrityError, transaction

from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.instruments.services import issue
from law.errors import RuleViolation
from tests.clocks.conftest import moment, walked
from tests.doors.county import found_county
from tests.doors.script import before_filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(db):
    return found_county()


def test_a_delegated_case_in_the_delegatees_own_name_issues_nothing(county):
    case = walked(county, list(before_filing(county))[:4]).case()
    papers = Instrument.objects.count()
    case.mode, case.named = "delegated", case.handler
    with pytest.raises(RuleViolation) as refusal, transaction.atomic():
        issue(
            case=case, kind=Kind.FILING_APPROVAL, actor=county.head, at=moment("2026-03-05T09:00"), content={}
        )
    assert refusal.value.code == "delegated_decision_in_principal_name"
    assert refusal.value.unblock
    assert Instrument.objects.count() == papers
    with pytest.raises(IntegrityError), transaction.atomic():
        case.save()
