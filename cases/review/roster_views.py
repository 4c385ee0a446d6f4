"""The rosters of legal review and the county's pool: who may review today, who may not and why, the load."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.flow.views import acting
from desk import clock
from desk.endpoints import Endpoint
from townships.models import Body, Officer, ReviewerPost, ReviewerRank
from townships.models.bodies import GRASSROOTS
from townships.selectors import bodies_on, posts_on, why_not_called
from townships.selectors.measures import measure


@dataclass(frozen=True, slots=True)
class Standing:
    """One post on a day: why its holder reviews nothing, or nothing; how many reviews wait for them."""

    post: ReviewerPost
    why_not: str
    load: int


@dataclass(slots=True)
class Roster:
    """One body's roster on a day, and how many formal and backup reviewers the county asks for."""

    body: Body
    asked: tuple[int, int]
    formal: list[Standing] = field(default_factory=list)
    backups: list[Standing] = field(default_factory=list)

    @property
    def lacks(self) -> list[str]:
        """What the roster lacks of the reviewers asked for who may review that day."""
        ranks = ((self.formal, ReviewerRank.FORMAL.label), (self.backups, ReviewerRank.BACKUP.label))
        missing = (
            (label, needed - sum(not one.why_not for one in held))
            for (held, label), needed in zip(ranks, self.asked, strict=True)
        )
        return [_("缺%(label)s %(n)d 名") % {"label": label, "n": n} for label, n in missing if n > 0]


def standings(on: date) -> list[Standing]:
    """Return every post of a day with its standing; one read for all."""
    waiting = Count("officer__reviews", filter=Q(officer__reviews__concluded_at=None))
    return [
        Standing(post, why_not_called(post, on), post.load) for post in posts_on(on).annotate(load=waiting)
    ]


def rosters_and_pool(on: date) -> tuple[list[Roster], list[Standing]]:
    """Return the roster of each body that has or should have one, and the county's pool."""
    pool: list[Standing] = []
    held: dict[int, list[Standing]] = defaultdict(list)
    for one in standings(on):
        (pool if one.post.rank == ReviewerRank.POOL else held[one.post.body_id]).append(one)
    rosters = []
    asked = measure("capacity.formal_reviewers", on), measure("capacity.backup_reviewers", on)
    for body in bodies_on(on):
        if body.pk in held or body.kind in GRASSROOTS:
            found = Roster(body, asked)
            for one in held.get(body.pk, ()):
                (found.formal if one.post.rank == ReviewerRank.FORMAL else found.backups).append(one)
            rosters.append(found)
    return rosters, pool


def _reader(request: HttpRequest) -> Officer:
    officer = acting(request)
    if not officer.may("authority.view", clock.today()):
        raise PermissionDenied(_("这一页不在你的岗位权限内。"))
    return officer


@login_required
@require_GET
def rosters_page(request: HttpRequest) -> HttpResponse:
    """Show the rosters and the pool of today."""
    officer, today = _reader(request), clock.today()
    rosters, pool = rosters_and_pool(today)
    context = {
        "rosters": rosters,
        "pool": pool,
        "short": sum(bool(roster.lacks) for roster in rosters),
        "may_edit": officer.may("authority.edit", today),
        "today": today,
        "crumbs": [(_("队伍人员"), reverse("officers")), (_("审核人员名册"), "")],
    }
    return render(request, "cases/review/rosters.html", context)


class RosterPostSerializer(serializers.Serializer[Any]):
    """One post of legal review on the day."""

    post = serializers.IntegerField(source="post.pk")
    body = serializers.IntegerField(source="post.body_id")
    rank = serializers.CharField(source="post.rank", help_text="formal, backup or pool")
    order = serializers.IntegerField(source="post.order")
    officer = serializers.IntegerField(source="post.officer_id")
    name = serializers.CharField(source="post.officer.name")
    domains = serializers.ListField(source="post.domains", child=serializers.CharField())
    valid_from = serializers.DateField(source="post.valid_from")
    valid_to = serializers.DateField(source="post.valid_to", allow_null=True)
    why_not = serializers.CharField(help_text="why the holder reviews nothing today; empty if they may")
    load = serializers.IntegerField(help_text="reviews that wait for the holder")


class RostersApi(Endpoint):
    """The rosters of legal review and the county's pool, today."""

    @extend_schema(responses=RosterPostSerializer(many=True), tags=["people"])
    def get(self, request: Request) -> Response:
        """List the posts by body, in the order of calling."""
        _reader(request)
        return Response(RosterPostSerializer(standings(clock.today()), many=True).data)
