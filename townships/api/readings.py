"""REST of what holds: bodies, a township's powers of a day, the matrix, batches, lists and orders."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import in_county
from desk import clock
from desk.endpoints import Endpoint
from desk.shapes import DayField, Question
from townships import selectors
from townships.api.asking import PAGE, caller
from townships.models import Body, GrantBatch, ItemOrder, Meeting
from townships.selectors.tailoring import batch_count, tailored


class OfDay(Question):
    """What held on a day."""

    date = DayField(default=clock.today, help_text="the day asked about; today when absent")


class BodySerializer(serializers.ModelSerializer[Body]):
    """A body with its life, successor and aliases."""

    aliases: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField(
        many=True, read_only=True, slug_field="name"
    )

    teams: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField(
        many=True, read_only=True, slug_field="name"
    )

    class Meta:
        model = Body
        fields = [
            "id",
            "kind",
            "name",
            "short_name",
            "document_word",
            "active_from",
            "active_to",
            "successor",
            "ended_by",
            "aliases",
            "teams",
        ]


class BodyListApi(Endpoint):
    """The bodies of the county."""

    @extend_schema(responses=BodySerializer(many=True), tags=["authority"])
    def get(self, request: Request) -> Response:
        """List them, the abolished too."""
        officer = caller(request)
        rows = Body.objects.filter(county_id=officer.county_id).prefetch_related("aliases", "teams")
        return Response(BodySerializer(rows, many=True).data)


class PowerSerializer(serializers.Serializer[Any]):
    """One item a township may act on that day, and on what it rests."""

    item = serializers.IntegerField()
    name = serializers.CharField()
    grant = serializers.IntegerField()
    number = serializers.CharField()
    mode = serializers.CharField()
    name_on_documents = serializers.CharField()


class TownshipPowersApi(Endpoint):
    """What a township may do on a day."""

    question = OfDay

    @extend_schema(responses=PowerSerializer(many=True), tags=["authority"])
    def get(self, request: Request, pk: int) -> Response:
        """List it, item by item."""
        caller(request)
        on = self.asked()["date"]
        township = selectors.get_township(pk, on=on)
        rows = [
            {
                "item": held.row.item_id,
                "name": held.name,
                "grant": grant.pk,
                "number": grant.number,
                "mode": grant.mode,
                "name_on_documents": (grant.principal or grant.holder).name,
            }
            for grant, items in selectors.powers_of(township, on).items()
            for held in items
        ]
        return Response(PowerSerializer(rows, many=True).data)


class CellSerializer(serializers.Serializer[Any]):
    """One department and one township on a day."""

    department_id = serializers.IntegerField()
    township_id = serializers.IntegerField()
    count = serializers.IntegerField()
    mode = serializers.CharField()
    mixed = serializers.BooleanField()
    ends_soon = serializers.BooleanField()


class MatrixApi(Endpoint):
    """The matrix of departments and townships."""

    question = OfDay

    @extend_schema(responses=CellSerializer(many=True), tags=["authority"])
    def get(self, request: Request) -> Response:
        """List the cells that hold anything on the day."""
        caller(request)
        return Response(CellSerializer(selectors.matrix(self.asked()["date"]).values(), many=True).data)


class BatchSerializer(serializers.ModelSerializer[GrantBatch]):
    """A batch with its counts by source."""

    guided = serializers.SerializerMethodField()
    extra = serializers.SerializerMethodField()
    agreements = serializers.SerializerMethodField()

    class Meta:
        model = GrantBatch
        fields = [
            "id",
            "name",
            "document",
            "effective_on",
            "guided_total",
            "meeting",
            "guided",
            "extra",
            "agreements",
        ]

    def get_guided(self, batch: GrantBatch) -> int:
        """Items of the guiding list."""
        return batch_count(batch).guided

    def get_extra(self, batch: GrantBatch) -> int:
        """Items beyond it."""
        return batch_count(batch).extra

    def get_agreements(self, batch: GrantBatch) -> int:
        """Agreements drafted."""
        return batch_count(batch).agreements


class BatchListApi(Endpoint):
    """The batches of handing powers down."""

    @extend_schema(responses=BatchSerializer(many=True), tags=["authority"])
    def get(self, request: Request) -> Response:
        """List them, the newest first."""
        caller(request)
        return Response(BatchSerializer(in_county(GrantBatch)[:PAGE], many=True).data)


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """A meeting of the leading group, with the batches and agreements that carry its decision out."""

    class Meta:
        model = Meeting
        fields = ["id", "title", "held_on", "document", "decision", "batches", "grants"]


class MeetingListApi(Endpoint):
    """The meetings of the leading group."""

    @extend_schema(responses=MeetingSerializer(many=True), tags=["authority"])
    def get(self, request: Request) -> Response:
        """List them, the newest first."""
        caller(request)
        rows = in_county(Meeting).prefetch_related("batches", "grants")[:PAGE]
        return Response(MeetingSerializer(rows, many=True).data)


class TailoredSerializer(serializers.Serializer[Any]):
    """A township's list beside the one it follows."""

    township = serializers.IntegerField(source="township.pk")
    tailored_list = serializers.CharField(source="tailored_list.name", default="")
    items = serializers.SerializerMethodField()
    added = serializers.SerializerMethodField()
    removed = serializers.SerializerMethodField()

    def get_items(self, row: Any) -> list[int]:
        """The items the township is to get."""
        return [wanted.item_id for wanted in row.wanted]

    def get_added(self, row: Any) -> list[int]:
        """What it has beyond its list."""
        return [change.item_id for change in row.added]

    def get_removed(self, row: Any) -> list[int]:
        """What it lacks of its list."""
        return [change.item_id for change in row.removed]


class TailoredApi(Endpoint):
    """The townships' lists."""

    @extend_schema(responses=TailoredSerializer(many=True), tags=["authority"])
    def get(self, request: Request) -> Response:
        """List every township with its additions and removals."""
        caller(request)
        rows = tailored(selectors.townships_on(clock.today()))
        return Response(TailoredSerializer(rows, many=True).data)


class OrderSerializer(serializers.ModelSerializer[ItemOrder]):
    """An order and its answer."""

    class Meta:
        model = ItemOrder
        fields = [
            "id",
            "township",
            "department",
            "item",
            "reason",
            "ordered_at",
            "state",
            "answer",
            "answered_at",
            "grant",
        ]


class OrderListApi(Endpoint):
    """What townships asked for."""

    @extend_schema(responses=OrderSerializer(many=True), tags=["authority"])
    def get(self, request: Request) -> Response:
        """List all for the legal department, a township's own for others."""
        officer = caller(request)
        rows = ItemOrder.objects.filter(county_id=officer.county_id)
        if not officer.may("authority.edit", clock.today()):
            rows = rows.filter(township=officer.body_id)
        return Response(OrderSerializer(rows[:PAGE], many=True).data)
