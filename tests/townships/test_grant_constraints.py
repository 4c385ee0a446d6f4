"""What the database itself refuses about grants, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from tests.factories.townships import AuthorityGrantFactory, BodyFactory
from townships.models import AuthorityGrant, GrantItem, GrantStatus, Mode

pytestmark = pytest.mark.django_db


def refused(*errors):
    return pytest.raises(errors or IntegrityError)


def test_one_item_is_not_handed_on_twice_in_one_township_at_one_time(item, township):
    AuthorityGrantFactory(holder=township, items=[item], valid_to=date(2026, 6, 30))
    with refused(), transaction.atomic():
        AuthorityGrantFactory(holder=township, items=[item], valid_from=date(2026, 6, 30))
    assert GrantItem.objects.count() == 1


def test_delegation_and_empowerment_of_one_item_exclude_each_other(item, township):
    AuthorityGrantFactory(holder=township, items=[item])
    with refused(), transaction.atomic():
        AuthorityGrantFactory(empowered=True, holder=township, items=[item])


def test_the_next_term_may_begin_the_day_after(item, township):
    AuthorityGrantFactory(holder=township, items=[item], valid_to=date(2026, 6, 30))
    AuthorityGrantFactory(holder=township, items=[item], valid_from=date(2026, 7, 1))
    assert GrantItem.objects.count() == 2


def test_two_townships_may_receive_one_item(item):
    AuthorityGrantFactory(items=[item])
    AuthorityGrantFactory(items=[item])
    assert GrantItem.objects.count() == 2


def test_a_draft_bars_nobody(item, township):
    AuthorityGrantFactory(holder=township, items=[item])
    AuthorityGrantFactory(holder=township, items=[item], status=GrantStatus.DRAFT, signed_on=None)
    assert GrantItem.objects.filter(live=True).count() == 1


def test_own_powers_may_lie_side_by_side(item, department):
    AuthorityGrantFactory(own=True, holder=department, items=[item])
    AuthorityGrantFactory(own=True, items=[item])
    assert GrantItem.objects.count() == 2


def test_a_delegation_needs_a_principal_other_than_its_holder(township):
    for principal in (None, township):
        with refused(), transaction.atomic():
            AuthorityGrantFactory(holder=township, principal=principal)


def test_an_empowerment_puts_no_principal_on_the_documents(township, department):
    with refused(), transaction.atomic():
        AuthorityGrantFactory(empowered=True, holder=township, principal=department)


def test_a_delegation_needs_an_end():
    with refused(), transaction.atomic():
        AuthorityGrantFactory(valid_to=None)


def test_a_delegation_carries_no_coercive_power():
    with refused(), transaction.atomic():
        AuthorityGrantFactory(coercive_basis="某条例第十条")


def test_an_empowered_township_acts_at_home_only(township):
    with refused(), transaction.atomic():
        AuthorityGrantFactory(empowered=True, holder=township, township=BodyFactory())


def test_a_term_does_not_end_before_it_begins():
    with refused(), transaction.atomic():
        AuthorityGrantFactory(valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 31))


def test_an_unsigned_delegation_is_not_in_force():
    with refused(), transaction.atomic():
        AuthorityGrantFactory(signed_on=None)


def test_an_item_cannot_say_other_than_its_grant(item, township):
    grant = AuthorityGrantFactory(holder=township, items=[item])
    for change in ({"mode": Mode.EMPOWERED}, {"live": False}, {"holder": BodyFactory()}):
        with refused(), transaction.atomic():
            GrantItem.objects.filter(grant=grant).update(**change)


def test_the_terms_of_a_signed_grant_are_frozen():
    grant = AuthorityGrantFactory()
    changes = {"valid_to": date(2030, 1, 1), "number": "另一号", "principal": BodyFactory(department=True)}
    for name, value in changes.items():
        with refused(ProgrammingError), transaction.atomic():
            AuthorityGrant.objects.filter(pk=grant.pk).update(**{name: value})
    kept = AuthorityGrant.objects.get(pk=grant.pk)
    assert (kept.valid_to, kept.number) == (grant.valid_to, grant.number)


def test_a_signed_grant_is_never_deleted():
    grant = AuthorityGrantFactory()
    with refused(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM townships_authoritygrant WHERE id = %s", [grant.pk])
    assert AuthorityGrant.objects.filter(pk=grant.pk).exists()


def test_a_draft_may_still_change():
    grant = AuthorityGrantFactory(status=GrantStatus.DRAFT, signed_on=None)
    AuthorityGrant.objects.filter(pk=grant.pk).update(number="改后〔2026〕1号")
    assert AuthorityGrant.objects.get(pk=grant.pk).number == "改后〔2026〕1号"
