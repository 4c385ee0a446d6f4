"""统计监督: the page and the REST answer of the figures."""

from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.flow.views import acting
from cases.oversight.statistics import figures
from desk import clock
from desk.endpoints import Endpoint
from desk.errors import refusal as refused_page
from desk.shapes import Question
from law.errors import RuleViolation
from townships.models import Officer


def require_reader(request: Any) -> Officer:
    """Return the officer, who must hold the right to see figures."""
    officer = acting(request)
    if not officer.may("stats.view", clock.today()):
        raise PermissionDenied(_("统计监督供监督人员、机关负责人和法制机构查看。"))
    return officer


@login_required
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the figures; every number opens its rows."""
    officer = require_reader(request)
    try:
        found = figures(officer, on=clock.today(), order=request.GET.get("order", "cases"))
    except RuleViolation as refusal:
        return refused_page(request, refusal)
    return render(request, "cases/statistics.html", found)


class WhichOrder(Question):
    """By which figure the townships stand."""

    order = serializers.CharField(default="cases", help_text="a figure of the townships")


class StatisticsApi(Endpoint):
    """The figures as data."""

    question = WhichOrder

    @extend_schema(responses=OpenApiTypes.OBJECT, tags=["cases"])
    def get(self, request: Request) -> Response:
        """Answer."""
        found = figures(require_reader(request), on=clock.today(), order=self.asked()["order"])
        return Response(
            {
                "sources": [{**asdict(line), "label": str(line.label)} for line in found["sources"]],
                "steps": [{**asdict(line), "label": str(line.label)} for line in found["steps"]],
                "townships": [{**asdict(line), "rate": line.rate} for line in found["townships"]],
            }
        )
