"""Rosters of legal review: who is put on them, with which qualification, from when to when."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from desk.rights import needs
from law.errors import RuleViolation
from townships import rules, verbs
from townships.models import Body, Officer, ReviewerPost, ReviewerRank
from townships.roles import Role
from townships.selectors.facts import reviewer_fact
from townships.services.telling import tell
from townships.services.terms import end_term


@dataclass(frozen=True, slots=True)
class Post:
    """A reviewer's post: where, in which rank and order, for which fields, with which qualification."""

    body: Body
    rank: ReviewerRank
    order: int
    qualified: bool
    qualification_number: str
    valid_from: date
    valid_to: date | None = None
    qualified_on: date | None = None
    first_reviewed_on: date | None = None
    domains: list[str] = field(default_factory=list)


@needs("authority.edit")
@transaction.atomic
def appoint_reviewer(*, officer: Officer, post: Post, actor: Officer | None, at: datetime) -> ReviewerPost:
    """Put an officer on a roster or in the county's pool, qualified by the first day.

    行政处罚法第五十八条第二款。
    """
    rules.require_role_fits(officer, Role.LEGAL_REVIEWER)
    appointed = ReviewerPost(
        officer=officer,
        body=post.body,
        rank=post.rank,
        order=post.order,
        domains=post.domains,
        qualified=post.qualified,
        qualification_number=post.qualification_number,
        qualified_on=post.qualified_on,
        first_reviewed_on=post.first_reviewed_on,
        valid_from=post.valid_from,
        valid_to=post.valid_to,
    )
    rules.require_reviewer_qualified(reviewer_fact(appointed, post.valid_from), post.valid_from)
    try:
        with transaction.atomic():
            appointed.save()
    except IntegrityError as error:
        raise RuleViolation(
            "appointment_clash",
            "该顺位在这段时间已有人，或该人员已在名册，或资格证书编号缺失",
            unblock="核对名册上已有的岗位和日期",
            message_en="The place is taken for this time, or the officer holds a post already",
            unblock_en="Check the posts and days on the roster",
            field="order",
        ) from error
    facts = {"body": post.body.pk, "rank": str(post.rank), "order": post.order}
    days = {"from": post.valid_from, "to": post.valid_to}
    tell(officer, verbs.REVIEWER_APPOINTED, actor=actor, at=at, **facts, **days)
    return appointed


@needs("authority.edit")
@transaction.atomic
def relieve_reviewer(*, post: ReviewerPost, last_day: date, actor: Officer, at: datetime) -> None:
    """End a reviewer's post: the day named is its last."""
    end_term(post, last_day)
    tell(post.officer, verbs.REVIEWER_RELIEVED, actor=actor, at=at, body=post.body_id, to=last_day)
