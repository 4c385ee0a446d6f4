"""Rosters of legal review: called in order, qualified by the day, one place held once."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from law.errors import RuleViolation
from tests.factories.townships import BodyFactory, OfficerFactory, ReviewerPostFactory, RoleGrantFactory
from townships.models import ReviewerPost, ReviewerRank
from townships.roles import Role
from townships.selectors import posts_of, posts_on, reviewers_for
from townships.services.rosters import Post, appoint_reviewer, relieve_reviewer

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)


def refuses(code):
    return pytest.raises(RuleViolation, check=lambda refusal: refusal.code == code)


def post(**facts):
    given = {"body": BodyFactory(), "rank": ReviewerRank.FORMAL, "order": 1, "valid_from": DAY}
    proof = {"qualified": True, "qualification_number": "A2020", "qualified_on": date(2021, 1, 1)}
    return Post(**{**given, **proof, **facts})


def appoint(**facts):
    lawyer = OfficerFactory(roles=[Role.LEGAL_DEPARTMENT])
    return appoint_reviewer(officer=OfficerFactory(), post=post(**facts), actor=lawyer, at=AT)


def test_reviewers_are_called_formal_first_then_backups_in_order():
    body = BodyFactory()
    second = ReviewerPostFactory(body=body, rank=ReviewerRank.BACKUP, order=2)
    first = ReviewerPostFactory(body=body, rank=ReviewerRank.BACKUP, order=1)
    formal = ReviewerPostFactory(body=body)
    ReviewerPostFactory(body=body, rank=ReviewerRank.POOL)
    ReviewerPostFactory()
    assert reviewers_for(body, on=DAY) == [formal, first, second]
    assert reviewers_for(body, on=DAY, excluding=[formal.officer_id]) == [first, second]


def test_reviewers_out_of_office_or_unqualified_or_without_the_role_are_not_called():
    body = BodyFactory()
    unproved = {"qualified": False, "qualification_number": ""}
    ReviewerPostFactory(body=body, valid_to=date(2026, 3, 1))
    ReviewerPostFactory(body=body, order=2, first_reviewed_on=date(2019, 5, 1), **unproved)
    ReviewerPostFactory(body=body, order=3, officer=OfficerFactory(is_active=False))
    ReviewerPostFactory(body=body, order=4, officer=OfficerFactory(body=body))
    rank = ReviewerRank.BACKUP
    veteran = ReviewerPostFactory(body=body, rank=rank, first_reviewed_on=date(2016, 5, 1), **unproved)
    assert reviewers_for(body, on=DAY) == [veteran]


def test_the_qualification_counts_from_its_day_on():
    body = BodyFactory()
    fresh = ReviewerPostFactory(body=body, qualified_on=DAY)
    assert reviewers_for(body, on=date(2026, 3, 1)) == []
    assert reviewers_for(body, on=DAY) == [fresh]


@pytest.mark.parametrize(
    "proof",
    [
        {"qualified": False, "qualification_number": "", "qualified_on": None},
        {"qualified_on": date(2026, 3, 3)},
        {
            "qualified": False,
            "qualification_number": "",
            "qualified_on": None,
            "first_reviewed_on": date(2018, 1, 1),
        },
    ],
    ids=["none", "after the first day", "began when it was asked for already"],
)
def test_who_is_not_qualified_by_the_first_day_is_not_put_on_a_roster(proof):
    with refuses("legal_reviewer_qualified"):
        appoint(**proof)
    assert not ReviewerPost.objects.exists()


def test_who_qualifies_before_the_first_day_may_be_appointed_ahead():
    appointed = appoint(qualified_on=date(2026, 3, 20), valid_from=date(2026, 4, 1))
    assert ReviewerPost.objects.get() == appointed


def test_one_place_on_the_roster_is_filled_once():
    held = ReviewerPostFactory()
    with refuses("appointment_clash"):
        appoint(body=held.body)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewerPostFactory(body=held.body)
    assert ReviewerPost.objects.get() == held


def test_the_pool_has_no_places_but_holds_each_person_once():
    one = ReviewerPostFactory(rank=ReviewerRank.POOL)
    two = ReviewerPostFactory(rank=ReviewerRank.POOL, body=one.body, domains=["城市管理"])
    assert list(posts_on(DAY)) == [one, two]
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewerPostFactory(rank=ReviewerRank.POOL, officer=one.officer)


def test_a_reviewer_of_a_body_may_be_in_the_pool_besides():
    held = ReviewerPostFactory()
    lent = ReviewerPostFactory(rank=ReviewerRank.POOL, officer=held.officer, body=held.body)
    assert reviewers_for(held.body, on=DAY) == [held]
    assert list(posts_on(DAY).filter(rank=ReviewerRank.POOL)) == [lent]


def test_a_post_ends_within_its_term():
    held = ReviewerPostFactory()
    lawyer = OfficerFactory(roles=[Role.LEGAL_DEPARTMENT])
    with refuses("post_end_outside"):
        relieve_reviewer(post=held, last_day=date(2019, 12, 31), actor=lawyer, at=AT)
    relieve_reviewer(post=held, last_day=DAY, actor=lawyer, at=AT)
    assert reviewers_for(held.body, on=DAY) == [held]
    assert reviewers_for(held.body, on=date(2026, 3, 3)) == []


def test_capacity_counts_who_is_qualified_and_not_the_pool():
    body = BodyFactory()
    ReviewerPostFactory(body=body)
    ReviewerPostFactory(body=body, rank=ReviewerRank.BACKUP)
    ReviewerPostFactory(body=body, rank=ReviewerRank.BACKUP, order=2, qualified_on=date(2026, 3, 3))
    ReviewerPostFactory(body=body, rank=ReviewerRank.POOL)
    assert posts_of(body, DAY) == {"formal": 1, "backup": 1}
    assert posts_of(body, date(2026, 3, 3)) == {"formal": 1, "backup": 2}


def test_a_role_that_ended_takes_its_holder_off_the_roster_that_day():
    officer = OfficerFactory()
    held = ReviewerPostFactory(officer=officer)
    RoleGrantFactory(officer=officer, role=Role.LEGAL_REVIEWER, valid_to=DAY)
    assert reviewers_for(held.body, on=DAY) == [held]
    assert reviewers_for(held.body, on=date(2026, 3, 3)) == []
