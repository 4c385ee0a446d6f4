"""When a body ends, what was held for it ends with it, on the record, and is given anew for its successor."""

from datetime import UTC, date, datetime

import pytest

from audit.selectors import trail_of
from law.errors import RuleViolation
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.models import RoleGrant
from townships.roles import Role
from townships.services import appointments, bodies

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
LAST, NEXT = date(2026, 3, 31), date(2026, 4, 1)


@pytest.fixture
def ended(lawyer):
    """A township that merges into another; somebody of the county supervises it by name."""
    old, new = BodyFactory(), BodyFactory()
    supervisor = OfficerFactory(body=None, roles=[(Role.SUPERVISOR, old), (Role.SUPERVISOR, new)])
    bodies.end_body(body=old, last_day=LAST, successor=new, document="浙政函〔2026〕1号", actor=lawyer, at=AT)
    return old, new, supervisor


def test_a_role_for_the_body_ends_on_its_last_day_and_others_stay(ended):
    old, new, supervisor = ended
    held = {row.body_id: row.valid_to for row in RoleGrant.objects.filter(officer=supervisor)}
    assert held == {old.pk: LAST, new.pk: None}
    supervisor.forget_access()
    assert supervisor.may("case.view", LAST, old.pk)
    assert not supervisor.may("case.view", NEXT, old.pk)
    assert supervisor.may("case.view", NEXT, new.pk)


def test_the_end_stands_on_the_trail_of_person_and_body(ended):
    old, _new, supervisor = ended
    told = [event for event in trail_of(f"officer:{supervisor.pk}") if event.verb == "role_ended"]
    assert [event.payload["body"] for event in told] == [old.pk]
    held = RoleGrant.objects.get(officer=supervisor, body=old)
    event = next(event for event in trail_of(f"body:{old.pk}") if event.verb == "body_ended")
    assert event.payload["roles_ended"] == [held.pk]


def test_no_role_is_given_for_a_body_that_is_no_more(ended, administrator):
    old, _new, supervisor = ended
    old.refresh_from_db()
    before = RoleGrant.objects.count()
    with pytest.raises(RuleViolation) as refused:
        appointments.set_role(
            officer=supervisor, role=Role.SUPERVISOR, body=old, valid_from=NEXT, actor=administrator, at=AT
        )
    assert refused.value.code == "body_gone"
    assert refused.value.unblock
    assert RoleGrant.objects.count() == before
