"""Agreements that end soon, as a page and over REST."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
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
from cases.routing.forecast import Ending, endings
from desk import clock
from desk.endpoints import Endpoint
from townships.models import Officer


def _seen(officer: Officer) -> list[tuple[Ending, list[Any]]]:
    """Return what ends soon with those of its cases the officer may see."""
    today = clock.today()
    found = endings(today)
    keys = [case.pk for ending in found for case in ending.cases]
    seen = set(visible_to(officer, on=today).filter(pk__in=keys).values_list("pk", flat=True))
    return [(ending, [case for case in ending.cases if case.pk in seen]) for ending in found]


@login_required
@require_GET
def ending_cases(request: HttpRequest) -> HttpResponse:
    """Show the agreements that end within 90 days and the open cases that will outlive them."""
    officer = acting(request)
    if not officer.may("authority.view", clock.today()):
        raise PermissionDenied(_("这一页不在你的岗位权限内。"))
    crumbs = [(_("委托与赋权"), reverse("agreements")), (_("到期前办不完的案件"), "")]
    found = _seen(officer)
    context = {
        "leaving": [row for row in found if row[0].cases],
        "quiet": [ending for ending, _cases in found if not ending.cases],
        "crumbs": crumbs,
    }
    return render(request, "cases/routing/ending.html", context)


class EndingSerializer(serializers.Serializer[Any]):
    """An agreement that ends soon."""

    grant = serializers.IntegerField()
    number = serializers.CharField()
    valid_to = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(help_text="by its term or its revocation, whichever is earlier")
    days_left = serializers.IntegerField()
    step = serializers.IntegerField(help_text="30 or 90")
    outliving = serializers.IntegerField(help_text="open cases that will outlive it")
    cases = serializers.ListField(child=serializers.IntegerField(), help_text="those of them you may see")


class EndingsApi(Endpoint):
    """Agreements that end within 90 days, and what they leave behind."""

    @extend_schema(responses=EndingSerializer(many=True), tags=["authority"])
    def get(self, request: Request) -> Response:
        """List them, the nearest first."""
        officer = acting(request)
        if not officer.may("authority.view", clock.today()):
            raise PermissionDenied
        rows = [
            {
                "grant": ending.grant.pk,
                "number": ending.grant.number,
                "valid_to": ending.grant.valid_to,
                "last_day": ending.grant.last_day,
                "days_left": ending.days_left,
                "step": ending.step,
                "outliving": len(ending.cases),
                "cases": [case.pk for case in cases],
            }
            for ending, cases in _seen(officer)
        ]
        return Response(EndingSerializer(rows, many=True).data)
