"""Every page and operation that is no act on a case: each role, and the things of the next township."""

import pytest
from django.urls import reverse

from tests.access.addresses import operations, pages, routed
from tests.access.asking import answer
from tests.access.matrix import differences
from tests.access.rules import rules

pytestmark = [pytest.mark.doors, pytest.mark.usefixtures("blank_pages")]


def test_everybody_is_signed_in(world):
    """Otherwise most doors would be shut for no reason of the table's."""
    home = {who: answer(world, who, "get", reverse("home")).status_code for who in ("nobody", *world.people)}
    assert home == {"nobody": 302, **dict.fromkeys(world.people, 200)}


def test_every_page_answers_each_role_as_the_table_says(world):
    assert "\n".join(differences(world, [address for address in pages() if not address.is_act])) == ""


def test_every_operation_answers_each_role_as_the_table_says(world):
    assert "\n".join(differences(world, [address for address in operations() if not address.is_act])) == ""


def test_the_schema_hides_no_endpoint():
    assert routed() - {address.path for address in operations()} == {"api/v1/schema/"}


def test_no_rule_is_about_an_address_that_is_gone():
    known = {address.route(method) for address in [*pages(), *operations()] for method in address.methods}
    assert set(rules()) - known == set()
