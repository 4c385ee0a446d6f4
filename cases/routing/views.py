"""Agreements that end soon, and how handed-on items are used, as pages and over REST."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.dossier.access import visible_to
from cases.flow.views import acting
from cases.routing.evaluation import Sheet, evaluate
from cases.routing.forecast import Ending, endings
from desk import clock
from desk.fields import DateField
from townships.models import Body, Officer
from townships.selectors import townships_on


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
    valid_to = serializers.DateField()
    days_left = serializers.IntegerField()
    step = serializers.IntegerField(help_text="30 or 90")
    outliving = serializers.IntegerField(help_text="open cases that will outlive it")
    cases = serializers.ListField(child=serializers.IntegerField(), help_text="those of them you may see")


class EndingsApi(APIView):
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
                "days_left": ending.days_left,
                "step": ending.step,
                "outliving": len(ending.cases),
                "cases": [case.pk for case in cases],
            }
            for ending, cases in _seen(officer)
        ]
        return Response(EndingSerializer(rows, many=True).data)


YEAR = timedelta(days=365)
PAGE = 50


class EvaluationForm(forms.Form):
    """The time looked at, and the township, if only one."""

    since = DateField(label=gettext_lazy("自"), required=False)
    until = DateField(label=gettext_lazy("至"), required=False)
    township = forms.ModelChoiceField(
        Body.objects.none(),
        label=gettext_lazy("乡镇（街道）"),
        required=False,
        empty_label=gettext_lazy("全部"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["township"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = townships_on(clock.today())


def _sheets(officer: Officer, data: Any) -> tuple[EvaluationForm, list[Sheet]]:
    """Return the sheets of what was asked; a time that makes no sense is the past year."""
    if not (officer.may("stats.view", clock.today()) or officer.may("authority.edit", clock.today())):
        raise PermissionDenied(_("评估由法制机构、监督人员和机关负责人查看。"))
    form = EvaluationForm(data)
    asked = form.cleaned_data if form.is_valid() else {}
    until = asked.get("until") or clock.today()
    since = asked.get("since") or until - YEAR
    township = asked.get("township")
    return form, evaluate(since=since, until=until, township_id=township.pk if township else None)


@login_required
@require_GET
def evaluation_page(request: HttpRequest) -> HttpResponse:
    """Show how each item is used in each township, the least used first, and what that speaks for."""
    officer = acting(request)
    form, sheets = _sheets(officer, request.GET)
    page = Paginator(sheets, PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "asked": asked.urlencode(),
        "may_edit": officer.may("authority.edit", clock.today()),
        "crumbs": [(_("委托与赋权"), reverse("agreements")), (_("使用评估"), "")],
    }
    return render(request, "cases/routing/evaluation.html", context)


class SheetSerializer(serializers.Serializer[Any]):
    """One item in one township."""

    grant = serializers.IntegerField(source="row.grant_id")
    item = serializers.IntegerField(source="row.item_id")
    township = serializers.IntegerField(source="row.township_id")
    name = serializers.CharField()
    cases = serializers.IntegerField()
    joint = serializers.IntegerField()
    complaints = serializers.IntegerField()
    found = serializers.IntegerField()
    decided = serializers.IntegerField()
    days = serializers.FloatField(allow_null=True)
    returned = serializers.IntegerField()
    advice = serializers.CharField(help_text="keep, adjust or recall")


class EvaluationApi(APIView):
    """How handed-on items are used."""

    @extend_schema(responses=SheetSerializer(many=True), tags=["authority"])
    def get(self, request: Request) -> Response:
        """List the sheets of the time asked about (since, until, township)."""
        _form, sheets = _sheets(acting(request), request.query_params)
        return Response(SheetSerializer(sheets, many=True).data)
