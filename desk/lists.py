"""Lists: an order and filters that live in the URL, pages, exports, saved views."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Generic, NamedTuple

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from audit import statements
from desk.exports import Column, export_response, refuse_misread
from desk.keyset import KeysetPage, M, any_of, with_last_word

OF_EVERY_LIST = frozenset({"sort", "cursor", "export"})
# Asked by every list.
SAVED_VIEWS = """
    SELECT id, name, query FROM desk_savedview
    WHERE officer_id = %s::bigint AND list_key = %s::varchar ORDER BY name
"""


class Saved(NamedTuple):
    """A filter and order that an officer keeps for a list."""

    pk: int
    name: str
    query: str


class SavedViewForm(forms.Form):
    """Keep the filter and order of a list under a name, or forget one."""

    list_key = forms.SlugField(max_length=60, required=False)
    name = forms.CharField(max_length=40, required=False)
    query = forms.CharField(max_length=1000, required=False)
    forget = forms.IntegerField(required=False)


class ListView(LoginRequiredMixin, TemplateResponseMixin, ContextMixin, View, ABC, Generic[M]):
    """A list page: rows() filtered by the URL, ?sort= sorts, ?cursor= pages, ?export=csv|xlsx exports.

    `orderings` maps a sort key to the model fields it means; `columns` makes the list exportable;
    `filter_class` has the form of the filter bar and the rows that are left; `narrowed_by` are its words.
    """

    list_key = ""
    orderings: Mapping[str, Sequence[str]] = {}
    default_sort = ""
    page_size = 50
    columns: Sequence[Column] = ()
    export_name = "list"
    filter_class: Callable[..., Any] | None = None
    narrowed_by: Collection[str] = ()
    request: HttpRequest

    @abstractmethod
    def rows(self) -> QuerySet[M]:
        """Return every row this officer may see."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show a page, or export the whole filtered set."""
        kind = request.GET.get("export", "")
        if kind in {"csv", "xlsx"} and self.columns:
            rows = any_of(self.filtered(), self.ways()).order_by(*with_last_word(self.ordering()))
            refuse_misread(self.misread(), back=f"{request.path}?{self.narrowing().urlencode()}")
            return export_response(rows, self.columns, kind=kind, name=self.export_name)
        return self.render_to_response(self.get_context_data(**kwargs))

    @property
    def sort(self) -> str:
        """The sort asked for, or the usual one."""
        wish = self.request.GET.get("sort", "")
        return wish if wish.removeprefix("-") in self.orderings else self.default_sort

    def ordering(self) -> list[str]:
        """The model fields to order by."""
        key = self.sort.removeprefix("-")
        names = self.orderings.get(key, ())
        return [_turned(name) for name in names] if self.sort.startswith("-") else list(names)

    def ways(self) -> Sequence[Q]:
        """Return the conditions of which a row must meet one, where a page walks them apart."""
        return ()

    def filtered(self) -> QuerySet[M]:
        """Apply the filter bar."""
        rows = self.rows()
        self.filter = self.filter_class(self.request.GET, queryset=rows) if self.filter_class else None
        return self.filter.qs if self.filter else rows

    def misread(self) -> list[str]:
        """Name the words of the address that do not narrow the list as they say."""
        unknown = set(self.request.GET) - {*self.narrowed_by, *OF_EVERY_LIST}
        return sorted({*unknown, *self.unreadable()})

    def unreadable(self) -> Collection[str]:
        """Name the words whose values the filter could not read."""
        return self.filter.form.errors if self.filter else ()

    def narrowing(self) -> QueryDict:
        """Return the words of the address that a file of the list follows."""
        asked = self.request.GET.copy()
        for word in set(asked) - {*self.narrowed_by, "sort"}:
            del asked[word]
        return asked

    def page(self) -> KeysetPage[Any]:
        """Read the page that the address asks for."""
        return KeysetPage(
            self.filtered(),
            ordering=self.ordering(),
            cursor=self.request.GET.get("cursor"),
            size=self.page_size,
            ways=self.ways(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add page, filter form, sort and saved views."""
        values = {
            "page": self.page(),
            "filter": self.filter,
            "sort": self.sort,
            "list_key": self.list_key,
            "exportable": bool(self.columns),
            "is_filtered": any(value for key, value in self.request.GET.items() if key not in OF_EVERY_LIST),
        }
        return super().get_context_data(**values, **kwargs)

    def saved_views(self) -> list[Saved]:
        """The filters this officer keeps for the list."""
        found = statements.rows(SAVED_VIEWS, [self.request.user.pk or 0, self.list_key])
        return [Saved(*row) for row in found]


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"
