"""F195: auxiliary staff assist: they hold no certificate, no acting role, and never count."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from law.errors import RuleViolation
from tests.factories.townships import BodyFactory, CertificateFactory, OfficerFactory, RoleGrantFactory
from townships.models import AuxiliaryPost, Officer
from townships.roles import Role
from townships.services import auxiliaries

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def engage(body, lawyer, at):
    def make(**more):
        values = {
            "officer": OfficerFactory(body=body, is_auxiliary=True),
            "body": body,
            "duty": "劝导、巡查",
            "contract": "劳字2026-1",
            "led_by": OfficerFactory(body=body, certified=True),
            "valid_from": DAY,
        }
        return auxiliaries.engage(**{**values, **more}, actor=lawyer, at=at)

    return make


def test_the_database_gives_auxiliary_staff_no_certificate_and_no_acting_role(body):
    helper = OfficerFactory(body=body, is_auxiliary=True)
    with pytest.raises(IntegrityError, match="auxiliary"), transaction.atomic():
        CertificateFactory(officer=helper)
    for role in (Role.TOWNSHIP_OFFICER, Role.TEAM_LEADER, Role.HEAD, Role.LEGAL_REVIEWER):
        with pytest.raises(IntegrityError, match="auxiliary"), transaction.atomic():
            RoleGrantFactory(officer=helper, role=role)
    assert not helper.certificates.exists()
    assert not helper.role_grants.exists()


@pytest.mark.parametrize("standing", [{"certified": True}, {"roles": [Role.TOWNSHIP_OFFICER]}])
def test_an_officer_is_not_made_auxiliary_behind_the_register(standing):
    officer = OfficerFactory(**standing)
    with pytest.raises(IntegrityError, match="auxiliary"), transaction.atomic():
        Officer.objects.filter(pk=officer.pk).update(is_auxiliary=True)
    officer.refresh_from_db()
    assert not officer.is_auxiliary


def test_an_auxiliary_is_led_by_an_officer_of_the_body(engage, body):
    for leader in (OfficerFactory(certified=True), OfficerFactory(body=body, is_auxiliary=True)):
        with pytest.raises(RuleViolation) as found:
            engage(led_by=leader)
        assert found.value.code == "auxiliary_not_officer"
    with pytest.raises(RuleViolation) as found:
        engage(officer=OfficerFactory(body=body))
    assert found.value.code == "not_auxiliary"
    assert not AuxiliaryPost.objects.exists()


def test_nobody_assists_in_two_posts_at_once(engage, lawyer, at):
    post = engage()
    with pytest.raises(RuleViolation) as found:
        engage(officer=post.officer)
    assert found.value.code == "appointment_clash"
    auxiliaries.release(post=post, last_day=DAY, actor=lawyer, at=at)
    engage(officer=post.officer, valid_from=date(2026, 3, 3))
    assert AuxiliaryPost.objects.count() == 2


def test_the_register_is_kept_by_the_legal_department(engage, lawyer, sign_in):
    post = engage()
    page = sign_in(lawyer).get(reverse("auxiliaries"))
    assert post.officer.name in page.content.decode()
    assert post.led_by.name in page.content.decode()
    path = reverse("auxiliary_release", args=[post.pk])
    assert sign_in(post.led_by).post(path, {"last_day": "2026-06-30"}).status_code == 403
    assert sign_in(lawyer).post(path, {"last_day": "2026-06-30"}).status_code == 302
    post.refresh_from_db()
    assert post.valid_to == date(2026, 6, 30)
