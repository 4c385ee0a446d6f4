"""The page of handing a case over says who would take it, and offers nobody where nobody would."""

from datetime import date

import pytest
from django.urls import reverse

from cases.dossier import law_book
from cases.routing.panels import routing_card
from tests.cases.routing.held import Held
from tests.doors.drivers import at, instant
from tests.factories.catalog import ItemVersionFactory
from townships.models import AuthorityGrant
from townships.selectors import authority_for

pytestmark = pytest.mark.django_db
FRIDAY, SUNDAY = "2026-03-06T17:00", date(2026, 3, 8)
CARD = 'class="box route"'


@pytest.fixture
def held():
    law_book.forget()
    yield Held()
    law_book.forget()


def page_of(client, case) -> str:
    answer = client.get(reverse("act-hand-over", args=[case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_while_its_own_body_keeps_the_case_the_page_says_so_and_shows_no_choice(held, login):
    case = held.case(held.delegated(valid_to=SUNDAY), at=instant(FRIDAY))
    with at(FRIDAY):
        page = page_of(login(held.head), case)
    assert "仍由现承办机关办理，无须移交" in page
    assert CARD not in page


def test_when_another_body_may_act_the_page_names_it(held, login):
    grant = held.delegated(valid_to=SUNDAY)
    case = held.case(grant, at=instant(FRIDAY))
    with at("2026-03-09T09:00"):
        page = page_of(login(held.head), case)
    assert "移交去向" in page
    assert f"{grant.number}的授权当日已届满" in page
    assert f"由{held.department.name}办理" in page
    assert "无须移交" not in page


def facts_of(held, version):
    verdict = authority_for(item=held.item, township=held.township, on=SUNDAY)
    return dict(routing_card(verdict, version=version, township=held.township, on=SUNDAY)["facts"])


def test_the_card_cites_the_registered_provision_and_the_reach_of_a_power_by_law(held):
    version = held.item.versions.get()
    grant = AuthorityGrant.objects.get(holder=held.department)
    facts = facts_of(held, version)
    assert (facts["依据"], facts["范围"]) == (grant.legal_basis, "全县")
    assert facts["处罚依据"] == f"{version.statute_name}{version.penalty_article}"
    assert "待补充" in facts_of(held, ItemVersionFactory.build(bare=True))["处罚依据"]
    held.delegated()
    facts = facts_of(held, version)
    assert ("第二十条" in facts["依据"], facts["范围"]) == (True, held.township.short_name)
