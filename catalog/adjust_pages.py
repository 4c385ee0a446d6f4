"""Pages of adjustments: what was done to items by which document; drafted by one, published by another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import get_in_county, in_county
from catalog import adjusting
from catalog.access import EDIT, PUBLISH, VIEW, CodeRequired, may, officer_of
from catalog.adjusting import Plan
from catalog.effective import Status
from catalog.models import Action, Adjustment, Item, ItemCode, PowerList, Reason
from catalog.selectors import items_by_number
from desk import clock
from desk.fields import DateField, LongText
from desk.lists import ListView
from desk.refusals import refusal_told
from law.errors import RuleViolation

CRUMBS = [
    (gettext_lazy("事项清单"), reverse_lazy("items")),
    (gettext_lazy("清单调整"), reverse_lazy("adjustments")),
]


class AdjustmentForm(forms.Form):
    """What a document orders; items are named by their codes, or by their numbers in a list."""

    action = forms.ChoiceField(label=gettext_lazy("调整方式"), choices=Action.choices)
    document = forms.CharField(label=gettext_lazy("调整文号"), max_length=100)
    decided_on = DateField(label=gettext_lazy("文件日期"))
    effective_on = DateField(label=gettext_lazy("生效日期"))
    reason = forms.ChoiceField(label=gettext_lazy("调整原因"), choices=Reason.choices)
    explanation = LongText(label=gettext_lazy("原因说明"), rows=3)
    source_list = forms.ModelChoiceField(
        in_county(PowerList),
        label=gettext_lazy("按哪份清单的序号"),
        required=False,
        empty_label=gettext_lazy("不用序号，按事项编码"),
    )
    numbers = LongText(
        label=gettext_lazy("涉及事项"),
        rows=4,
        required=False,
        help_text=gettext_lazy("编码或序号，用逗号、顿号或换行隔开；新增时不填"),
    )
    power_list = forms.ModelChoiceField(
        in_county(PowerList),
        label=gettext_lazy("列入（移出）哪份清单"),
        required=False,
        empty_label=gettext_lazy("不涉及"),
        help_text=gettext_lazy("新增、下放、收回必填；划转时可选"),
    )
    department_name = forms.CharField(label=gettext_lazy("划入部门"), required=False, max_length=200)
    names = LongText(
        label=gettext_lazy("调整后的事项名称"),
        rows=3,
        required=False,
        help_text=gettext_lazy("新增、变更、拆分、合并时填写，一行一项"),
    )

    def plan(self) -> Plan:
        """Return what was entered as the service takes it."""
        told = {name: self.cleaned_data[name] for name in Plan.__slots__ if name in self.cleaned_data}
        names = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        return Plan(
            **{**told, "action": Action(told["action"]), "content": [{"name": name} for name in names]}
        )

    def clean(self) -> dict[str, Any]:
        """Find the items named; one that is not found is told."""
        cleaned = super().clean() or self.cleaned_data
        text = cleaned.get("numbers", "")
        for mark in "，、；;\n\t ":
            text = text.replace(mark, ",")
        wanted = list(dict.fromkeys(part for part in text.split(",") if part))
        found = self._found(wanted, cleaned.get("source_list"))
        missing = [word for word in wanted if word not in found]
        if missing:
            self.add_error("numbers", _("没有找到：%(words)s") % {"words": "、".join(missing[:20])})
        cleaned["items"] = [found[word] for word in wanted if word in found]
        return cleaned

    def _found(self, wanted: list[str], power_list: PowerList | None) -> dict[str, Item]:
        if power_list is not None:
            numbered = items_by_number(power_list.code, clock.today())
            return {number: numbered[number].item for number in wanted if number in numbered}
        codes = in_county(ItemCode).filter(code__in=wanted, valid_to=None).select_related("item")
        return {code.code: code.item for code in codes}


class Adjustments(CodeRequired, ListView[Adjustment]):
    """Every adjustment, the latest first."""

    code = VIEW
    template_name = "catalog/adjustments.html"
    list_key = "adjustments"
    orderings = {"time": ("id",)}
    default_sort = "-time"

    def rows(self) -> Any:
        """All adjustments."""
        return in_county(Adjustment).select_related("power_list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the crumbs and whether one may be drafted."""
        editor = may(self.request.user, EDIT, clock.today())
        return super().get_context_data(crumbs=CRUMBS, may_edit=editor, **kwargs)


class DraftAdjustment(CodeRequired):
    """Draft an adjustment."""

    code = EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self._page(request, AdjustmentForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Draft it."""
        form = AdjustmentForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        officer, items = officer_of(request, EDIT), form.cleaned_data["items"]
        try:
            made = adjusting.draft(plan=form.plan(), items=items, actor=officer, at=clock.now())
        except RuleViolation as refusal:
            return self._page(request, form, refusal=refusal, status=409)
        messages.success(request, _("已起草。请另一名有发布权限的人核对后发布。"))
        return redirect("adjustment", made.pk)

    def _page(
        self,
        request: HttpRequest,
        form: AdjustmentForm,
        *,
        refusal: RuleViolation | None = None,
        status: int = 200,
    ) -> HttpResponse:
        crumbs = [*CRUMBS, (_("起草调整"), "")]
        context = {"form": form, "refusal": refusal, "crumbs": crumbs}
        return render(request, "catalog/adjustment_new.html", context, status=status)


class AdjustmentPage(CodeRequired):
    """One adjustment: its document, its items before and after, and the act of the second person."""

    code = VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        row = get_in_county(Adjustment.objects.select_related("power_list"), pk=pk)
        publisher = may(request.user, PUBLISH, clock.today()) and row.status == Status.DRAFT
        context = {
            "change": row,
            "named": str(row),
            "published_at": row.published_at,
            "parts": list(row.parts.select_related("version", "item")),
            "may_publish": publisher and row.drafted_by_id != request.user.pk,
            "may_discard": publisher,
            "crumbs": [*CRUMBS, (str(row), reverse("adjustment", args=[pk]))],
        }
        return render(request, "catalog/adjustment.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish it or give it up, or say why not."""
        row, officer = get_in_county(Adjustment, pk=pk), officer_of(request, PUBLISH)
        with refusal_told(request):
            if request.POST.get("act") == "discard":
                adjusting.discard(adjustment=row, actor=officer, at=clock.now())
                messages.success(request, _("已弃用该草稿"))
            else:
                adjusting.publish(adjustment=row, actor=officer, at=clock.now())
                messages.success(request, _("已发布，自 %(day)s 起适用") % {"day": row.effective_on})
        return redirect("adjustment", pk)
