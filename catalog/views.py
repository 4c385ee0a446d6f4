"""Pages of the catalogue: the list, an item, its basis, its plain words."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import get_in_county, this_county
from catalog import pages, selectors, supplementing
from catalog.access import EDIT, VIEW, CodeRequired, may, officer_of
from catalog.forms import AliasesForm
from catalog.item_extras import extras_of
from catalog.models import Item, ItemVersion, ListKind
from desk import clock, keys
from desk.exports import Column
from desk.keys import day_asked
from desk.lists import ListView
from desk.typeahead import Option, options_response

CRUMBS = [(gettext_lazy("事项清单"), reverse_lazy("items"))]
FACETS = ("list", "kind", "domain", "department", "basis")


class ItemList(CodeRequired, ListView[ItemVersion]):
    """The faceted catalogue of one day."""

    code = VIEW
    template_name = "catalog/items.html"
    list_key = "items"
    orderings = {
        "list": ("id",),
        "name": ("name",),
        "department": ("department_name",),
        "from": ("valid_from",),
    }
    default_sort = "list"
    export_name = "items"
    narrowed_by = (*FACETS, "q", "on")
    columns = (
        Column(gettext_lazy("序号"), lambda row: row.number, 8),
        Column(gettext_lazy("事项名称"), lambda row: row.name, 60),
        Column(gettext_lazy("违法行为"), lambda row: row.violation, 40),
        Column(gettext_lazy("执法领域"), lambda row: row.domain),
        Column(gettext_lazy("主管部门"), lambda row: row.department_name, 24),
        Column(gettext_lazy("法规规章"), lambda row: row.statute_name, 30),
        Column(gettext_lazy("违反条款"), lambda row: row.obligation_article),
        Column(gettext_lazy("处罚依据条款"), lambda row: row.penalty_article),
        Column(gettext_lazy("处罚依据原文"), lambda row: row.penalty_text, 60),
        Column(gettext_lazy("罚款"), lambda row: row.fine_text),
        Column(gettext_lazy("范围限定"), lambda row: row.scope_note, 30),
        Column(gettext_lazy("生效日期"), lambda row: row.valid_from),
        Column(gettext_lazy("来源"), lambda row: row.source, 40),
        Column(gettext_lazy("数据性质"), lambda row: row.item.get_data_origin_display(), 24),
    )

    def day(self) -> date:
        """Return the day the list is of."""
        return day_asked(self.request)

    def unreadable(self) -> Collection[str]:
        """Name what is no day, no kind of list, and neither with nor without a basis."""
        asked = self.request.GET
        fits = {
            "on": keys.day_of(asked.get("on")) is not None,
            "kind": asked.get("kind") in ListKind.values,
            "basis": asked.get("basis") in {"with", "without"},
        }
        return [word for word, fitting in fits.items() if asked.get(word) and not fitting]

    def chosen(self) -> dict[str, str]:
        """Return the facets chosen in the address."""
        return {name: self.request.GET.get(name, "") for name in FACETS if self.request.GET.get(name)}

    def shown(self, rows: QuerySet[ItemVersion]) -> QuerySet[ItemVersion]:
        """Keep what readers of this list may see."""
        return rows

    def rows(self) -> Any:
        """Items in force on the day that fit facets and words."""
        chosen = self.chosen()
        chosen["list_code"] = chosen.pop("list", "")
        if chosen.get("kind") not in {None, *ListKind.values}:
            chosen.pop("kind")
        rows = self.shown(selectors.browse(on=self.day(), **chosen))
        return selectors.matching(rows, self.request.GET.get("q", "")).select_related("item")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add day, counts and what this person may do."""
        on = self.day()
        found = selectors.facets(self.shown(selectors.browse(on=on)), on)
        return super().get_context_data(
            on=on,
            q=self.request.GET.get("q", ""),
            total=found["total"],
            groups=pages.facet_links(found, self.request.GET),
            may_edit=may(self.request.user, EDIT, clock.today()),
            **kwargs,
        )


class Suggest(CodeRequired):
    """Answer the type-ahead box: items in force on the day whose name, code, initials or plain word fit."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the matches."""
        query = request.GET.get("q", "") or request.GET.get("item_text", "") or _typed(request)
        found = selectors.search_items(query, on=day_asked(request), limit=12)
        return options_response(request, [_option(version) for version in found], query=query)


def _typed(request: HttpRequest) -> str:
    """Read what was typed from a box of any name: the widget sends it as <field>_text."""
    return next((str(value) for key, value in request.GET.items() if key.endswith("_text")), "")


def _option(version: ItemVersion) -> Option:
    number = version.number and f"{_('序号')} {version.number}"
    told = [number, "、".join(version.aliases[:3]), version.department_name]
    return Option(
        value=str(version.item_id),
        text=version.name,
        detail=" · ".join(part for part in told if part),
        badge=version.item.caution or ("" if version.has_basis else _("待补充依据")),
        tone="amber",
    )


class ItemPage(CodeRequired):
    """One item: what applies on the day, its bands, its lists, its versions side by side."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        item = get_in_county(Item, pk=pk)
        on = day_asked(request)
        context = pages.item_page(item, on=on, officer=officer_of(request, VIEW))
        version = context["version"]
        context |= extras_of(item, version, on=on, officer=officer_of(request, VIEW))
        context |= {"on": on, "crumbs": [*CRUMBS, (version.name if version else str(item), "")]}
        context["aliases_form"] = AliasesForm(
            initial={"aliases": "、".join(version.aliases) if version else ""}
        )
        return render(request, "catalog/item.html", context)


def latest_of(item_id: int) -> ItemVersion:
    """Return the latest published version of an item; 404 where there is none."""
    versions = (
        ItemVersion.objects.current()
        .filter(item_id=item_id, item__county_id=this_county())
        .order_by("-valid_from")
    )
    latest: ItemVersion = get_object_or_404(versions.select_related("item")[:1])
    return latest


class AliasesAct(CodeRequired):
    """Change the plain words an item is found by."""

    code = EDIT

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change them."""
        form = AliasesForm(request.POST)
        if form.is_valid():
            officer = officer_of(request, EDIT)
            supplementing.change_aliases(
                version=latest_of(pk), aliases=form.words(), actor=officer, at=clock.now()
            )
            messages.success(request, _("已更新常用说法"))
        return redirect("item", pk)
