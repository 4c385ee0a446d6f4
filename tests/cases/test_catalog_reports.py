"""Items joined with cases: what lies unused, what an amended law touches, and old cases that stay."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cases.dossier.models import Case
from cases.oversight.catalog_reports import impact, unused
from tests.cases.standing import standing_at
from tests.doors.drivers import at, instant
from tests.factories.catalog import ItemFactory, ItemVersionFactory, ListMembershipFactory, PowerListFactory
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, OfficerFactory
from townships.models import AuthorityGrant
from townships.roles import Role
from townships.selectors import authority_for
from townships.services.transfers import Transfer, confirm_transfer, draft_transfer

ON = date(2026, 3, 10)
laid = standing_at("conclude")


@pytest.fixture
def supervisor(standing):
    return standing.county.supervisor


def test_f011_items_without_a_case_in_n_months_are_listed_by_township(standing):
    """F011: an item with a case in one township is listed for the other that holds it and has none."""
    county = standing.county
    idle, away = ItemFactory(version={"name": "从未使用的事项"}), BodyFactory(short_name="白塔镇")
    AuthorityGrantFactory(empowered=True, holder=county.township, items=[idle])
    AuthorityGrantFactory(empowered=True, holder=away, items=[county.item])
    answer = unused(on=ON, months=12, township=None)
    used = county.item.versions.get().name
    assert [(row.township, row.name, row.last) for row in answer.rows] == [
        ("青禾镇", "从未使用的事项", None),
        ("白塔镇", used, None),
    ]
    assert [one.value for one in answer.figures[:2]] == [3, 2]
    assert [row.name for row in unused(on=ON, months=12, township=away).rows] == [used]
    # The case of 2 March 2026 lies more than a month back in May.
    for months, idle_since in ((2, [None]), (1, [None, date(2026, 3, 2)])):
        later = unused(on=date(2026, 5, 1), months=months, township=county.township)
        assert sorted((row.last for row in later.rows), key=str, reverse=True) == idle_since


def test_f007_an_amended_law_lists_items_benchmarks_and_open_cases(standing, supervisor):
    county = standing.county
    statute = county.item.versions.get().statute_name
    answer = impact(on=ON, statute=statute, article="", officer=supervisor)
    found = [(row.kind, row.url) for row in answer.rows]
    assert ("事项", reverse("item", args=[county.item.pk])) in found
    assert ("裁量基准", reverse("item", args=[county.item.pk])) in found
    assert ("在办案件", reverse("case", args=[standing.case_id])) in found
    assert impact(on=ON, statute=statute, article="第九百条", officer=supervisor).rows == []
    assert impact(on=ON, statute="《无关的法》", article="", officer=supervisor).rows == []


def test_f007_the_page_leads_to_a_notice_for_the_holders(standing):
    county = standing.county
    legal = OfficerFactory(body=None, roles=[Role.LEGAL_DEPARTMENT])
    client = Client()
    statute = county.item.versions.get().statute_name
    with at("2026-03-10T16:00"):
        client.force_login(legal)
        url = reverse("catalog_report", args=["impact"])
        assert client.get(url).status_code == 200
        html = client.get(url, {"statute": statute, "on": "2026-03-10"}).content.decode()
        assert f"{reverse('item_notice_new')}?items={county.item.pk}" in html
        for key, asked in (("impact", {"statute": statute}), ("unused", {}), ("coverage", {})):
            answer = client.get(reverse("api-catalog-report", args=[key]), asked)
            assert answer.status_code == 200, key
        client.force_login(county.first)
        assert client.get(url).status_code == 403


def test_cases_outside_the_reader_s_scope_are_not_told(standing):
    stranger = OfficerFactory(body=BodyFactory(), roles=[Role.HEAD])
    statute = standing.county.item.versions.get().statute_name
    answer = impact(on=ON, statute=statute, article="", officer=stranger)
    assert not [row for row in answer.rows if row.kind == "在办案件"]


def test_f003_a_case_begun_before_a_transfer_keeps_its_body(standing):
    county = standing.county
    before = (
        Case.objects.filter(pk=standing.case_id).values("handler_id", "named_id", "item_version_id").get()
    )
    power_list = PowerListFactory(code="ZH2")
    ListMembershipFactory(item=county.item, power_list=power_list)
    AuthorityGrant.objects.filter(holder=county.township).update(revoked_on="2026-03-11", status="revoked")
    one, two = (OfficerFactory(body=None, roles=[Role.LEGAL_DEPARTMENT]) for _n in range(2))
    bureau = BodyFactory(bureau=True)
    decided = Transfer(
        power_list=power_list,
        areas=["城市管理"],
        receiver=bureau,
        effective_on=date(2026, 3, 11),
        document="县府〔2026〕9号",
        legal_basis="行政处罚法第十八条",
        expected_count=1,
    )
    now = instant("2026-03-10T17:00")
    confirm_transfer(grant=draft_transfer(transfer=decided, actor=one, at=now), actor=two, at=now)
    assert (
        authority_for(item=county.item, township=county.township, on=date(2026, 3, 11)).handler_id
        == bureau.pk
    )
    after = Case.objects.filter(pk=standing.case_id).values("handler_id", "named_id", "item_version_id").get()
    assert after == before


def test_f006_a_new_version_of_the_basis_leaves_the_case_on_the_one_it_was_filed_under(standing):
    item = standing.county.item
    pinned = standing.case().item_version
    ItemVersionFactory._meta.model.objects.filter(pk=pinned.pk).update(
        valid_to=date(2026, 3, 5), closed_at=instant("2026-03-05T12:00")
    )
    ItemVersionFactory(item=item, valid_from=date(2026, 3, 5), penalty_article="第九十九条")
    assert standing.case().item_version_id == pinned.pk
    assert standing.case().item_version.penalty_article == "第十七条第二款"
