"""REST: the catalogue of a day, an item with its history, its discretion bands."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import get_in_county
from catalog import selectors
from catalog.access import MayView
from catalog.models import DiscretionBand, Item, ItemVersion, ListKind
from desk import clock
from desk.endpoints import Endpoint
from desk.keyset import KeysetPage
from desk.shapes import DayField, Question

MOST = 100


class ItemSerializer(serializers.ModelSerializer[ItemVersion]):
    """An item as it stands on a day."""

    id = serializers.IntegerField(source="item_id")
    uid = serializers.UUIDField(source="item.uid")
    version = serializers.IntegerField(source="pk")
    data_origin = serializers.CharField(source="item.data_origin")
    caution = serializers.CharField(
        source="item.caution", read_only=True, help_text="what the item is where it is not official"
    )

    class Meta:
        model = ItemVersion
        fields = [
            "id",
            "uid",
            "version",
            "number",
            "name",
            "violation",
            "power_type",
            "domain",
            "department_name",
            "scope_note",
            "statute_name",
            "obligation_article",
            "penalty_article",
            "penalty_kinds",
            "fine_min",
            "fine_max",
            "fine_unit",
            "needs_correction_first",
            "limitation_years",
            "has_basis",
            "aliases",
            "valid_from",
            "valid_to",
            "data_origin",
            "caution",
            "source",
        ]


class VersionSerializer(ItemSerializer):
    """A version with its full texts and both its dates."""

    class Meta(ItemSerializer.Meta):
        fields = [
            *ItemSerializer.Meta.fields,
            "obligation_text",
            "penalty_text",
            "penalty_range_text",
            "recorded_from",
            "recorded_to",
            "published_by_name",
        ]


class ItemDetailSerializer(VersionSerializer):
    """An item with its lists, codes and history."""

    codes = serializers.ListField(child=serializers.CharField())
    lists = serializers.ListField(child=serializers.CharField())
    versions = VersionSerializer(many=True)

    class Meta(VersionSerializer.Meta):
        fields = [*VersionSerializer.Meta.fields, "codes", "lists", "versions"]


class BandSerializer(serializers.ModelSerializer[DiscretionBand]):
    """One grade of a discretion table."""

    table = serializers.CharField(source="table.title")
    table_source = serializers.CharField(source="table.source")

    class Meta:
        model = DiscretionBand
        fields = [
            "id",
            "table",
            "order",
            "grade",
            "circumstances",
            "penalty_text",
            "fine_min",
            "fine_max",
            "unit",
            "no_penalty",
            "table_source",
        ]


class ItemPageSerializer(serializers.Serializer[Any]):
    """A page of items."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ItemSerializer(many=True)


class OnDay(Question):
    """What was in force on a day."""

    on = DayField(default=clock.today, help_text="the day asked about; today when absent")


class WhichItems(OnDay):
    """Items of a list, a kind of list, a field or a department, or those that words find."""

    q = serializers.CharField(default="", help_text="search: best matches first, not paged")
    list = serializers.CharField(default="", help_text="code of a list")
    kind = serializers.ChoiceField(ListKind.choices, default="", help_text="kind of list")
    domain = serializers.CharField(default="")
    department = serializers.CharField(default="")
    basis = serializers.ChoiceField(["with", "without"], default="")
    cursor = serializers.CharField(default=None)


class CatalogApi(Endpoint):
    """What every endpoint of the catalogue asks first."""

    permission_classes = [IsAuthenticated, MayView]


class ItemsApi(CatalogApi):
    """Items in force on a day."""

    question = WhichItems

    @extend_schema(operation_id="items_list", responses=ItemPageSerializer)
    def get(self, request: Request) -> Response:
        """Search, or page through the list."""
        asked = self.asked()
        on = asked["on"]
        if asked["q"]:
            found = selectors.search_items(asked["q"], on=on, limit=MOST)
            return Response(
                {"next": None, "previous": None, "results": ItemSerializer(found, many=True).data}
            )
        rows = selectors.browse(
            on=on,
            list_code=asked["list"],
            kind=asked["kind"],
            domain=asked["domain"],
            department=asked["department"],
            basis=asked["basis"],
        )
        page = KeysetPage(rows.select_related("item"), ordering=["id"], cursor=asked["cursor"], size=MOST)
        results = ItemSerializer(page.object_list, many=True).data
        return Response({"next": page.next_cursor, "previous": page.previous_cursor, "results": results})


class ItemApi(CatalogApi):
    """One item on a day."""

    question = OnDay

    @extend_schema(operation_id="items_read", responses=ItemDetailSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Return the version in force with codes, lists and history; 409 when none is in force."""
        item = get_in_county(Item, pk=pk)
        on = self.asked()["on"]
        version = selectors.version_in_force(item, on)
        body = {
            **VersionSerializer(version).data,
            "codes": list(item.codes.filter(valid_to=None).values_list("code", flat=True)),
            "lists": [row.power_list.code for row in selectors.memberships_of(item, on)],
            "versions": VersionSerializer(selectors.history_of(item), many=True).data,
        }
        return Response(body)


class BandsApi(CatalogApi):
    """Discretion bands of one item on a day."""

    question = OnDay

    @extend_schema(operation_id="items_bands", responses=BandSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Return the bands in their order."""
        item = get_in_county(Item, pk=pk)
        return Response(BandSerializer(selectors.bands_in_force(item, self.asked()["on"]), many=True).data)


urlpatterns = [
    path("items/", ItemsApi.as_view(), name="api-items"),
    path("items/<int:pk>/", ItemApi.as_view(), name="api-item"),
    path("items/<int:pk>/bands/", BandsApi.as_view(), name="api-item-bands"),
]
