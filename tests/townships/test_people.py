"""Roles, certificates and reviewers hold on their days and for the right people."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from law import duties
from law.errors import RuleViolation
from tests.factories.townships import (
    BodyFactory,
    CertificateFactory,
    OfficerFactory,
    ReviewerPostFactory,
    RoleGrantFactory,
)
from townships.models import Officer, ReviewerRank, RoleGrant
from townships.roles import PERMISSIONS, Role
from townships.selectors import (
    certificate_on,
    certificate_state,
    certified_officers,
    heads_of,
    holders_of,
    officer_facts,
    staffing,
)
from townships.services import accounts, appointments, certificates

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def fresh(officer):
    return Officer.objects.get(pk=officer.pk)


def refuses(code):
    return pytest.raises(RuleViolation, check=lambda refusal: refusal.code == code)


def test_access_begins_and_ends_on_its_day():
    officer = OfficerFactory()
    RoleGrantFactory(officer=officer, valid_from=DAY, valid_to=date(2026, 3, 31))
    held = {
        day: "case.verify" in fresh(officer).permissions(day)
        for day in (date(2026, 3, 1), DAY, date(2026, 3, 31), date(2026, 4, 1))
    }
    assert list(held.values()) == [False, True, True, False]


def test_a_closed_account_holds_no_permission():
    officer = OfficerFactory(roles=[Role.HEAD], is_active=False)
    assert fresh(officer).permissions(DAY) == frozenset()


def test_a_township_role_reaches_the_own_body_and_a_named_body_only():
    home, other = BodyFactory(), BodyFactory()
    officer = OfficerFactory(body=home, roles=[Role.TOWNSHIP_OFFICER])
    assert officer.scope(DAY, "case.view").body_ids == {home.pk}
    RoleGrantFactory(officer=officer, body=other)
    officer.forget_access()
    assert officer.scope(DAY, "case.view").body_ids == {home.pk, other.pk}
    assert not officer.scope(DAY).all_county


def test_a_county_role_reaches_everywhere_unless_it_names_a_body():
    body = BodyFactory()
    assert OfficerFactory(roles=[Role.SUPERVISOR]).scope(DAY, "case.view").all_county
    named = OfficerFactory(roles=[(Role.SUPERVISOR, body)])
    assert named.scope(DAY, "case.view").body_ids == {body.pk}
    assert not named.may("case.view", DAY, BodyFactory().pk)


def test_administration_of_users_opens_no_case_to_a_township_officer():
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER, Role.SYSTEM_ADMIN])
    assert officer.scope(DAY, "user.manage").all_county
    assert not officer.scope(DAY, "case.view").all_county


def test_the_supervisor_reads_and_changes_nothing_but_the_archive():
    changing = {"case.view", "case.print", "case.archive", "trail.view", "stats.view"}
    assert PERMISSIONS[Role.SUPERVISOR] - {"catalog.view", "authority.view"} == changing


def test_roles_are_read_once_a_request(django_assert_num_queries):
    officer = fresh(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    with django_assert_num_queries(1):
        officer.permissions(DAY)
        officer.scope(DAY, "case.view")
        officer.may("case.verify", DAY, officer.body_id)


def test_one_role_is_not_held_twice_on_one_day(administrator, at):
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrantFactory(officer=officer)
    with refuses("appointment_clash"):
        appointments.set_role(
            officer=officer,
            role=Role.TOWNSHIP_OFFICER,
            body=None,
            valid_from=DAY,
            actor=administrator,
            at=at,
        )
    assert officer.role_grants.count() == 1


def test_a_role_given_and_ended_stands_in_the_trail(administrator, at):
    officer = OfficerFactory()
    held = appointments.set_role(
        officer=officer, role=Role.TEAM_LEADER, body=None, valid_from=DAY, actor=administrator, at=at
    )
    appointments.end_role(held=held, last_day=DAY, actor=administrator, at=at)
    assert "case.reassign" in fresh(officer).permissions(DAY)
    assert fresh(officer).permissions(date(2026, 3, 3)) == frozenset()
    events = Event.objects.filter(chain=f"officer:{officer.pk}").order_by("seq")
    assert [event.verb for event in events] == ["role_granted", "role_ended"]
    assert {event.actor_name for event in events} == {"管理员甲"}


def test_nobody_gives_a_role_to_themselves(administrator, at):
    with refuses("own_roles"):
        appointments.set_role(
            officer=administrator, role=Role.HEAD, body=None, valid_from=DAY, actor=administrator, at=at
        )
    assert administrator.role_grants.count() == 1


def dismissed_meanwhile():
    """An administrator whose request began while they held the role."""
    officer = OfficerFactory(roles=[Role.SYSTEM_ADMIN])
    assert officer.permissions(DAY)
    officer.role_grants.all().delete()
    return officer


def test_the_last_administrator_keeps_the_role(administrator, at):
    other = dismissed_meanwhile()
    with refuses("last_administrator"):
        appointments.end_role(held=administrator.role_grants.get(), last_day=DAY, actor=other, at=at)


def test_an_administrator_who_left_service_does_not_count_as_another(administrator, at):
    left = dismissed_meanwhile()
    OfficerFactory(roles=[Role.SYSTEM_ADMIN], is_active=False)
    with refuses("last_administrator"):
        accounts.deactivate(officer=administrator, actor=left, at=at)
    assert fresh(administrator).is_active


def test_of_two_who_end_a_role_the_later_knows_of_the_earlier(administrator, at):
    held = RoleGrantFactory(role=Role.TEAM_LEADER, valid_from=DAY)
    read_before = RoleGrant.objects.get(pk=held.pk)
    appointments.end_role(held=held, last_day=DAY, actor=administrator, at=at)
    with refuses("role_end_later"):
        appointments.end_role(held=read_before, last_day=date(2026, 4, 1), actor=administrator, at=at)
    assert RoleGrant.objects.get(pk=held.pk).valid_to == DAY


def test_a_role_that_was_taken_back_meanwhile_is_told_to_whoever_ends_it(administrator, at):
    held = RoleGrantFactory(role=Role.TEAM_LEADER, valid_from=date(2026, 4, 1))
    read_before = RoleGrant.objects.get(pk=held.pk)
    appointments.end_role(held=held, last_day=DAY, actor=administrator, at=at)
    with refuses("term_taken_back"):
        appointments.end_role(held=read_before, last_day=DAY, actor=administrator, at=at)


@pytest.mark.parametrize("marks", [{"is_principal_head": True}, {"is_head": True, "is_auxiliary": True}])
def test_marks_that_contradict_each_other_open_no_account(marks, administrator, at):
    person = accounts.Person(username="li", name="李某", **marks)
    with refuses("marks_differ"):
        accounts.create_user(person=person, actor=administrator, at=at)
    assert not Officer.objects.filter(username="li").exists()


def test_a_role_does_not_end_in_the_past(administrator, at):
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    held = officer.role_grants.get()
    with refuses("role_end_in_past"):
        appointments.end_role(held=held, last_day=date(2026, 2, 27), actor=administrator, at=at)
    assert RoleGrant.objects.get(pk=held.pk).valid_to is None


@pytest.mark.parametrize("role", [Role.TOWNSHIP_OFFICER, Role.LEGAL_REVIEWER, Role.TEAM_LEADER])
def test_auxiliary_staff_receive_no_acting_role(role, administrator, at):
    officer = OfficerFactory(is_auxiliary=True)
    with refuses("auxiliary_not_officer"):
        appointments.set_role(
            officer=officer, role=role, body=None, valid_from=DAY, actor=administrator, at=at
        )
    assert not officer.role_grants.exists()


def test_the_role_of_head_needs_a_head(administrator, at):
    with refuses("head_decides"):
        appointments.set_role(
            officer=OfficerFactory(),
            role=Role.HEAD,
            body=None,
            valid_from=DAY,
            actor=administrator,
            at=at,
        )


def test_only_valid_certificates_of_active_officers_count():
    body = BodyFactory()
    good = OfficerFactory(body=body, certified=True)
    OfficerFactory(body=body)
    OfficerFactory(body=body, certified=True, is_active=False)
    CertificateFactory(officer=OfficerFactory(body=body), valid_to=date(2026, 3, 1))
    CertificateFactory(officer=OfficerFactory(body=body), suspended=(DAY, None))
    CertificateFactory(officer=OfficerFactory(body=body), suspended=(date(2026, 1, 1), DAY))
    assert list(certified_officers(body, DAY)) == [good]


def test_two_certified_officers_satisfy_the_law_and_one_does_not():
    body = BodyFactory()
    pair = OfficerFactory.create_batch(2, body=body, certified=True)
    assert list(duties.two_certified_officers(officer_facts(pair), on=DAY)) == []
    codes = {r.code for r in duties.two_certified_officers(officer_facts(pair[:1]), on=DAY)}
    assert codes == {"two_certified_officers"}


def test_auxiliary_staff_never_count_as_the_second_officer():
    helper = OfficerFactory(is_auxiliary=True)
    people = [OfficerFactory(certified=True), helper]
    codes = [r.code for r in duties.two_certified_officers(officer_facts(people), on=DAY)]
    assert codes == ["auxiliary_not_officer", "two_certified_officers"]


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2026, 2, 28), True),
        (date(2026, 3, 1), False),
        (date(2026, 3, 5), False),
        (date(2026, 3, 6), True),
    ],
)
def test_a_certificate_counts_before_and_after_its_suspension(day, counts):
    officer = OfficerFactory()
    card = CertificateFactory(officer=officer, suspended=(date(2026, 3, 1), date(2026, 3, 5)))
    (fact,) = officer_facts([officer])
    assert fact.certified(day) is counts
    assert (certificate_on(officer, day) == card.number) is counts
    assert card.valid_on(day) is counts


def test_a_certificate_of_another_domain_does_not_count():
    officer = OfficerFactory()
    CertificateFactory(officer=officer, domains=["农业"])
    (fact,) = officer_facts([officer])
    assert fact.certified(DAY, "农业")
    assert not fact.certified(DAY, "城市管理")


def test_facts_of_many_officers_take_one_statement(django_assert_num_queries):
    people = list(
        Officer.objects.filter(pk__in=[o.pk for o in OfficerFactory.create_batch(4, certified=True)])
    )
    with django_assert_num_queries(1):
        officer_facts(people)


def test_auxiliary_staff_receive_no_certificate(lawyer, at):
    helper = OfficerFactory(is_auxiliary=True)
    with refuses("auxiliary_not_officer"):
        certificates.issue_certificate(
            officer=helper,
            number="33110001",
            valid_from=DAY,
            valid_to=date(2030, 1, 1),
            domains=[],
            area="",
            actor=lawyer,
            at=at,
        )
    assert not helper.certificates.exists()


def test_a_certificate_is_withheld_and_given_back(lawyer, at):
    card = CertificateFactory()
    certificates.suspend_certificate(
        certificate=card, suspended_from=DAY, suspended_to=None, actor=lawyer, at=at
    )
    assert certificate_on(card.officer, DAY) == ""
    later = datetime(2026, 3, 20, 2, tzinfo=UTC)
    certificates.return_certificate(certificate=card, last_day=date(2026, 3, 19), actor=lawyer, at=later)
    assert certificate_on(card.officer, date(2026, 3, 19)) == ""
    assert certificate_on(card.officer, date(2026, 3, 20)) == card.number


def test_dates_that_run_backwards_are_refused_in_words(lawyer, administrator, at):
    card, officer = CertificateFactory(), OfficerFactory()
    with refuses("days_out_of_order"):
        certificates.suspend_certificate(
            certificate=card, suspended_from=DAY, suspended_to=date(2026, 3, 1), actor=lawyer, at=at
        )
    with refuses("appointment_clash"):
        appointments.set_role(
            officer=officer,
            role=Role.TOWNSHIP_OFFICER,
            body=None,
            valid_from=DAY,
            valid_to=date(2026, 3, 1),
            actor=administrator,
            at=at,
        )
    assert not card.bars.exists()
    assert not officer.role_grants.exists()


def test_heads_are_listed_principal_first_and_only_of_the_body():
    body = BodyFactory()
    deputy = OfficerFactory(body=body, roles=[Role.HEAD])
    principal = OfficerFactory(body=body, principal_head=True)
    OfficerFactory(roles=[Role.HEAD])
    OfficerFactory(body=body, is_head=True)
    assert list(heads_of(body, DAY)) == [principal, deputy]


def test_a_county_clerk_named_for_no_body_is_no_holder_of_a_township_role():
    body = BodyFactory()
    clerk = OfficerFactory(body=body, roles=[Role.COUNTY_CLERK])
    assert list(holders_of(Role.COUNTY_CLERK, body, DAY)) == [clerk]
    assert list(holders_of(Role.TOWNSHIP_OFFICER, body, DAY)) == []


def test_the_strength_of_a_body_counts_certificates_and_those_that_end_soon():
    body = BodyFactory()
    OfficerFactory(body=body, certified=True)
    CertificateFactory(officer=OfficerFactory(body=body), valid_to=date(2026, 4, 1))
    OfficerFactory(body=body, is_auxiliary=True)
    ReviewerPostFactory(body=body)
    ReviewerPostFactory(body=body, rank=ReviewerRank.BACKUP, officer=OfficerFactory())
    (strength,) = [row for row in staffing(DAY) if row.body == body]
    assert (strength.people, strength.certified, strength.ending) == (4, 2, 1)
    assert (strength.formal, strength.backup) == (1, 1)


@pytest.mark.parametrize(
    ("card", "tone"),
    [
        ({}, "green"),
        ({"valid_to": date(2026, 4, 1)}, "amber"),
        ({"valid_to": date(2026, 3, 1)}, "red"),
        ({"suspended": (DAY, None)}, "red"),
        ({"valid_from": date(2026, 3, 3)}, "grey"),
    ],
)
def test_the_state_of_a_certificate_is_shown_by_day(card, tone):
    officer = OfficerFactory()
    CertificateFactory(officer=officer, **card)
    assert certificate_state(officer, DAY).tone == tone
