"""The one door to a case: not visible → 404; visible but not yours to move → 403; else the case."""

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from audit import statements
from audit.objects import Objects
from cases.dossier.models import Assignment, Case
from cases.dossier.moves import Move
from cases.dossier.reading import read_once
from cases.dossier.stages import TABLE
from desk.errors import TurnedAway, Way
from desk.keyset import any_of
from townships.models import County, Officer
from townships.roles import holders_of

# Joined in one statement, which takes the planner three milliseconds, but only when a connection is new.
RELATED = (
    *("item", "item_version", "party", "place"),
    *("township", "handler", "named"),
    *("lead_officer", "second_officer"),
)
# Of so many bodies the cases are walked apart, of more together.
MOST_APART = 3


SHARED = """
    SELECT shared.content_object_id FROM cases_caseuserobjectpermission shared
    JOIN auth_permission permission ON permission.id = shared.permission_id
    WHERE shared.user_id = %s::bigint AND permission.codename = 'view_case'
"""
# Whether a case found otherwise is open to an officer: of one case, or of few.
OPEN = f"""
    %s::boolean AND k.county_id = %s::int
    AND (%s::boolean OR k.seat = ANY(%s::bigint[]) OR k.principal = ANY(%s::bigint[]) OR k.id IN ({SHARED}))
"""
PRINCIPALS = """
    SELECT own.body FROM unnest(%s::bigint[]) own(body)
    WHERE EXISTS (SELECT FROM cases_case k WHERE k.county_id = %s::int AND k.principal = own.body)
"""
LOCK = "SELECT FROM cases_case WHERE id = %s::bigint FOR UPDATE"
ONE = Objects(
    Case, "k", related=RELATED, plain={"county": County}, rest=f"WHERE k.id = %s::bigint AND {OPEN}"
)
# Asked by every list.
BEYOND = f"SELECT ARRAY({SHARED}), ARRAY({PRINCIPALS})"


def visible_to(officer: Officer, *, on: date) -> QuerySet[Case]:
    """Return the cases an officer may see that day: of own bodies, and those handled jointly."""
    return any_of(*open_to(officer, on=on))


def open_to(officer: Officer, *, on: date) -> tuple[QuerySet[Case], tuple[Q, ...]]:
    """Return the cases of the county, and the ways of which one must open a case; none opens all."""
    ways = ways_of(officer, on)
    return (Case.objects.none(), ()) if ways is None else (of_county(officer.county_id), ways)


def of_county(county_id: int) -> QuerySet[Case]:
    """Return the cases of a county, whoever may see them."""
    return Case.objects.filter(county_id=county_id)


def ways_of(officer: Officer, on: date) -> tuple[Q, ...] | None:
    """Return the ways of which one must open a case of the county; none opens all, None is nobody's way.

    Each way of an officer of few bodies has an index of its own, by which a list walks it; a way that opens
    nothing is left out, so that nearly everybody has a single one.
    """
    scope = officer.scope(on, "case.view")
    if not scope:
        return None
    if scope.all_county:
        return ()
    bodies = sorted(scope.body_ids)
    shared, principals = _beyond(officer, bodies)
    further = [Q(pk__in=shared)] if shared else []
    return (*_apart("seat", bodies), *_apart("principal", principals), *further)


def _apart(column: str, bodies: list[int]) -> list[Q]:
    if len(bodies) > MOST_APART:
        return [Q(**{f"{column}__in": bodies})]
    return [Q(**{column: body}) for body in bodies]


def open_at(officer: Officer, on: date) -> list[Any]:
    """Return what OPEN asks with of an officer and a day."""
    scope = officer.scope(on, "case.view")
    bodies = statements.array(scope.body_ids)
    return [bool(scope), officer.county_id, scope.all_county, bodies, bodies, officer.pk]


@read_once
def _beyond(officer: Officer, bodies: list[int]) -> tuple[list[int], list[int]]:
    """Return the cases shared with the officer, and those of the bodies in whose names others work."""
    shared, principals = statements.rows(BEYOND, [officer.pk, statements.array(bodies), officer.county_id])[0]
    return shared, principals


def get_case(
    officer: Officer,
    pk: int,
    *,
    on: date,
    move: Move | None = None,
    lock: bool = False,
) -> Case:
    """Return the case, locked if asked; Http404 when invisible, PermissionDenied when not theirs to move."""
    # An address may name a key that no row can bear.
    known = pk <= BigIntegerField.MAX_BIGINT
    if lock and known:
        # The lock first: joined in the same statement, a row that had to wait would keep its old relations.
        statements.rows(LOCK, [pk])
    case = next(iter(ONE.read([pk, *open_at(officer, on)])), None) if known else None
    if case is None:
        raise Http404(_("没有这个案件，或不在你的管辖范围内。"))
    if move is not None and not may_move(officer, case, move, on=on):
        raise _not_theirs(case, move)
    return case


def _not_theirs(case: Case, move: Move) -> TurnedAway:
    """Say whose work the act is, and lead back to the case, which the officer may read."""
    told = _("“%(move)s”由%(roles)s办理，不在你的岗位权限内。")
    roles = holders_of(TABLE[move].permission)
    way = Way(_("回到案件"), _("看下一步由谁办理、还缺什么"), reverse("case", args=[case.pk]), _("看案件"))
    return TurnedAway(told % {"move": move.label, "roles": roles}, way)


# What joint handling opens to an officer of another body: the work, never the direction of the case.
JOINT_WORK = frozenset({"case.verify", "case.investigate", "case.serve"})
# A reviewer of the county's pool reviews for bodies they do not belong to.
REVIEWING = "case.review"


def may_move(officer: Officer, case: Case, move: Move, *, on: date) -> bool:
    """Tell whether the officer holds the move's permission in a body the case stands in."""
    permission = TABLE[move].permission
    scope = officer.scope(on, permission)
    bodies = (case.handler_id, case.named_id) if case.handler_id else (case.township_id,)
    if any(scope.covers(body_id) for body_id in bodies):
        return True
    if permission in JOINT_WORK:
        return bool(scope) and _joined(officer, case)
    return permission == REVIEWING and bool(scope) and _reviews(officer, case)


@read_once
def _joined(officer: Officer, case: Case) -> bool:
    return Assignment.objects.filter(officer=officer, case=case, ended_on=None).exists()


@read_once
def _reviews(officer: Officer, case: Case) -> bool:
    return case.reviews.filter(reviewer=officer, concluded_at=None).exists()


def share(case: Case, officer: Officer) -> None:
    """Let one officer of another body see the case: the exception, kept as an object permission."""
    assign_perm("cases.view_case", officer, case)


def unshare(case: Case, officer: Officer) -> None:
    """Take the exception back when somebody else took the work on."""
    remove_perm("cases.view_case", officer, case)
