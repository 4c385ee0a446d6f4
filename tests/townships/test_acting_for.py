"""The top bar names the body one acts for, and every post held today with its body."""

import pytest
from django.urls import reverse

from tests.factories.townships import BodyFactory, OfficerFactory, RoleGrantFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db


def test_a_person_of_two_bodies_reads_both_with_the_post_in_each(login):
    own, other = BodyFactory(short_name="青禾镇"), BodyFactory(name="青禾县云岭乡人民政府")
    officer = OfficerFactory(body=own, roles=[Role.TOWNSHIP_OFFICER])
    RoleGrantFactory(officer=officer, role=Role.LEGAL_REVIEWER, body=other)
    page = login(officer).get(reverse("desk:notices")).content.decode()
    assert "青禾镇等 2 个机关" in page
    assert "办案人员" in page
    assert "法制审核人员" in page
    assert "青禾县云岭乡人民政府" in page


def test_a_person_of_one_body_reads_its_name_and_the_own_post(login):
    officer = OfficerFactory(body=BodyFactory(short_name="青禾镇"), roles=[Role.HEAD])
    page = login(officer).get(reverse("desk:notices")).content.decode()
    assert "青禾镇等" not in page
    assert "机关负责人" in page
