"""A county tells what its bodies may do by law: by list, by area, by name; a decision where one is needed."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.catalog import ListMembershipFactory
from tests.factories.townships import AuthorityGrantFactory
from townships.models import AuthorityGrant, GrantStatus, Mode
from townships.selectors.authority import authority_for, holders_of_item
from townships.views.authority import AgreementList

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
    ListMembershipFactory(item=new_item(code="330299001"), field="市容", valid_from=date(2026, 1, 1))
    answer = sign_in(lawyer).post(reverse("power_new"), said(department, **wrong))
    assert answer.status_code in {200, 400, 409, 422}
    assert not AuthorityGrant.objects.exists()


def test_the_areas_of_a_list_are_chosen_and_one_that_no_list_names_is_refused(
    new_item, department, lawyer, sign_in
):
    row = ListMembershipFactory(item=new_item(), field="市容", valid_from=date(2026, 1, 1))
    client = sign_in(lawyer)
    assert 'value="市容"' in client.get(reverse("power_new")).content.decode()
    values = said(department, power_list=row.power_list_id, areas="市容环卫")
    assert client.post(reverse("power_new"), values).status_code == 422
    assert not AuthorityGrant.objects.exists()


def test_a_power_by_law_is_not_filed_by_an_address_typed_by_hand(new_item, department, lawyer, sign_in):
    grant = AuthorityGrantFactory(own=True, holder=department, items=[new_item()])
    before = AuthorityGrant.objects.filter(pk=grant.pk).values().get()
    page, rest = reverse("grant_file", args=[grant.pk]), f"/api/v1/grants/{grant.pk}/file/"
    values = {"filed_on": "2026-03-02", "filing_number": "备〔2026〕1号"}
    client = sign_in(lawyer)
    refused = client.post(page, values)
    assert refused.status_code == 409
    assert "法定职权自登记的生效日期起即有效" in refused.content.decode()
    told = client.post(rest, values, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (409, "nothing_to_file")
    assert AuthorityGrant.objects.filter(pk=grant.pk).values().get() == before


def test_a_finding_cites_the_provision_registered_for_a_power_by_law(new_item, department, township):
    item = new_item()
    basis = "《城市市容和环境卫生管理条例》第四条"
    AuthorityGrantFactory(own=True, holder=department, legal_basis=basis, items=[item])
    assert authority_for(item=item, township=township, on=DAY).article == basis
    AuthorityGrantFactory(principal=department, holder=township, items=[item])
    assert authority_for(item=item, township=township, on=DAY).article.endswith("第二十条")


def test_agreements_stand_in_the_order_of_their_numbers_page_by_page(sign_in, lawyer, monkeypatch):
    numbers = ["补充协议", "农委〔2025〕9号", "农委〔2026〕1号", "城委〔2026〕2号", "城委〔2026〕10号"]
    for number in reversed(numbers):
        AuthorityGrantFactory(number=number)
    monkeypatch.setattr(AgreementList, "page_size", 2)
    client, found, cursor = sign_in(lawyer), [], ""
    while cursor is not None:
        page = client.get(reverse("agreements"), {"sort": "number", "cursor": cursor}).context["page"]
        found += [grant.number for grant in page.object_list]
        cursor = page.next_cursor
    assert found == numbers
