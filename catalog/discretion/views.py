"""Pages of benchmarks: the calculator, what is drafted to an item, what a second person publishes."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.county import get_in_county, this_county
from catalog import drafts, guides, selectors
from catalog.access import EDIT, PUBLISH, CodeRequired, officer_of
from catalog.discretion.calculator import asked, page_of, ticked
from catalog.discretion.reading import TEMPLATES
from catalog.models import BenchmarkShape, Item
from catalog.views import CRUMBS
from desk import clock
from desk.exports import Column, workbook_response
from desk.keys import day_asked
from desk.refusals import refusal_told

MOST_DIGITS = 19


def crumbs_of(item: Item, name: str, last: Any) -> list[tuple[Any, Any]]:
    """Lead from the list over the item to a page of it."""
    return [*CRUMBS, (name, reverse("item", args=[item.pk])), (last, "")]


class CalculatorPage(CodeRequired):
    """Circumstances ticked, the range with its derivation: an address that can be passed on."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show questions, and the answer where something was ticked."""
        item, on = get_in_county(Item, pk=pk), day_asked(request)
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
        item, on = get_in_county(Item, pk=pk), day_asked(request)
        version = selectors.version_in_force(item, on)
        given = asked(ticked(request.GET, "circumstances"), _quantity(request))
        return render(request, "catalog/range.html", page_of(item, version, on=on, asked=given))


class QuestionsPart(CodeRequired):
    """The circumstances of an item that was just chosen on a page, with the answer to what is ticked."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for the item's own; nothing where none is chosen or in force."""
        chosen, on = request.GET.get("item", ""), day_asked(request)
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
        guide = guides.guide_in_force(item, day_asked(request))
        return render(request, "catalog/guide_box.html", {"guide": guide, "item": item})


def _quantity(request: HttpRequest) -> Decimal:
    """Read the quantity; what is no number above nothing counts as one."""
    try:
        value = Decimal(request.GET.get("quantity", "") or "1")
    except InvalidOperation:
        return Decimal(1)
    return value if value.is_finite() and 0 < value < Decimal(10) ** 12 else Decimal(1)


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
        with refusal_told(request):
            act(row=found, actor=officer_of(request, PUBLISH), at=clock.now())
            messages.success(request, done)
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
