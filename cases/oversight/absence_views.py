"""Who is away, and who took on what meanwhile, as a page and over REST."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.dossier.access import visible_to
from cases.flow.views import acting
from cases.review.models import StandIn
from desk import clock
from desk.endpoints import Endpoint
from desk.keyset import KeysetPage
from desk.shapes import PageAfter
from townships.api.asking import PAGE
from townships.models import Absence, Officer
from townships.selectors.rosters import absences_listed


def absences_of(officer: Officer, on: date) -> QuerySet[Absence]:
    """Return the absences an officer may enter or end, each with what was taken on in cases they may see."""
    seen = StandIn.objects.filter(case__in=visible_to(officer, on=on)).select_related("case", "after")
    return absences_listed(officer, on).prefetch_related(
        Prefetch("stand_ins", queryset=seen, to_attr="taken_on")
    )


@login_required
@require_GET
def absences_page(request: HttpRequest) -> HttpResponse:
    """Show the absences, the newest first, and who took on what."""
    officer, today = acting(request), clock.today()
    rows = absences_of(officer, today)
    context = {
        "page": KeysetPage(rows, ordering=["-valid_from", "-id"], cursor=request.GET.get("cursor")),
        "me": officer,
        "today": today,
        "crumbs": [(_("队伍人员"), reverse("officers")), (_("缺勤与代办"), "")],
    }
    return render(request, "cases/oversight/absences.html", context)


class StandInSerializer(serializers.ModelSerializer[StandIn]):
    """What somebody took on."""

    class Meta:
        model = StandIn
        fields = ["case", "duty", "before", "after", "because", "stood_in_at"]


class AbsenceSerializer(serializers.ModelSerializer[Absence]):
    """An absence with what others took on in the cases you may see."""

    stand_ins = StandInSerializer(source="taken_on", many=True, read_only=True)

    class Meta:
        model = Absence
        fields = ["id", "officer", "kind", "note", "hands_on_cases", "valid_from", "valid_to", "stand_ins"]


class AbsencesApi(Endpoint):
    """Absences: one's own, those of one's people, or all for the legal department."""

    question = PageAfter

    @extend_schema(responses=AbsenceSerializer(many=True), tags=["people"])
    def get(self, request: Request) -> Response:
        """List them by key, at most 200 at a time."""
        rows: QuerySet[Any] = absences_of(acting(request), clock.today())
        rows = rows.filter(pk__gt=self.asked()["after"]).order_by("id")[:PAGE]
        return Response(AbsenceSerializer(rows, many=True).data)
