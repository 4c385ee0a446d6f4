"""F003: what was filed before an item was transferred is finished where it was filed."""

import pytest

from cases.dossier import authority, law_book
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.routing import delivery, ending, forecast
from cases.routing.models import HandOver
from desk.models import Notice
from law.errors import RuleViolation
from tests.cases.routing.held import Held
from tests.doors.drivers import instant
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, OfficerFactory
from townships.models import AuthorityGrant
from townships.roles import Role
from townships.services import lifecycle

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
    assert authority.verdict_of(fresh(lead), on=MONDAY.date()).handler_id == bureau.pk
    if mode == "own":
        with pytest.raises(RuleViolation) as refused:
            authority.require(fresh(lead), on=MONDAY.date())
        assert refused.value.link == "case:hand-over"
    else:
        assert (fresh(lead).handler, HandOver.objects.get().case) == (bureau, lead)


def lose_power(held):
    own = AuthorityGrant.objects.get(holder=held.department)
    lifecycle.revoke_grant(
        grant=own, revoked_on=MONDAY.date(), reason="机构改革", actor=held.lawyer, at=FRIDAY
    )


def test_a_delegated_case_whose_principal_lost_its_power_goes_to_whom_it_went(held):
    filed = held.case(held.delegated(), at=FRIDAY)
    successor = BodyFactory(department=True)
    AuthorityGrantFactory(own=True, holder=successor, items=[held.item], valid_from=MONDAY.date())
    lose_power(held)
    assert not ending.resting_on_nothing(FRIDAY.date()).exists()
    assert ending.settle_ended(at=MONDAY).moved == 1
    assert (fresh(filed).handler, fresh(filed).named) == (successor, successor)
    assert HandOver.objects.get().ground == HandOver.Ground.PRINCIPAL_LOST


def test_both_sides_and_the_legal_department_are_told_once_of_a_delegation_without_base(held):
    grant = held.delegated()
    lose_power(held)
    assert forecast.warn_of_lost_bases(at=FRIDAY) == 0
    for _again in range(2):
        assert forecast.warn_of_lost_bases(at=MONDAY) == 1
    told = Notice.objects.filter(kind="grant_without_base")
    assert {notice.recipient for notice in told} == {held.head, held.lawyer}
    assert told.count() == 2
    assert told[0].params == {"grant": grant.number, "items": "1"}


def test_those_who_lost_a_case_are_told_to_stop_and_to_give_it_over(held):
    case = held.case(held.delegated(), at=FRIDAY)
    leader = OfficerFactory(body=held.township, roles=[Role.TEAM_LEADER])
    lose_power(held)
    AuthorityGrantFactory(own=True, holder=BodyFactory(department=True), items=[held.item])
    ending.settle_ended(at=MONDAY)
    for _again in range(2):
        delivery.tell_giver(hand_over_id=HandOver.objects.get().pk, at=MONDAY)
    told = Notice.objects.filter(kind="hand_over_given")
    assert {notice.recipient for notice in told} == {leader, *held.officers}
    assert told.count() == 3
    assert "请停止对外行为" in told[0].title
    assert case.cause in told[0].params["case"]


def test_where_the_power_went_to_nobody_the_act_is_refused_and_the_legal_department_told(held):
    filed = held.case(held.delegated(), at=FRIDAY)
    lose_power(held)
    assert ending.settle_ended(at=MONDAY).stuck == 1
    assert Notice.objects.get(kind="hand_over_stuck").recipient == held.lawyer
    with pytest.raises(RuleViolation, match="委托机关当日已无该项处罚权") as refused:
        authority.require(fresh(filed), on=MONDAY.date())
    assert refused.value.link == "authority"
    assert fresh(filed).handler == held.township
