"""Rosters of legal review on a day: who is called in which order, who is away, who cannot be called."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from audit.county import in_county
from law import duties
from townships.models import Absence, Body, Officer, ReviewerPost, ReviewerRank, RoleGrant
from townships.models.periods import in_force
from townships.roles import Role
from townships.selectors.facts import reviewer_fact

# In the order of calling; the pool is called by field and load, not by order.
ROSTER = (ReviewerRank.FORMAL, ReviewerRank.BACKUP)


def absent_on(on: date) -> QuerySet[Absence]:
    """Return the absences that cover a day."""
    return Absence.objects.filter(in_force(on))


def away(on: date) -> set[int]:
    """Return the keys of everybody absent on a day."""
    return set(absent_on(on).values_list("officer_id", flat=True))


def posts_on(on: date) -> QuerySet[ReviewerPost]:
    """Return the posts held on a day in the order of calling; each knows if its holder is away.

    absent, appointed: attributes of each post.
    """
    held = RoleGrant.objects.filter(in_force(on), role=Role.LEGAL_REVIEWER, officer=OuterRef("officer"))
    return (
        in_county(ReviewerPost)
        .filter(in_force(on))
        .annotate(absent=Exists(absent_on(on).filter(officer=OuterRef("officer"))), appointed=Exists(held))
        .select_related("officer__body", "body")
        .order_by("body__sort_order", "body_id", "-rank", "order", "id")
    )


def roster_of(body: Body, on: date) -> list[ReviewerPost]:
    """Return a body's own posts of a day: the formal reviewer, then the backups in their order."""
    return list(posts_on(on).filter(body=body, rank__in=ROSTER))


def why_not_called(post: ReviewerPost, on: date) -> str:
    """Say why a post's holder reviews nothing that day, or nothing if they may (APL 58(2))."""
    if not post.officer.is_active or post.officer.is_auxiliary:
        return _("已停用或者不是正式人员")
    for refusal in duties.reviewer_qualified(reviewer_fact(post, on), on=on):
        return _("当日不具备法律职业资格：%(rule)s") % {"rule": refusal.article}
    if not getattr(post, "appointed", True):
        return _("当日没有法制审核人员角色")
    return _("当日缺勤") if getattr(post, "absent", False) else ""


def reviewers_for(body: Body, *, on: date, excluding: Iterable[int] = ()) -> list[ReviewerPost]:
    """Return who of a body's roster may review on a day, formal first, then backups in order (APL 58(2)).

    excluding: keys of officers who took part in the case and so may not review it.
    """
    barred = set(excluding)
    return [
        post for post in roster_of(body, on) if post.officer_id not in barred and not why_not_called(post, on)
    ]


def posts_of(body: Body, on: date) -> Counter[str]:
    """Count those of a body's posts of legal review whose holders are qualified on a day, by rank."""
    return posts_in([body], on).get(body.pk, Counter())


def posts_in(bodies: Iterable[Body], on: date) -> dict[int, Counter[str]]:
    """Count the qualified holders of posts of legal review of several bodies, by rank; one read for all."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for post in posts_on(on).filter(body__in=list(bodies), rank__in=ROSTER, officer__is_active=True):
        if not list(duties.reviewer_qualified(reviewer_fact(post, on), on=on)):
            found[post.body_id][post.rank] += 1
    return found


def may_set_absence(user: Officer, officer: Officer, on: date) -> bool:
    """Tell whether a user may enter an absence: one's own, of one's people, or for the legal department."""
    if user.pk == officer.pk or user.may("authority.edit", on):
        return True
    return officer.body_id is not None and user.scope(on, "case.reassign").covers(officer.body_id)


def absences_listed(user: Officer, on: date) -> QuerySet[Absence]:
    """Return the absences a user may enter or end, the newest first."""
    rows = Absence.objects.filter(county_id=user.county_id).select_related("officer__body", "set_by")
    scope = user.scope(on, "case.reassign")
    if user.may("authority.edit", on) or scope.all_county:
        return rows
    return rows.filter(Q(officer=user) | Q(officer__body__in=scope.body_ids))
