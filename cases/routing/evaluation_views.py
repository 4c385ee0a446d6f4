"""How handed-on items are used, and what is decided on each, as pages and over REST."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.dossier.access import visible_to
from cases.flow.views import acting
from cases.routing import evaluating
from cases.routing.evaluation import CRITERIA, NOT_HELD, Sheet, evaluate, scores
from cases.routing.models import ItemEvaluation
from desk import clock
from desk.endpoints import Endpoint
from desk.fields import DateField, LongText
from desk.shapes import question_of
from law.errors import RuleViolation
from townships.api.posting import Posting
from townships.forms.people import DatedForm
from townships.models import Body, GrantItem, Officer
from townships.roles import EVALUATION_READERS, Scope
from townships.selectors import townships_on
from townships.views.acts import ActPage

DAY, YEAR = timedelta(days=1), timedelta(days=365)
CRUMBS = [
    (gettext_lazy("委托与赋权"), reverse_lazy("agreements")),
    (gettext_lazy("使用评估"), reverse_lazy("evaluation")),
]
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


def _sheets(officer: Officer, asked: Mapping[str, Any]) -> list[Sheet]:
    """Return the sheets of what was asked."""
    if not any(officer.may(code, clock.today()) for code in EVALUATION_READERS):
        raise PermissionDenied(_("评估由法制机构、监督人员和机关负责人查看。"))
    (since, until), township = _time_of(asked), asked.get("township")
    found = evaluate(since=since, until=until, township_id=township.pk if township else None)
    scope = _scope(officer)
    return [sheet for sheet in found if _concerns(sheet.row, scope)]


def _scope(officer: Officer) -> Scope:
    """Whose figures an officer may read today."""
    total = Scope()
    for code in EVALUATION_READERS:
        total |= officer.scope(clock.today(), code)
    return total


def _concerns(row: GrantItem, scope: Scope) -> bool:
    """Tell whether an item was handed to, or by, a body inside the scope."""
    given = (row.township_id, row.grant.principal_id, row.grant.origin_id)
    return scope.all_county or any(scope.covers(body_id) for body_id in given)


@login_required
@require_GET
def evaluation_page(request: HttpRequest) -> HttpResponse:
    """Show how each item is used in each township, the least used first, and what that speaks for."""
    form = EvaluationForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    sheets, (since, until) = _sheets(acting(request), said), _time_of(said)
    page = Paginator(sheets, PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "asked": asked.urlencode(),
        "since": since,
        "until": until,
        "crumbs": [CRUMBS[0], (_("使用评估"), "")],
    }
    return render(request, "cases/routing/evaluation.html", context)


class DecisionForm(DatedForm):
    """What is decided on an item, for which time and why."""

    since = DateField(label=gettext_lazy("评估期起"))
    until = DateField(label=gettext_lazy("评估期止"))
    decision = forms.ChoiceField(
        label=gettext_lazy("评估结论"), choices=ItemEvaluation.Decision.choices, widget=forms.RadioSelect
    )
    reason = LongText(label=gettext_lazy("理由"), rows=4, max_length=2000, help_text=NOT_HELD)
    recalled_on = DateField(
        label=gettext_lazy("收回日期"),
        required=False,
        help_text=gettext_lazy("结论为收回时填写；自该日起在办案件移交"),
    )


def item_to_evaluate(officer: Officer, pk: int, code: str = "") -> GrantItem:
    """The door to the sheet of one item in one township."""
    rows = GrantItem.objects.select_related("grant__holder", "grant__principal", "grant__origin", "township")
    row = get_object_or_404(rows, pk=pk, county_id=officer.county_id)
    if not any(officer.may(held, clock.today()) for held in ([code] if code else EVALUATION_READERS)):
        raise PermissionDenied(_("评估由法制机构、监督人员和机关负责人查看，由法制机构作出结论。"))
    if not _concerns(row, _scope(officer)):
        raise Http404(_("没有这个事项。"))
    return row


def _asked_time(data: Any) -> tuple[date, date]:
    """Read the time asked about; one that makes no sense is the past year."""
    form = EvaluationForm(data)
    return _time_of(form.cleaned_data if form.is_valid() else {})


def _time_of(asked: Mapping[str, Any]) -> tuple[date, date]:
    until = asked.get("until") or clock.today()
    return asked.get("since") or until - YEAR, until


@login_required
@require_GET
def evaluation_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the sheet of one item in one township, its open cases and what was decided before."""
    officer, today = acting(request), clock.today()
    row = item_to_evaluate(officer, pk)
    since, until = _asked_time(request.GET)
    if row.withdrawn_on is not None:
        # What was taken back is shown as it was used up to its last day.
        until = min(until, row.withdrawn_on - DAY)
    found: evaluating.Evaluated | None = None
    refusal: RuleViolation | None = None
    try:
        found = evaluating.look_at(row, since=since, until=until)
    except RuleViolation as nothing:
        refusal = nothing
    open_cases = found.open_cases if found else []
    keys = [case.pk for case in open_cases]
    seen = list(visible_to(officer, on=today).filter(pk__in=keys).order_by("id"))
    context = {
        "row": row,
        "found": found,
        "refusal": refusal,
        "since": since,
        "until": until,
        "criteria": _criteria(found) if found else [],
        "not_held": NOT_HELD,
        "seen": seen,
        "unseen": len(open_cases) - len(seen),
        "earlier": row.evaluations.select_related("decided_by"),
        "may_edit": officer.may("authority.edit", today) and row.withdrawn_on is None,
        "crumbs": [*CRUMBS, (str(row.township), "")],
    }
    return render(request, "cases/routing/evaluation_item.html", context)


def _criteria(found: evaluating.Evaluated) -> list[tuple[Any, Any, int | None]]:
    """Return label, figure and score of each criterion."""
    return [
        (label, getattr(found.sheet, figure), found.scores[key])
        for key, (label, figure, _less) in CRITERIA.items()
    ]


class DecideItem(ActPage):
    """Keep, adjust or recall an item."""

    form_class = DecisionForm
    title = gettext_lazy("作出评估结论")
    done = gettext_lazy("评估结论已登记。")
    warning = gettext_lazy("收回后，在办案件自收回之日起按权限移交；各项期限继续计算。")
    crumbs = CRUMBS

    def door(self, officer: Officer, on: date) -> GrantItem:
        """The legal department only."""
        return item_to_evaluate(officer, self.kwargs["pk"], "authority.edit")

    def form(self, target: GrantItem, data: Any = None) -> forms.Form:
        """Begin with the time of the sheet that was read."""
        since, until = _asked_time(self.request.GET)
        return DecisionForm(data, on=clock.today(), initial={"since": since, "until": until})

    def service(self, target: GrantItem, values: dict[str, Any], officer: Officer) -> ItemEvaluation:
        """Decide."""
        return evaluating.decide_item(row=target, actor=officer, at=clock.now(), **values)

    def back(self, target: GrantItem) -> str:
        """Go to the sheet."""
        return reverse("evaluation_item", args=[target.pk])


DECIDE = Posting(
    "item-evaluate",
    DecisionForm,
    lambda row, values, officer: evaluating.decide_item(row=row, actor=officer, at=clock.now(), **values),
    lambda officer, keys: item_to_evaluate(officer, keys["pk"], "authority.edit"),
    about="Keep, adjust or recall an item in a township; a recall hands its open cases over",
)


class SheetSerializer(serializers.Serializer[Any]):
    """One item in one township."""

    row = serializers.IntegerField(source="row.pk", help_text="key for deciding on it")
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
    returned = serializers.IntegerField(help_text="reviews returned or not passed")
    reinvestigated = serializers.IntegerField(help_text="cases whose report was made anew")
    service_corrected = serializers.IntegerField(help_text="services whose day was corrected")
    overturned = serializers.IntegerField(help_text="cases that reconsideration or suit did not uphold")
    scores = serializers.SerializerMethodField(help_text="of each criterion: ahead of how many in a hundred")
    advice = serializers.CharField(help_text="keep, adjust or recall")

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField(allow_null=True)))
    def get_scores(self, sheet: Sheet) -> dict[str, int | None]:
        """Score the sheet among all that were asked for."""
        return scores(sheet, self.context["among"])


class EvaluationApi(Endpoint):
    """How handed-on items are used."""

    question = question_of(EvaluationForm)

    @extend_schema(responses=SheetSerializer(many=True), tags=["authority"])
    def get(self, request: Request) -> Response:
        """List the sheets of the time asked about, the past year when absent."""
        sheets = _sheets(acting(request), self.asked())
        return Response(SheetSerializer(sheets, many=True, context={"among": sheets}).data)
