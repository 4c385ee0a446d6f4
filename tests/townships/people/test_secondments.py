"""F027: what an officer may do where they are lent begins and ends with the days of the loan."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from law.errors import RuleViolation
from tests.factories.townships import BodyFactory, OfficerFactory, SecondmentFactory
from townships.models import Officer, Secondment
from townships.roles import Role
from townships.selectors import assignable, certified_officers
from townships.services import secondments

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
BEFORE, LAST, AFTER = date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)
AID = Secondment.Kind.AID


def bodies_of(officer, day):
    return Officer.objects.get(pk=officer.pk).scope(day, "case.investigate").body_ids


def test_a_stationed_officer_works_where_stationed_from_the_first_day_to_the_last():
    lent = SecondmentFactory()
    officer = lent.officer
    assert bodies_of(officer, BEFORE) == {lent.owner_id}
    assert bodies_of(officer, DAY) == bodies_of(officer, LAST) == {lent.using_id}
    assert bodies_of(officer, AFTER) == {lent.owner_id}


def test_whoever_is_lent_in_aid_works_for_both():
    lent = SecondmentFactory(kind=AID)
    assert bodies_of(lent.officer, DAY) == {lent.owner_id, lent.using_id}
    assert bodies_of(lent.officer, AFTER) == {lent.owner_id}


def test_whoever_is_lent_for_one_case_sees_no_other():
    lent = SecondmentFactory(kind=AID, case_number="青禾 线索〔2026〕1号")
    assert bodies_of(lent.officer, DAY) == {lent.owner_id}


def test_a_head_stationed_elsewhere_decides_nothing_there():
    head = OfficerFactory(roles=[Role.HEAD, Role.TOWNSHIP_OFFICER])
    lent = SecondmentFactory(officer=head)
    assert head.scope(DAY, "case.decide").body_ids == {lent.owner_id}
    assert head.scope(DAY, "case.investigate").body_ids == {lent.using_id}


def test_access_is_still_one_question(django_assert_num_queries):
    officer = Officer.objects.get(pk=SecondmentFactory().officer_id)
    with django_assert_num_queries(1):
        officer.permissions(DAY)
        officer.scope(DAY, "case.investigate")


def test_a_stationed_officer_counts_where_stationed_and_whoever_is_aided_may_be_named():
    stationed, aided = SecondmentFactory(), SecondmentFactory(kind=AID)
    assert list(certified_officers(stationed.using, DAY)) == [stationed.officer]
    assert list(certified_officers(stationed.owner, DAY)) == []
    assert list(certified_officers(stationed.owner, AFTER)) == [stationed.officer]
    assert list(certified_officers(aided.using, DAY)) == []
    assert list(certified_officers(aided.owner, DAY)) == [aided.officer]
    assert list(assignable(aided.using, DAY)) == [aided.officer]
    assert list(assignable(aided.using, AFTER)) == []


def test_an_officer_lent_for_one_case_may_be_named_for_it_only():
    lent = SecondmentFactory(kind=AID, case_number="线索1号")
    assert list(assignable(lent.using, DAY)) == []
    assert list(assignable(lent.using, DAY, ("线索1号",))) == [lent.officer]
    assert list(assignable(lent.using, DAY, ("线索2号",))) == []


def test_nobody_is_lent_twice_on_a_day_and_no_loan_grows_or_vanishes():
    lent = SecondmentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondmentFactory(officer=lent.officer, valid_from=LAST, valid_to=AFTER)
    for change in ({"valid_to": AFTER}, {"using": BodyFactory()}, {"agreement": "另订"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Secondment.objects.filter(pk=lent.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        lent.delete()
    for wrong in ({"agreement": ""}, {"case_number": "1号"}, {"using": lent.owner, "owner": lent.owner}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SecondmentFactory(**wrong)
    with pytest.raises(IntegrityError, match="auxiliary"), transaction.atomic():
        SecondmentFactory(officer=OfficerFactory(is_auxiliary=True))


@pytest.fixture
def head():
    return OfficerFactory(roles=[Role.HEAD])


def lend(head, at, **more):
    values = {
        "officer": OfficerFactory(body=head.body, certified=True, roles=[Role.TOWNSHIP_OFFICER]),
        "using": BodyFactory(),
        "agreement": "借字1号",
        "valid_from": DAY,
        "valid_to": LAST,
    }
    return secondments.lend_in_aid(**{**values, **more}, actor=head, at=at)


def test_a_head_lends_certified_officers_of_the_own_body_by_agreement(head, at):
    lent = lend(head, at)
    assert (lent.owner, lent.kind) == (head.body, AID)
    refusals = {
        "staff_of_other_body": {"officer": OfficerFactory(certified=True)},
        "certificate_valid_on_date": {"officer": OfficerFactory(body=head.body)},
        "agreement_missing": {"agreement": " "},
        "lent_to_own_body": {"using": head.body},
        "secondment_clash": {"officer": lent.officer},
    }
    for code, change in refusals.items():
        with pytest.raises(RuleViolation) as found:
            lend(head, at, **change)
        assert found.value.code == code
    assert Secondment.objects.count() == 1


def test_a_loan_is_ended_early_never_back_into_the_past(head, at):
    lent = lend(head, at)
    later = datetime(2026, 3, 20, 2, tzinfo=UTC)
    for day in (date(2026, 3, 18), AFTER):
        with pytest.raises(RuleViolation) as found:
            secondments.call_back(secondment=lent, last_day=day, actor=head, at=later)
        assert found.value.code == "secondment_end_outside"
    secondments.call_back(secondment=lent, last_day=date(2026, 3, 20), actor=head, at=later)
    assert bodies_of(lent.officer, date(2026, 3, 20)) == {lent.owner_id, lent.using_id}
    assert bodies_of(lent.officer, date(2026, 3, 21)) == {lent.owner_id}


def test_the_share_of_appraisal_is_shown_to_the_bodies_concerned_only(sign_in, freeze):
    freeze("2026-03-10 10:00")
    lent = SecondmentFactory(appraisal_share=37)
    viewers = {
        OfficerFactory(body=lent.using, roles=[Role.HEAD]): True,
        OfficerFactory(body=lent.owner, roles=[Role.HEAD]): True,
        OfficerFactory(roles=[Role.HEAD]): False,
    }
    for viewer, seen in viewers.items():
        page = sign_in(viewer).get(reverse("secondments")).content.decode()
        assert lent.officer.name in page
        assert ("37%" in page) is seen


def test_lending_by_page_and_by_rest_is_for_heads(head, sign_in, freeze):
    freeze("2026-03-02 10:00")
    first, second = OfficerFactory.create_batch(2, body=head.body, certified=True)
    using = BodyFactory()

    def values(officer):
        terms = {"agreement": "借字2号", "valid_from": "2026-03-02", "valid_to": "2026-03-31"}
        return {"officer": officer.pk, "using": using.pk, **terms}

    page, door = reverse("secondment_new"), reverse("api_secondment-new")
    clerk = sign_in(OfficerFactory(body=head.body, roles=[Role.TOWNSHIP_OFFICER]))
    assert {clerk.post(path, values(first)).status_code for path in (page, door)} == {403}
    client = sign_in(head)
    assert client.post(page, values(first)).status_code == 302
    assert client.post(door, values(second), content_type="application/json").status_code == 200
    assert set(Secondment.objects.values_list("officer", flat=True)) == {first.pk, second.pk}


def test_a_head_is_offered_the_own_bodys_people_to_lend_and_the_county_everybody(
    head, lawyer, sign_in, freeze
):
    own, other = OfficerFactory(body=head.body), OfficerFactory()
    for viewer, others in ((head, False), (lawyer, True)):
        form = sign_in(viewer).get(reverse("secondment_new")).context["form"]
        offered = set(form.fields["officer"].queryset)
        assert own in offered
        assert (other in offered) is others
