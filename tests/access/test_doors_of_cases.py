"""Every act on a case, by page and over REST: each role, the own township's case and the next one's."""

import pytest

from tests.access.addresses import operations, pages
from tests.access.matrix import differences

pytestmark = [pytest.mark.doors, pytest.mark.usefixtures("blank_pages")]


def test_every_act_by_its_page_answers_each_role_as_the_table_says(world):
    acts = [address for address in pages() if address.is_act]
    assert len(acts) > 60
    assert "\n".join(differences(world, acts)) == ""


def test_every_act_over_rest_answers_each_role_as_the_table_says(world):
    acts = [address for address in operations() if address.is_act]
    assert len(acts) > 60
    assert "\n".join(differences(world, acts)) == ""
