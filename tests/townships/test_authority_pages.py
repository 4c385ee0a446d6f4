"""Authority through the pages: matrix, one grant, one township, one question."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from tests.factories.townships import AuthorityGrantFactory, BodyFactory, OfficerFactory
from townships.models import AuthorityGrant, GrantStatus
from townships.roles import Role

pytestmark = pytest.mark.django_db
ACTS = ["grant_sign", "grant_publish", "grant_suspend", "grant_resume", "grant_revoke"]


@pytest.fixture(autouse=True)
def today(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def reader(county_seat):
    return OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])


def test_the_matrix_shows_counts_that_open_their_rows(new_item, township, department, reader, sign_in):
    grant = AuthorityGrantFactory(
        principal=department, holder=township, items=[new_item(), new_item()], valid_to=date(2026, 4, 1)
    )
    AuthorityGrantFactory(items=[new_item()])
    client = sign_in(reader)
    response = client.get(reverse("agreements"))
    cells = {(row.department, place): cell for row in response.context["matrix"] for place, cell in row.cells}
    assert cells[department, township].count == 2
    assert cells[department, township].ends_soon
    assert None in cells.values(), "where nothing was handed on"
    assert response.context["grand_total"] == 3
    opened = client.get(
        f"{reverse('agreements')}?department={department.pk}&township={township.pk}&on=2026-03-02"
    )
    assert opened.context["page"].object_list == [grant]
    assert client.get(f"{reverse('agreements')}?on=2024-01-01").context["grand_total"] == 0


def test_a_day_that_cannot_be_read_shows_today(reader, sign_in):
    response = sign_in(reader).get(f"{reverse('agreements')}?on=2026-02-31")
    assert response.context["on"] == date(2026, 3, 2)


def test_the_list_is_exported_whole(item, reader, sign_in):
    grant = AuthorityGrantFactory(items=[item])
    response = sign_in(reader).get(f"{reverse('agreements')}?export=csv")
    assert grant.number in b"".join(response.streaming_content).decode("utf-8-sig")


def test_the_list_costs_the_same_for_many(new_item, reader, sign_in, django_assert_max_num_queries):
    for _number in range(10):
        AuthorityGrantFactory(items=[new_item()])
    client = sign_in(reader)
    with django_assert_max_num_queries(20):
        client.get(reverse("agreements"))


def test_a_grant_is_drafted_signed_published_and_revoked_on_its_pages(
    new_item, township, department, lawyer, sign_in
):
    new_item(code="330299001")
    new_item(code="330299002")
    client = sign_in(lawyer)
    response = client.post(
        reverse("grant_new"),
        {
            "mode": "delegated",
            "source": department.pk,
            "holder": township.pk,
            "number": "农委〔2026〕9号",
            "legal_basis": "《农业法》第八十七条",
            "powers": "立案、调查",
            "qualification_note": "已核实",
            "valid_from": "2026-03-01",
            "valid_to": "2027-02-28",
            "codes": "330299001\n330299002\n\n330299001",
        },
    )
    assert response.status_code == 302
    grant = AuthorityGrant.objects.get()
    assert grant.items.count() == 2
    client.post(reverse("grant_sign", args=[grant.pk]), {"signed_on": "2026-03-01"})
    client.post(
        reverse("grant_publish", args=[grant.pk]),
        {"by_principal_on": "2026-03-02", "by_holder_on": "2026-03-02"},
    )
    grant.refresh_from_db()
    assert grant.status == GrantStatus.IN_FORCE
    page = client.get(reverse("grant", args=[grant.pk])).content.decode()
    assert "占用消防通道" in page
    assert "青禾县农业农村局" in page
    assert "县级 2026-03-02" in page
    assert "乡镇 2026-03-02" in page
    row = grant.items.first()
    client.post(
        reverse("grant_item_withdraw", args=[grant.pk, row.pk]),
        {"withdrawn_on": "2026-03-05", "reason": "零使用"},
    )
    client.post(reverse("grant_revoke", args=[grant.pk]), {"revoked_on": "2026-04-01", "reason": "调整"})
    grant.refresh_from_db()
    assert grant.status == GrantStatus.REVOKED
    assert "零使用" in client.get(reverse("grant", args=[grant.pk])).content.decode()


def test_a_grant_revoked_from_a_later_day_is_not_called_revoked_before(item, reader, sign_in):
    grant = AuthorityGrantFactory(items=[item], status=GrantStatus.REVOKED, revoked_on=date(2026, 3, 3))
    for address in (reverse("agreements"), reverse("grant", args=[grant.pk])):
        assert "自 2026-03-03 撤销" in sign_in(reader).get(address).content.decode()
        with time_machine.travel(date(2026, 3, 3), tick=False):
            later = sign_in(reader).get(address).content.decode()
        assert "自 2026-03-03 撤销" not in later
        assert "已撤销" in later


def test_unknown_codes_are_named_and_nothing_is_saved(township, department, lawyer, sign_in):
    response = sign_in(lawyer).post(
        reverse("grant_new"),
        {
            "mode": "empowered",
            "source": department.pk,
            "holder": township.pk,
            "number": "青政发〔2026〕1号",
            "legal_basis": "《浙江省综合行政执法条例》第九条",
            "decision_document": "浙政发〔2024〕11号",
            "valid_from": "2026-03-01",
            "codes": "999",
        },
    )
    assert response.status_code == 409
    assert "999" in response.content.decode()
    assert not AuthorityGrant.objects.exists()


def test_only_the_legal_department_acts_on_grants(item, sign_in, county_seat):
    grant = AuthorityGrantFactory(items=[item])
    paths = [reverse(name, args=[grant.pk]) for name in ACTS]
    paths += [
        reverse("grant_new"),
        reverse("grant_item_withdraw", args=[grant.pk, grant.items.get().pk]),
    ]
    for role in set(Role) - {Role.LEGAL_DEPARTMENT}:
        client = sign_in(OfficerFactory(roles=[role]))
        assert {client.post(path).status_code for path in paths} == {403}, role
    grant.refresh_from_db()
    assert grant.status == GrantStatus.IN_FORCE


def test_an_act_against_the_state_is_refused_where_one_stands(item, lawyer, sign_in):
    grant = AuthorityGrantFactory(items=[item])
    response = sign_in(lawyer).post(reverse("grant_sign", args=[grant.pk]), {"signed_on": "2026-03-01"})
    assert response.status_code == 409
    assert "不能办理此项" in response.content.decode()


def test_a_township_page_lists_what_it_may_do_that_day(item, township, department, reader, sign_in):
    AuthorityGrantFactory(principal=department, holder=township, items=[item], valid_from=date(2026, 3, 1))
    client, path = sign_in(reader), reverse("township_powers", args=[township.pk])
    page = client.get(f"{path}?on=2026-03-02").content.decode()
    assert "占用消防通道" in page
    assert "以青禾县农业农村局名义" in page
    assert "占用消防通道" not in client.get(f"{path}?on=2026-02-28").content.decode()
    assert client.get(reverse("township_powers", args=[department.pk])).status_code == 404


def test_the_question_page_says_who_in_whose_name_and_why_not_the_others(
    new_item, township, department, reader, sign_in
):
    item = new_item(code="330288001")
    AuthorityGrantFactory(own=True, holder=department, items=[item])
    AuthorityGrantFactory(principal=department, holder=township, items=[item])
    asked = f"{reverse('authority')}?item=330288001&township={township.pk}&on=2026-03-02"
    page = sign_in(reader).get(asked).content.decode()
    assert "江口镇人民政府" in page
    assert "第二十条" in page
    assert "已委托乡镇" in page


def test_the_question_page_says_when_nobody_may_act(item, township, reader, sign_in):
    asked = f"{reverse('authority')}?item={item.uid}&township={township.pk}&on=2026-03-02"
    assert "没有机关" in sign_in(reader).get(asked).content.decode()


def test_an_unknown_item_is_told_as_such(township, reader, sign_in):
    asked = f"{reverse('authority')}?item=没有的事&township={township.pk}"
    assert "没有找到这个事项" in sign_in(reader).get(asked).content.decode()


def test_versions_of_one_agreement_stand_side_by_side(new_item, township, department, reader, sign_in):
    old = AuthorityGrantFactory(
        principal=department,
        holder=township,
        items=[new_item()],
        valid_from=date(2024, 1, 1),
        valid_to=date(2024, 12, 31),
        status=GrantStatus.EXPIRED,
    )
    new = AuthorityGrantFactory(principal=department, holder=township, items=[new_item()])
    AuthorityGrantFactory(principal=department, holder=BodyFactory())
    response = sign_in(reader).get(reverse("grant", args=[new.pk]))
    assert [version for version, _words in response.context["versions"]] == [new, old]
