"""The item page tells who holds the item today, in whose name and by which grant."""

from datetime import date

import pytest

from tests.factories.catalog import ItemFactory
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, OfficerFactory
from townships.roles import Role
from townships.selectors.authority import holders_of_item

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def test_own_powers_and_what_was_handed_on_are_listed_but_not_what_ended():
    item = ItemFactory()
    bureau = AuthorityGrantFactory(concentrated=True, items=[item])
    town = AuthorityGrantFactory(items=[item])
    AuthorityGrantFactory(items=[item], valid_from=date(2024, 1, 1), valid_to=date(2025, 12, 31))
    rows = holders_of_item(item, TODAY)
    assert {row.holder for row in rows} == {bureau.holder, town.holder}


def test_the_part_of_the_page_names_the_principal_under_delegation(login, freeze):
    freeze("2026-03-02 09:00")
    item = ItemFactory()
    grant = AuthorityGrantFactory(
        items=[item], principal=BodyFactory(department=True, short_name="县农业农村局")
    )
    page = (
        login(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
        .get(f"/authority/item/{item.pk}/holders/")
        .content.decode()
    )
    assert "县农业农村局" in page
    assert grant.holder.short_name in page
