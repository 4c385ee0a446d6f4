"""F197: changes of staff are approved by a second person and take effect on their day, without a job."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from rest_framework.authtoken.models import Token

from audit.models import Event
from law.errors import RuleViolation
from tests.factories.townships import PASSWORD, BodyFactory, OfficerFactory
from townships.models import Officer, Secondment, StaffChange
from townships.roles import Role
from townships.selectors import certified_officers, holders_of
from townships.services import staff_changes
from townships.staff_change_rules import Change

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2026, 3, 10), date(2026, 3, 11)
BEFORE = date(2026, 3, 9)
Kind = StaffChange.Kind


@pytest.fixture
def head():
    return OfficerFactory(roles=[Role.HEAD])


@pytest.fixture
def office(county_seat):
    return OfficerFactory(body=county_seat, roles=[Role.ESTABLISHMENT])


@pytest.fixture
def officer(head):
    return OfficerFactory(body=head.body, roles=[Role.TOWNSHIP_OFFICER], certified=True)


def proposed(officer, head, at, kind=Kind.LEAVE, **more):
    terms = {"effective_on": DAY, "reason": "工作需要", "document": "青编〔2026〕1号", **more}
    return staff_changes.propose(change=Change(kind=kind, officer=officer, **terms), actor=head, at=at)


def approved(officer, head, office, at, kind=Kind.LEAVE, **more):
    change = proposed(officer, head, at, kind, **more)
    return staff_changes.decide(change=change, agree=True, opinion="同意", actor=office, at=at)


def now(officer):
    return Officer.objects.get(pk=officer.pk)


def test_nothing_changes_before_it_is_approved(officer, head, at):
    proposed(officer, head, at)
    assert now(officer).permissions(NEXT)
    assert now(officer).serves_to is None


def test_whoever_leaves_may_do_nothing_from_the_next_morning(officer, head, office, at):
    approved(officer, head, office, at)
    assert now(officer).permissions(DAY)
    assert now(officer).permissions(NEXT) == frozenset()
    assert list(certified_officers(officer.body, DAY)) == [officer]
    assert list(certified_officers(officer.body, NEXT)) == []
    assert list(holders_of(Role.TOWNSHIP_OFFICER, officer.body, NEXT)) == []


def test_a_session_and_a_password_do_not_outlive_the_last_day(officer, head, office, at, sign_in, freeze):
    approved(officer, head, office, at)
    freeze("2026-03-10 23:50")
    client = sign_in(officer)
    assert client.get(reverse("officers")).status_code == 200
    freeze("2026-03-11 00:05")
    answer = client.get(reverse("officers"))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("login"))
    assert "_auth_user_id" not in client.session
    client.post(reverse("login"), {"username": officer.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_token_ends_with_the_service(officer, head, office, at, client, freeze):
    token = Token.objects.create(user=officer)
    approved(officer, head, office, at)
    freeze("2026-03-11 09:00")
    answer = client.get(reverse("api_officers"), headers={"authorization": f"Token {token.key}"})
    assert answer.status_code == 401


def test_a_move_changes_what_may_be_done_on_its_day_without_any_job(officer, head, office, at):
    target = BodyFactory()
    approved(officer, head, office, at, Kind.MOVE, to_body=target)
    assert now(officer).scope(BEFORE, "case.view").body_ids == {head.body_id}
    assert now(officer).scope(DAY, "case.view").body_ids == {target.pk}
    assert list(certified_officers(target, DAY)) == [officer]
    assert staff_changes.settle_moves(at=at) == 0
    later = datetime(2026, 3, 10, 2, tzinfo=UTC)
    assert staff_changes.settle_moves(at=later) == 1
    assert staff_changes.settle_moves(at=later) == 0
    assert now(officer).body == target
    assert now(officer).scope(DAY, "case.view").body_ids == {target.pk}


def test_whoever_joins_has_no_body_before_the_day(office, head, at):
    fresh = OfficerFactory(body=None, roles=[Role.TOWNSHIP_OFFICER])
    approved(fresh, head, office, at, Kind.JOIN, to_body=head.body)
    assert not now(fresh).scope(BEFORE, "case.view")
    assert now(fresh).scope(DAY, "case.view").body_ids == {head.body_id}


def test_an_approved_station_is_a_secondment_with_its_days(officer, head, office, at):
    using = BodyFactory()
    until = date(2026, 9, 30)
    approved(officer, head, office, at, Kind.STATION, to_body=using, until=until, appraisal_share=60)
    lent = Secondment.objects.get()
    assert (lent.kind, lent.using, lent.valid_from, lent.valid_to) == ("stationed", using, DAY, until)
    assert lent.appraisal_share == 60
    assert now(officer).scope(DAY, "case.view").body_ids == {using.pk}


@pytest.mark.parametrize(
    ("kind", "terms"),
    [
        (Kind.LEAVE, {"effective_on": date(2026, 3, 1)}),
        (Kind.LEAVE, {"document": " "}),
        (Kind.LEAVE, {"until": NEXT}),
        (Kind.MOVE, {}),
        (Kind.JOIN, {"to_body": None}),
        (Kind.STATION, {"until": None}),
        (Kind.STATION, {"until": BEFORE}),
    ],
)
def test_a_change_that_is_not_whole_is_not_proposed(officer, head, at, kind, terms):
    extra = {} if "to_body" in terms or kind in {Kind.LEAVE, Kind.MOVE} else {"to_body": BodyFactory()}
    with pytest.raises(RuleViolation) as found:
        proposed(officer, head, at, kind, **extra, **terms)
    assert found.value.code == "staff_change_incomplete"
    assert not StaffChange.objects.exists()


def test_a_head_proposes_for_the_own_body_only_and_one_change_at_a_time(officer, head, at):
    with pytest.raises(RuleViolation, match="负责人"):
        proposed(officer, OfficerFactory(roles=[Role.HEAD]), at)
    proposed(officer, head, at)
    with pytest.raises(RuleViolation) as found:
        proposed(officer, head, at)
    assert found.value.code == "staff_change_open"


def test_only_the_establishment_office_decides_and_never_on_its_own_proposal(officer, head, office, at):
    change = proposed(officer, head, at)
    with pytest.raises(RuleViolation) as found:
        staff_changes.decide(change=change, agree=True, opinion="同意", actor=head, at=at)
    assert found.value.code == "no_permission"
    both = OfficerFactory(body=head.body, roles=[Role.HEAD, Role.ESTABLISHMENT])
    own = proposed(OfficerFactory(body=head.body), both, at)
    with pytest.raises(RuleViolation) as found:
        staff_changes.decide(change=own, agree=True, opinion="同意", actor=both, at=at)
    assert found.value.code == "second_person_required"
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffChange.objects.filter(pk=own.pk).update(
            state="approved", decided_by=both, decided_at=at, opinion="同意"
        )
    assert set(StaffChange.objects.values_list("state", flat=True)) == {"open"}


def test_a_declined_change_changes_nothing_and_is_answered_once(officer, head, office, at):
    change = proposed(officer, head, at)
    with pytest.raises(RuleViolation, match="意见"):
        staff_changes.decide(change=change, agree=False, opinion=" ", actor=office, at=at)
    staff_changes.decide(change=change, agree=False, opinion="超编", actor=office, at=at)
    assert now(officer).serves_to is None
    with pytest.raises(RuleViolation) as found:
        staff_changes.decide(change=change, agree=True, opinion="同意", actor=office, at=at)
    assert found.value.code == "staff_change_decided"
    with pytest.raises(DatabaseError), transaction.atomic():
        StaffChange.objects.filter(pk=change.pk).update(opinion="改口")
    events = Event.objects.filter(chain=f"officer:{officer.pk}").order_by("seq")
    assert [event.verb for event in events] == ["staff_change_proposed", "staff_change_declined"]


def test_a_change_goes_from_the_head_to_the_office_on_pages(officer, head, office, sign_in, freeze):
    freeze("2026-03-02 10:00")
    values = {"kind": "leave", "officer": officer.pk, "effective_on": "2026-03-10"}
    values |= {"reason": "退休", "document": "青编〔2026〕2号"}
    assert sign_in(officer).post(reverse("staff_change_new"), values).status_code == 403
    assert sign_in(head).post(reverse("staff_change_new"), values).status_code == 302
    change = StaffChange.objects.get()
    decide = reverse("staff_change_decide", args=[change.pk])
    assert decide not in sign_in(head).get(reverse("staff_changes")).content.decode()
    page = sign_in(office).get(reverse("staff_changes")).content.decode()
    assert decide in page
    assert officer.name in page
    stranger = sign_in(OfficerFactory(roles=[Role.HEAD])).get(reverse("staff_changes")).content.decode()
    assert officer.name not in stranger
    door = reverse("api_staff-change-decide", args=[change.pk])
    answer = {"agree": "yes", "opinion": "同意"}
    assert sign_in(head).post(door, answer, content_type="application/json").status_code == 403
    assert sign_in(office).post(door, answer, content_type="application/json").status_code == 200
    assert now(officer).serves_to == DAY
