"""Who may act on an item, in a township, on a day, and in whose name."""

from datetime import date, timedelta

import pytest
from django.db import connection

from catalog.models import Item
from law.powers import flaw
from tests.cases.standing import force
from tests.factories.townships import AuthorityGrantFactory, BodyFactory
from townships.models import Body, GrantStatus, Suspension
from townships.selectors import authority_for, facts_for, handed_on, matrix, powers_of
from townships.selectors.authority import FACTS
from townships.services import lifecycle

DAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


def own(holder: Body, item: Item):
    return AuthorityGrantFactory(own=True, holder=holder, items=[item])


def test_a_delegation_in_force_lets_the_township_act_in_the_principals_name(item, township, department):
    own(department, item)
    grant = AuthorityGrantFactory(principal=department, holder=township, items=[item])
    verdict = authority_for(item=item, township=township, on=DAY)
    assert verdict.handler_id == township.pk
    assert verdict.named_id == department.pk
    assert verdict.name_on_documents == "青禾县农业农村局"
    assert verdict.grant_id == grant.pk
    assert [(row.fact.holder_id, row.code) for row in verdict.rejected] == [(department.pk, "delegated_on")]


def test_an_empowered_township_acts_in_its_own_name(item, township, department):
    own(department, item)
    AuthorityGrantFactory(empowered=True, origin=department, holder=township, items=[item])
    verdict = authority_for(item=item, township=township, on=DAY)
    assert (verdict.handler_id, verdict.named_id) == (township.pk, township.pk)
    assert "第二十四条" in verdict.article
    assert verdict.rejected[0].code == "moved_to_township"


def test_an_unpublished_delegation_leaves_the_item_with_the_department(item, township, department):
    own(department, item)
    AuthorityGrantFactory(
        principal=department,
        holder=township,
        items=[item],
        status=GrantStatus.SIGNED,
        published_by_holder_on=None,
    )
    verdict = authority_for(item=item, township=township, on=DAY)
    assert verdict.handler_id == department.pk
    assert [row.code for row in verdict.rejected] == ["unpublished_by_holder"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"valid_to": date(2026, 3, 1)}, "expired"),
        ({"valid_from": date(2026, 3, 3)}, "not_yet_in_force"),
        ({"published_by_principal_on": date(2026, 3, 3)}, "unpublished"),
        ({"signed_on": None, "status": GrantStatus.DRAFT}, "unsigned"),
        ({"signed_on": date(2026, 3, 3)}, "unsigned"),
    ],
)
def test_a_delegation_that_does_not_hold_on_the_day_is_refused_with_its_reason(
    change, code, item, township, department
):
    AuthorityGrantFactory(principal=department, holder=township, items=[item], **change)
    verdict = authority_for(item=item, township=township, on=DAY)
    assert verdict.outcome == "gap"
    assert [row.code for row in verdict.rejected] == [code]


def test_the_first_and_the_last_day_of_a_term_belong_to_it(item, township):
    AuthorityGrantFactory(
        holder=township, items=[item], valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30)
    )
    held = [
        authority_for(item=item, township=township, on=day).handler_id
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert held == [None, township.pk, township.pk, None]


def test_a_suspension_stops_the_authority_for_its_days_only(item, township):
    grant = AuthorityGrantFactory(holder=township, items=[item])
    Suspension.objects.create(
        grant=grant, suspended_from=date(2026, 3, 1), suspended_to=date(2026, 3, 5), reason="评估"
    )
    codes = {
        day: [row.code for row in authority_for(item=item, township=township, on=day).rejected]
        for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 5), date(2026, 3, 6))
    }
    assert list(codes.values()) == [[], ["suspended"], ["suspended"], []]


def test_a_delegation_for_one_township_says_nothing_about_another(item, township, department):
    own(department, item)
    AuthorityGrantFactory(principal=department, holder=township, items=[item])
    elsewhere = BodyFactory()
    verdict = authority_for(item=item, township=elsewhere, on=DAY)
    assert verdict.handler_id == department.pk


def test_a_concentrated_power_takes_the_item_from_the_department(item, township, department):
    own(department, item)
    bureau = BodyFactory(bureau=True)
    AuthorityGrantFactory(concentrated=True, holder=bureau, items=[item])
    verdict = authority_for(item=item, township=township, on=DAY)
    assert verdict.handler_id == bureau.pk
    assert verdict.rejected[0].code == "concentrated_away"


def test_nobody_holding_the_power_is_an_explained_gap(item, township):
    verdict = authority_for(item=item, township=township, on=DAY)
    assert verdict.outcome == "gap"
    assert verdict.handler_id is None
    assert "没有机关" in verdict.reasons_zh[0]


def test_two_departments_holding_it_alike_is_an_explained_overlap(item, township, department):
    other = BodyFactory(department=True)
    own(department, item)
    own(other, item)
    verdict = authority_for(item=item, township=township, on=DAY)
    assert verdict.outcome == "overlap"
    assert {fact.holder_id for fact in verdict.overlap} == {department.pk, other.pk}


def test_a_withdrawn_item_no_longer_belongs_to_the_grant(new_item, township, lawyer, at):
    kept, taken = new_item(), new_item()
    grant = AuthorityGrantFactory(holder=township, items=[kept, taken])
    row = grant.items.get(item=taken)
    lifecycle.withdraw_item(row=row, withdrawn_on=DAY, reason="评估后收回", actor=lawyer, at=at)
    eve = DAY - timedelta(days=1)
    assert authority_for(item=taken, township=township, on=eve).handler_id == township.pk
    assert authority_for(item=taken, township=township, on=DAY).handler_id is None
    assert authority_for(item=kept, township=township, on=DAY).handler_id == township.pk


def test_the_resolver_reads_the_register_in_one_statement(
    item, township, department, django_assert_num_queries
):
    own(department, item)
    for year in range(2015, 2025):
        AuthorityGrantFactory(
            principal=department,
            holder=township,
            items=[item],
            valid_from=date(year, 1, 1),
            valid_to=date(year, 12, 31),
            status=GrantStatus.EXPIRED,
        )
    # The first answer reads the county's settings, too, which the process holds from then on.
    verdict = authority_for(item=item, township=township, on=DAY)
    with django_assert_num_queries(1):
        assert authority_for(item=item, township=township, on=DAY) == verdict


def test_the_set_of_powers_agrees_with_the_law_on_every_single_grant(new_item, department):
    townships = [BodyFactory() for _number in range(3)]
    variants = [
        {},
        {"empowered": True},
        {"valid_to": date(2026, 3, 1)},
        {"valid_from": date(2026, 3, 3)},
        {"published_by_principal_on": None},
        {"published_by_holder_on": None},
        {"empowered": True, "published_by_holder_on": None},
        {"signed_on": date(2026, 3, 3)},
        {"status": GrantStatus.DRAFT, "signed_on": None},
        {"status": GrantStatus.REVOKED, "revoked_on": date(2026, 3, 1), "valid_to": date(2026, 2, 28)},
    ]
    for number, variant in enumerate(variants):
        AuthorityGrantFactory(holder=townships[number % 3], items=[new_item()], **variant)
    paused = AuthorityGrantFactory(holder=townships[0], items=[new_item()])
    Suspension.objects.create(grant=paused, suspended_from=DAY, reason="评估")
    sound = set()
    for place in townships:
        for thing in Item.objects.all():
            sound |= {
                (fact.grant_id, thing.pk)
                for fact in facts_for(item=thing, township=place, on=DAY)
                if not flaw(fact, DAY)
            }
    assert set(handed_on(DAY).values_list("grant_id", "item_id")) == sound
    assert 0 < len(sound) < len(variants)


def test_the_matrix_counts_what_the_township_pages_list(new_item, department):
    first, second = BodyFactory(), BodyFactory()
    AuthorityGrantFactory(principal=department, holder=first, items=[new_item(), new_item()])
    AuthorityGrantFactory(empowered=True, origin=department, holder=second, items=[new_item()])
    cells = matrix(DAY)
    assert {key: cell.count for key, cell in cells.items()} == {
        (department.pk, first.pk): 2,
        (department.pk, second.pk): 1,
    }
    assert cells[department.pk, first.pk].mode == "delegated"
    for place in (first, second):
        listed = sum(len(items) for items in powers_of(place, DAY).values())
        assert listed == cells[department.pk, place.pk].count


def test_the_resolver_finds_the_grants_of_an_item_in_a_township_by_index(item, township):
    grant = AuthorityGrantFactory(holder=township, items=[item])
    force(
        "INSERT INTO townships_grantitem (county_id, grant_id, item_id, holder_id, township_id, mode, source,"
        " scope_limit, live, period) SELECT county_id, t, i, holder_id, t, mode, source, scope_limit,"
        " live, period FROM townships_grantitem, generate_series(1001, 1010) i, generate_series(1001, 2000) t"
        " WHERE grant_id = %s",
        grant.pk,
    )
    day = date(2026, 3, 2)
    asked = [day, day, None, 1001, township.county_id, 1001]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE townships_grantitem")
        cursor.execute(f"EXPLAIN (COSTS OFF) {FACTS}", asked)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "grant_item_lookup" in plan, plan
    assert "Seq Scan on townships_grantitem" not in plan, plan
