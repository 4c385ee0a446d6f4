"""A county tells what its bodies may do by law: by list, by area, by name; a decision where one is needed."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.catalog import ListMembershipFactory
from townships.models import AuthorityGrant, GrantStatus, Mode
from townships.selectors.authority import holders_of_item

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _on_that_day(freeze):
    freeze("2026-03-02 09:00")


def said(holder, **more):
    basis = "《城市市容和环境卫生管理条例》第四条"
    return {"mode": "own", "holder": holder.pk, "legal_basis": basis, "valid_from": "2026-01-01", **more}


def test_a_list_and_single_items_are_registered_on_the_page(new_item, department, lawyer, sign_in):
    listed, named, other = new_item(), new_item(code="330299001"), new_item()
    row = ListMembershipFactory(item=listed, field="市容", valid_from=date(2026, 1, 1))
    values = said(department, power_list=row.power_list_id, areas="市容", codes="330299001")
    client = sign_in(lawyer)
    assert client.post(reverse("power_new"), values).status_code == 302
    assert AuthorityGrant.objects.get().status == GrantStatus.IN_FORCE
    holders = [[row.holder for row in holders_of_item(item, DAY)] for item in (listed, named, other)]
    assert holders == [[department], [department], []]


def test_rest_registers_the_same(new_item, department, lawyer, sign_in):
    new_item(code="330299001")
    answer = sign_in(lawyer).post(
        "/api/v1/grants/register/",
        said(department, codes="330299001"),
        content_type="application/json",
    )
    assert answer.status_code == 200
    assert AuthorityGrant.objects.get().mode == Mode.OWN


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "concentrated", "codes": "330299001"},
        {"mode": "delegated", "codes": "330299001"},
        {"codes": ""},
        {"codes": "330299001", "areas": "市容"},
        {"codes": "没有这一项"},
    ],
    ids=["no decision", "needs an agreement", "no items", "areas of no list", "unknown item"],
)
def test_a_power_that_lacks_something_is_refused(new_item, department, lawyer, sign_in, wrong):
    new_item(code="330299001")
    answer = sign_in(lawyer).post(reverse("power_new"), said(department, **wrong))
    assert answer.status_code in {200, 400, 409, 422}
    assert not AuthorityGrant.objects.exists()
