"""Pages on which something is drafted to an item: basis, benchmark, exemption, handling guide."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import get_in_county
from catalog import guides, supplementing
from catalog.access import EDIT, CodeRequired, officer_of
from catalog.discretion import services
from catalog.discretion.forms import ExemptionForm, GuideForm, TableForm
from catalog.discretion.views import crumbs_of
from catalog.forms import BasisForm
from catalog.models import BenchmarkShape, Item
from catalog.views import latest_of
from desk import clock
from law.errors import RuleViolation


class Drafting(CodeRequired, ABC):
    """A page on which something is drafted to an item."""

    code = EDIT
    form: type[forms.Form]
    title: ClassVar[str | Promise]
    hint: ClassVar[str | Promise] = ""

    @abstractmethod
    def save(self, form: Any, item: Item, **who: Any) -> Any:
        """Draft what was entered; returns the draft."""

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

    def save(self, form: TableForm, item: Item, **who: Any) -> Any:
        """Draft it from its rows."""
        return services.draft_table(
            item=item, terms=form.terms(), rows=form.sheet(), about=form.about(), **_dates(form), **who
        )


class DraftExemption(Drafting):
    """An entry of an exemption list."""

    form = ExemptionForm
    title = gettext_lazy("起草免罚清单条目")
    hint = gettext_lazy("行政处罚法第三十三条第一款。条件具备时系统主动提出不予处罚，不采纳的须说明理由。")

    def save(self, form: ExemptionForm, item: Item, **who: Any) -> Any:
        """Draft it."""
        return services.draft_exemption(item=item, **form.cleaned_data, **who)


class DraftGuide(Drafting):
    """The next version of the handling guide."""

    form = GuideForm
    title = gettext_lazy("编写办案指引")
    hint = gettext_lazy("在调查取证步骤显示给办案人员；案件记录当时的版本。")

    def first(self, item: Item) -> dict[str, Any]:
        """Start from the guide in force."""
        guide = guides.guide_in_force(item, clock.today())
        return {name: "\n".join(getattr(guide, name)) for name in guides.PARTS} if guide else {}

    def save(self, form: GuideForm, item: Item, **who: Any) -> Any:
        """Draft it."""
        return guides.draft_guide(item=item, parts=form.parts(), **_dates(form), **who)


def _dates(form: forms.Form) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("effective_on", "source")}


class DraftBasis(Drafting):
    """The basis of an item that its list left open, or its revision."""

    form = BasisForm
    title = gettext_lazy("补充依据")
    hint = gettext_lazy("按公布的法律文本填写。")

    def first(self, item: Item) -> dict[str, Any]:
        """Start from what is known."""
        version = latest_of(item.pk)
        known = {name: getattr(version, name) for name in BasisForm.base_fields if hasattr(version, name)}
        return {**known, "effective_on": version.valid_from}

    def save(self, form: BasisForm, item: Item, **who: Any) -> Any:
        """Draft the next version."""
        version = latest_of(item.pk)
        return supplementing.draft_basis(version=version, basis=form.basis(), **_dates(form), **who)


KINDS: dict[str, type[Drafting]] = {
    "version": DraftBasis,
    "benchmark": DraftTable,
    "exemption": DraftExemption,
    "guide": DraftGuide,
}
