"""Pages of benchmarks: the calculator, what is drafted to an item, what a second person publishes."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import get_in_county, this_county
from catalog import drafts, guides, selectors
from catalog.access import EDIT, PUBLISH, CodeRequired, officer_of
from catalog.discretion import services
from catalog.discretion.calculator import asked, page_of, ticked
from catalog.discretion.forms import Effective, ExemptionForm, GuideForm, TableForm
from catalog.discretion.reading import TEMPLATES
from catalog.models import BenchmarkShape, Item
from catalog.views import CRUMBS, day_of
from desk import clock
from desk.exports import Column, workbook_response
from law.errors import RuleViolation

MOST_DIGITS = 19


def crumbs_of(item: Item, name: str, last: Any) -> list[tuple[Any, Any]]:
    """Lead from the list over the item to a page of it."""
    return [*CRUMBS, (name, reverse("item", args=[item.pk])), (last, "")]


class CalculatorPage(CodeRequired):
    """Circumstances ticked, the range with its derivation: an address that can be passed on."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show questions, and the answer where something was ticked."""
        item, on = get_in_county(Item, pk=pk), day_of(request)
        version = selectors.version_in_force(item, on)
        values = ticked(request.GET, "c")
        found = page_of(item, version, on=on, asked=asked(values, _quantity(request)))
        context = {
            **found,
            "item": item,
            "on": on,
            "values": values,
            "crumbs": crumbs_of(item, version.name, _("裁量计算")),
        }
        return render(request, "catalog/calculator.html", context)


class RangePart(CodeRequired):
    """The answer alone, for the report page of a case."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer for what is ticked at the moment."""
        item, on = get_in_county(Item, pk=pk), day_of(request)
        version = selectors.version_in_force(item, on)
        given = asked(ticked(request.GET, "circumstances"), _quantity(request))
        return render(request, "catalog/range.html", page_of(item, version, on=on, asked=given))


class QuestionsPart(CodeRequired):
    """The circumstances of an item that was just chosen on a page, with the answer to what is ticked."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for the item's own; nothing where none is chosen or in force."""
        chosen, on = request.GET.get("item", ""), day_of(request)
        asking = chosen.isdecimal() and len(chosen) < MOST_DIGITS
        version = selectors.versions_in_force(on).filter(item_id=chosen).first() if asking else None
        if version is None:
            return HttpResponse()
        item = version.item
        values = ticked(request.GET, "circumstances")
        found = page_of(item, version, on=on, asked=asked(values, _quantity(request)))
        return render(request, "catalog/weighing_box.html", {**found, "item": item, "values": values})


class GuidePart(CodeRequired):
    """The handling guide alone, for the page of a case."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the guide of the day."""
        item = get_in_county(Item, pk=pk)
        guide = guides.guide_in_force(item, day_of(request))
        return render(request, "catalog/guide_box.html", {"guide": guide, "item": item})


def _quantity(request: HttpRequest) -> Decimal:
    """Read the quantity; what is no number above nothing counts as one."""
    try:
        value = Decimal(request.GET.get("quantity", "") or "1")
    except InvalidOperation:
        return Decimal(1)
    return value if value.is_finite() and 0 < value < Decimal(10) ** 12 else Decimal(1)


class Drafting(CodeRequired, ABC):
    """A page on which something is drafted to an item."""

    code = EDIT
    form: type[Effective]
    title: ClassVar[str | Promise]
    hint: ClassVar[str | Promise] = ""

    @abstractmethod
    def save(self, form: Any, item: Item, **who: Any) -> None:
        """Draft what was entered."""

    def first(self, item: Item) -> dict[str, Any]:
        """Return what the form starts from."""
        return {}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        item = get_in_county(Item, pk=pk)
        initial = {"effective_on": clock.today(), **self.first(item)}
        return self._page(request, item, self.form(initial=initial))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draft it."""
        item, form = get_in_county(Item, pk=pk), self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, item, form, status=422)
        try:
            self.save(form, item, actor=officer_of(request, EDIT), at=clock.now())
        except RuleViolation as refusal:
            return self._page(request, item, form, refusal=refusal, status=409)
        messages.success(request, _("已起草。请另一名有发布权限的人核对后发布。"))
        return redirect("item", pk)

    def _page(
        self,
        request: HttpRequest,
        item: Item,
        form: forms.Form,
        *,
        refusal: RuleViolation | None = None,
        status: int = 200,
    ) -> HttpResponse:
        latest = item.versions.order_by("-valid_from").first()
        name = latest.name if latest else str(item)
        context = {
            "item": item,
            "name": name,
            "form": form,
            "refusal": refusal,
            "title": self.title,
            "hint": self.hint,
            "templates": list(BenchmarkShape.choices) if self.form is TableForm else [],
            "crumbs": crumbs_of(item, name, self.title),
        }
        return render(request, "catalog/drafting.html", context, status=status)


class DraftTable(Drafting):
    """A benchmark of any shape."""

    form = TableForm
    title = gettext_lazy("起草裁量基准")
    hint = gettext_lazy("按公布的基准原样填写；超出法定幅度的阶次只提示，不改动。")

    def save(self, form: TableForm, item: Item, **who: Any) -> None:
        """Draft it from its rows."""
        services.draft_table(
            item=item, terms=form.terms(), rows=form.sheet(), about=form.about(), **_dates(form), **who
        )


class DraftExemption(Drafting):
    """An entry of an exemption list."""

    form = ExemptionForm
    title = gettext_lazy("起草免罚清单条目")
    hint = gettext_lazy("行政处罚法第三十三条第一款。条件具备时系统主动提出不予处罚，不采纳的须说明理由。")

    def save(self, form: ExemptionForm, item: Item, **who: Any) -> None:
        """Draft it."""
        services.draft_exemption(item=item, **form.cleaned_data, **who)


class DraftGuide(Drafting):
    """The next version of the handling guide."""

    form = GuideForm
    title = gettext_lazy("编写办案指引")
    hint = gettext_lazy("在调查取证步骤显示给办案人员；案件记录当时的版本。")

    def first(self, item: Item) -> dict[str, Any]:
        """Start from the guide in force."""
        guide = guides.guide_in_force(item, clock.today())
        return {name: "\n".join(getattr(guide, name)) for name in guides.PARTS} if guide else {}

    def save(self, form: GuideForm, item: Item, **who: Any) -> None:
        """Draft it."""
        guides.draft_guide(item=item, parts=form.parts(), **_dates(form), **who)


def _dates(form: Effective) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("effective_on", "source")}


class DraftActs(CodeRequired):
    """Publish or discard what waits."""

    code = PUBLISH

    def post(self, request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
        """Do it, or show why not."""
        model = drafts.KINDS.get(kind)
        if model is None:
            raise Http404
        found: Any = get_object_or_404(model, pk=row, item_id=pk, item__county_id=this_county())
        acts: dict[str, tuple[Callable[..., Any], str]] = {
            "publish": (drafts.publish, _("已发布，自 %(day)s 起适用") % {"day": found.valid_from}),
            "discard": (drafts.discard, _("已弃用该草稿")),
        }
        act, done = acts["discard" if request.POST.get("act") == "discard" else "publish"]
        try:
            act(row=found, actor=officer_of(request, PUBLISH), at=clock.now())
            messages.success(request, done)
        except RuleViolation as refusal:
            messages.error(request, f"{refusal} {refusal.unblock}")
        return redirect("item", pk)


class BenchmarkTemplate(CodeRequired):
    """An empty sheet of a shape to fill in."""

    code = EDIT

    def get(self, request: HttpRequest, shape: str) -> HttpResponseBase:
        """Download it."""
        if shape not in BenchmarkShape.values:
            raise Http404
        columns = [Column(head, str) for head in TEMPLATES[BenchmarkShape(shape)]]
        return workbook_response([], columns, name=f"benchmark-{shape}")
