"""The catalogue for everybody, without login: what is punished, on what basis, by whom, where to complain."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views import View

from audit.county import get_in_county
from catalog import pages, selectors
from catalog.discretion.schemes import competing, exemptions_of
from catalog.guides import guide_in_force
from catalog.item_extras import benchmark_of
from catalog.models import DataOrigin, Item, ItemVersion
from catalog.views import ItemList
from desk import clock
from desk.limits import PublicExportRate, too_often

PUBLIC = (DataOrigin.OFFICIAL, DataOrigin.DRAFT)


@dataclass(frozen=True, slots=True)
class Channel:
    """Who answers for an item somewhere, and how that body is reached."""

    role: str | Promise
    name: str
    address: str = ""
    phone: str = ""


def _nobody(_item: Item, _on: date) -> list[Channel]:
    return []


_asked: dict[str, Callable[[Item, date], list[Channel]]] = {"channels": _nobody}


def provide_channels(found: Callable[[Item, date], list[Channel]]) -> None:
    """Name where the bodies of an item are known: bodies live on the floor above."""
    _asked["channels"] = found


class PublicList(ItemList):
    """The catalogue of today."""

    template_name = "catalog/public_items.html"
    list_key = "public-items"
    export_name = "catalogue"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let everybody in, and nobody take the whole list over and over."""
        if "export" in request.GET and (refused := too_often(request, PublicExportRate)):
            return refused
        answer = View.dispatch(self, request, *args, **kwargs)
        answer["Cache-Control"] = "no-cache"
        return answer

    def day(self) -> date:
        """Return today: the public list is always the current one."""
        return clock.today()

    def shown(self, rows: QuerySet[ItemVersion]) -> QuerySet[ItemVersion]:
        """Keep invented items from the public."""
        return rows.filter(item__data_origin__in=PUBLIC)


def item_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One item: duty, basis, standard, process, who answers for it and where to complain."""
    item, on = get_in_county(Item, uid=uid, data_origin__in=PUBLIC), clock.today()
    history = selectors.history_of(item)
    version = next((row for row in history if row.in_force_on(on)), None)
    shown = version or (history[0] if history else None)
    tables = selectors.tables_of(item, on) if version else []
    context = {
        "item": item,
        "version": shown,
        "in_force": version is not None,
        "history": history,
        "comparison": pages.side_by_side(history[: pages.MOST_VERSIONS]),
        "benchmarks": [benchmark_of(table, version) for table in tables],
        "prevailing": competing(tables, version, Decimal(1)) if version else None,
        "exemptions": exemptions_of(item, on),
        "guide": guide_in_force(item, on),
        "memberships": selectors.memberships_of(item, on),
        "channels": _asked["channels"](item, on),
        "is_unofficial": item.data_origin == DataOrigin.DRAFT,
        "on": on,
        "crumbs": [
            (gettext_lazy("行政执法事项公开"), reverse("public_items")),
            (shown.name if shown else str(item), ""),
        ],
    }
    answer = render(request, "catalog/public_item.html", context)
    answer["Cache-Control"] = "no-cache"
    return answer


urlpatterns = [
    path("open/items/", PublicList.as_view(), name="public_items"),
    path("open/items/<uuid:uid>/", item_page, name="public_item"),
]
