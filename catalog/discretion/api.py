"""REST: the questions of an item's benchmarks, the range they lead to, and its handling guide."""

from decimal import Decimal
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import get_in_county
from catalog import selectors
from catalog.api import CatalogApi, OnDay
from catalog.discretion.calculator import Asked, answers, asked, exemption_questions, met_exemptions
from catalog.discretion.schemes import competing, questions_of
from catalog.guides import PARTS, guide_in_force
from catalog.models import Item
from catalog.reports.views import api as reports
from desk import clock
from desk.shapes import DayField


class OptionSerializer(serializers.Serializer[Any]):
    """A circumstance that may be ticked."""

    value = serializers.CharField()
    text = serializers.CharField()


class GroupSerializer(serializers.Serializer[Any]):
    """Circumstances asked together."""

    id = serializers.CharField()
    name = serializers.CharField()
    single = serializers.BooleanField()
    options = OptionSerializer(many=True)


class QuestionSerializer(serializers.Serializer[Any]):
    """One benchmark as questions."""

    table = serializers.IntegerField(source="table.pk")
    title = serializers.CharField(source="table.title")
    shape = serializers.CharField(source="table.shape")
    target = serializers.CharField(source="table.target")
    quantity = serializers.CharField(source="asks")
    groups = GroupSerializer(many=True)


class AskedSerializer(serializers.Serializer[Any]):
    """What was found in a case."""

    circumstances = serializers.ListField(child=serializers.CharField(max_length=60), max_length=200)
    quantity = serializers.DecimalField(14, 2, min_value=Decimal("0.01"), default=Decimal(1))
    on = DayField(required=False)


class AnswerSerializer(serializers.Serializer[Any]):
    """The range with its derivation, table by table; which statute prevails; exemptions that apply."""

    tables = serializers.ListField(child=serializers.DictField())
    prevailing = serializers.IntegerField(allow_null=True)
    exemptions = serializers.ListField(child=serializers.DictField())


class GuideSerializer(serializers.Serializer[Any]):
    """A handling guide."""

    version = serializers.IntegerField(source="pk")
    valid_from = serializers.DateField()
    published_in = serializers.CharField(source="source")
    elements = serializers.ListField(child=serializers.CharField())
    evidence = serializers.ListField(child=serializers.CharField())
    questions = serializers.ListField(child=serializers.CharField())
    documents = serializers.ListField(child=serializers.CharField())
    process = serializers.ListField(child=serializers.CharField())


class BenchmarksApi(CatalogApi):
    """The benchmarks of an item as questions."""

    question = OnDay

    @extend_schema(operation_id="items_benchmarks", responses=QuestionSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List tables, circumstances and the quantity asked for."""
        item = get_in_county(Item, pk=pk)
        return Response(QuestionSerializer(questions_of(item, self.asked()["on"]), many=True).data)


class CalculateApi(CatalogApi):
    """The calculator."""

    @extend_schema(operation_id="items_calculate", request=AskedSerializer, responses=AnswerSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Reckon the lawful range from circumstances; 409 when the item is not in force that day."""
        item = get_in_county(Item, pk=pk)
        shape = AskedSerializer(data=request.data)
        shape.is_valid(raise_exception=True)
        on = shape.validated_data.get("on") or clock.today()
        version = selectors.version_in_force(item, on)
        given: Asked = asked(shape.validated_data["circumstances"], shape.validated_data["quantity"])
        tables = selectors.tables_of(item, on)
        return Response(
            {
                "tables": [
                    {
                        "table": form["table"].pk,
                        "title": form["table"].title,
                        "calculation": found.as_dict() if found else None,
                    }
                    for form, found in answers(item, version, on=on, asked=given)
                ],
                "prevailing": competing(tables, version, given.quantity),
                "exemptions": [
                    {"id": row.pk, "kind": row.kind, "document": row.document, "conditions": row.conditions}
                    for row in met_exemptions(item, on, given)
                ],
            }
        )


class ExemptionsApi(CatalogApi):
    """The exemptions of an item as questions."""

    question = OnDay

    @extend_schema(operation_id="items_exemptions", responses={200: dict})
    def get(self, request: Request, pk: int) -> Response:
        """List the conditions that may be ticked."""
        item = get_in_county(Item, pk=pk)
        found = exemption_questions(item, self.asked()["on"])
        return Response(
            [
                {"id": one["row"].pk, "kind": one["row"].kind, "needs_all": one["row"].needs_all}
                | {"document": one["row"].document, "options": one["options"]}
                for one in found
            ]
        )


class GuideApi(CatalogApi):
    """The handling guide of an item."""

    question = OnDay

    @extend_schema(operation_id="items_guide", responses=GuideSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Return the guide of the day; empty parts where there is none."""
        guide = guide_in_force(get_in_county(Item, pk=pk), self.asked()["on"])
        empty: dict[str, Any] = {
            "version": None,
            "valid_from": None,
            "published_in": "",
            **{name: [] for name in PARTS},
        }
        return Response(GuideSerializer(guide).data if guide else empty)


urlpatterns = [
    path("items/<int:pk>/benchmarks/", BenchmarksApi.as_view(), name="api-item-benchmarks"),
    path("items/<int:pk>/calculate/", CalculateApi.as_view(), name="api-item-calculate"),
    path("items/<int:pk>/exemptions/", ExemptionsApi.as_view(), name="api-item-exemptions"),
    path("items/<int:pk>/guide/", GuideApi.as_view(), name="api-item-guide"),
    *reports,
]
