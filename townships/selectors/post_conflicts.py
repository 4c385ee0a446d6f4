"""Who approves and enforces at once: posts of approval held together with an acting role."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from audit.county import in_county
from townships.models import ApprovalPost, Officer, RoleGrant
from townships.models.periods import in_force
from townships.roles import Role
from townships.selectors.measures import says

ENFORCING = (Role.TOWNSHIP_OFFICER, Role.TEAM_LEADER)
SETTING = "posts.approval_and_enforcement"


@dataclass(frozen=True, slots=True)
class PostConflict:
    """A person with a post of approval and an acting role on the same day."""

    post: ApprovalPost
    role: RoleGrant


def barred(on: date) -> bool:
    """Tell whether the county bars both together, or only lists it."""
    return says(SETTING, "block", on)


def conflicts_on(on: date) -> list[PostConflict]:
    """List who approves and enforces on a day, in two statements."""
    posts = in_county(ApprovalPost).filter(in_force(on), officer__is_active=True)
    held = {}
    roles = RoleGrant.objects.filter(in_force(on), role__in=ENFORCING, officer__in=posts.values("officer"))
    for role in roles.order_by("officer_id", "-id"):
        held[role.officer_id] = role
    listed = posts.select_related("officer", "body").order_by("body__sort_order", "officer__name")
    return [PostConflict(post, held[post.officer_id]) for post in listed if post.officer_id in held]


def approving(officer: Officer, first: date, last: date | None) -> QuerySet[ApprovalPost]:
    """Return the posts of approval a person holds at some time within these days."""
    return officer.approval_posts.filter(_within(first, last))


def enforcing(officer: Officer, first: date, last: date | None) -> QuerySet[RoleGrant]:
    """Return the acting roles a person holds at some time within these days."""
    return officer.role_grants.filter(_within(first, last), role__in=ENFORCING)


def _within(first: date, last: date | None) -> Q:
    begins = Q() if last is None else Q(valid_from__lte=last)
    return begins & (Q(valid_to=None) | Q(valid_to__gte=first))
