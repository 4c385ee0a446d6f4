"""F196: approval and enforcement in one hand are listed; where the county bars both, they are refused."""

from datetime import date

import pytest
from django.urls import reverse

from law.book import LawBook
from law.errors import RuleViolation
from law.values import Value
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.models import ApprovalPost
from townships.roles import Role
from townships.selectors import measures, post_conflicts
from townships.services import appointments, approval_posts

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def barring(monkeypatch):
    """The county has confirmed that nobody holds both."""
    said = Value(
        key=post_conflicts.SETTING,
        value="block",
        unit="text",
        valid_from=date(2026, 1, 1),
        approved_by="何静",
    )
    book = LawBook.default().with_overrides(values=[said])
    monkeypatch.setitem(measures._asked, "book", lambda: book)


def hold(officer, lawyer, at, **more):
    values = {"officer": officer, "body": BodyFactory(), "title": "建设工程规划许可", "valid_from": DAY}
    return approval_posts.hold_post(**{**values, **more}, actor=lawyer, at=at)


def test_whoever_holds_both_is_listed_on_the_days_of_both(lawyer, at):
    both, clerk = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]), OfficerFactory(roles=[Role.COUNTY_CLERK])
    post = hold(both, lawyer, at, valid_to=date(2026, 6, 30))
    hold(clerk, lawyer, at)
    (found,) = post_conflicts.conflicts_on(DAY)
    assert (found.post, found.role.role) == (post, Role.TOWNSHIP_OFFICER)
    assert post_conflicts.conflicts_on(date(2026, 7, 1)) == []
    approval_posts.end_post(post=post, last_day=DAY, actor=lawyer, at=at)
    assert post_conflicts.conflicts_on(date(2026, 3, 3)) == []


def test_where_the_county_bars_both_neither_is_given_beside_the_other(barring, lawyer, administrator, at):
    officer, approver = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]), OfficerFactory()
    with pytest.raises(RuleViolation) as found:
        hold(officer, lawyer, at)
    assert found.value.code == "approval_and_enforcement"
    hold(approver, lawyer, at, valid_to=date(2026, 6, 30))

    def appoint(role, first):
        return appointments.set_role(
            officer=approver, role=role, body=None, valid_from=first, actor=administrator, at=at
        )

    with pytest.raises(RuleViolation) as found:
        appoint(Role.TOWNSHIP_OFFICER, date(2026, 6, 30))
    assert found.value.code == "approval_and_enforcement"
    assert appoint(Role.LEGAL_REVIEWER, DAY)
    assert appoint(Role.TOWNSHIP_OFFICER, date(2026, 7, 1))
    assert ApprovalPost.objects.count() == 1


def test_one_post_is_not_held_twice(lawyer, at):
    officer = OfficerFactory()
    hold(officer, lawyer, at)
    with pytest.raises(RuleViolation) as found:
        hold(officer, lawyer, at)
    assert found.value.code == "appointment_clash"


def test_the_list_of_conflicts_is_a_page_and_an_endpoint(lawyer, at, sign_in, freeze):
    freeze("2026-03-02 10:00")
    officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    hold(officer, lawyer, at)
    client = sign_in(lawyer)
    assert officer.name in client.get(reverse("approval_posts")).content.decode()
    (row,) = client.get(reverse("api_post_conflicts")).json()
    assert (row["officer"], row["role"]) == (officer.pk, "township_officer")
    assert sign_in(officer).post(reverse("approval_post_new"), {}).status_code == 403
