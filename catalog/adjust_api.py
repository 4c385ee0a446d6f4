"""REST: adjustments of items by document, and amendments of the articles they rest on."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import adjusting, amending
from catalog.access import EDIT, PUBLISH, officer_of
from catalog.adjusting import CHANGEABLE, Plan
from catalog.api import CatalogApi, ItemSerializer, day_asked
from catalog.models import (
    Action,
    Adjustment,
    AdjustmentItem,
    Item,
    PowerList,
    Provision,
    ProvisionVersion,
    Reason,
)
from desk import clock

MOST = 200


class PartSerializer(serializers.ModelSerializer[AdjustmentItem]):
    """An item before or after."""

    class Meta:
        model = AdjustmentItem
        fields = ["item", "side", "version"]


class AdjustmentSerializer(serializers.ModelSerializer[Adjustment]):
    """An adjustment."""

    list = serializers.CharField(source="power_list.code", default="", read_only=True)
    parts = PartSerializer(many=True)

    class Meta:
        model = Adjustment
        fields = [
            "id",
            "action",
            "document",
            "decided_on",
            "effective_on",
            "reason",
            "explanation",
            "list",
            "department_name",
            "content",
            "status",
            "drafted_by_name",
            "published_by_name",
            "published_at",
            "parts",
        ]


class ContentField(serializers.DictField):
    """Fields of an item after an adjustment."""

    child = serializers.CharField(allow_blank=True)


class PlanSerializer(serializers.Serializer[Any]):
    """What a document orders."""

    action = serializers.ChoiceField(Action.choices)
    document = serializers.CharField(max_length=100)
    decided_on = serializers.DateField()
    effective_on = serializers.DateField()
    reason = serializers.ChoiceField(Reason.choices)
    explanation = serializers.CharField(max_length=2000)
    items = serializers.PrimaryKeyRelatedField(queryset=Item.objects.all(), many=True)
    power_list = serializers.SlugRelatedField(
        slug_field="code", queryset=PowerList.objects.all(), required=False, allow_null=True, default=None
    )
    department_name = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    content = serializers.ListField(child=ContentField(), required=False, default=list)

    def validate_content(self, content: list[dict[str, str]]) -> list[dict[str, str]]:
        """Refuse fields that an adjustment does not change."""
        strange = sorted({name for part in content for name in part} - CHANGEABLE)
        if strange:
            raise serializers.ValidationError(strange)
        return content


class AmendmentSerializer(serializers.ModelSerializer[ProvisionVersion]):
    """Words of an article from a day on."""

    statute = serializers.CharField(source="provision.statute.name", read_only=True)
    article = serializers.CharField(source="provision.article", read_only=True)

    class Meta:
        model = ProvisionVersion
        fields = ["id", "statute", "article", "text", "document", "status", "valid_from", "valid_to"]


class WordsSerializer(serializers.Serializer[Any]):
    """New words of an article."""

    text = serializers.CharField(max_length=20000)
    document = serializers.CharField(max_length=500)
    effective_on = serializers.DateField()


class ProvisionSerializer(serializers.ModelSerializer[Provision]):
    """An article with its versions."""

    statute = serializers.CharField(source="statute.name")
    versions = AmendmentSerializer(many=True)

    class Meta:
        model = Provision
        fields = ["id", "statute", "article", "versions"]


class AdjustmentsApi(CatalogApi):
    """Adjustments."""

    @extend_schema(operation_id="adjustments_list", responses=AdjustmentSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the latest."""
        rows = Adjustment.objects.select_related("power_list").prefetch_related("parts")[:MOST]
        return Response(AdjustmentSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="adjustments_draft", request=PlanSerializer, responses={201: AdjustmentSerializer}
    )
    def post(self, request: Request) -> Response:
        """Draft one."""
        officer, sent = officer_of(request, EDIT), PlanSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = dict(sent.validated_data)
        items = told.pop("items")
        plan = Plan(**{**told, "action": Action(told["action"])})
        made = adjusting.draft(plan=plan, items=items, actor=officer, at=clock.now())
        return Response(AdjustmentSerializer(made).data, status=status.HTTP_201_CREATED)


class AdjustmentActApi(CatalogApi):
    """What a second person does with an adjustment."""

    @extend_schema(request=None, responses=AdjustmentSerializer)
    def post(self, request: Request, pk: int, act: str) -> Response:
        """Publish it or give it up."""
        officer, row = officer_of(request, PUBLISH), get_object_or_404(Adjustment, pk=pk)
        doing = adjusting.publish if act == "publish" else adjusting.discard
        doing(adjustment=row, actor=officer, at=clock.now())
        return Response(AdjustmentSerializer(Adjustment.objects.get(pk=pk)).data)


class ProvisionApi(CatalogApi):
    """An article: its versions, and its amendment."""

    @extend_schema(operation_id="provisions_read", responses=ProvisionSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Return its words from day to day."""
        return Response(ProvisionSerializer(get_object_or_404(Provision, pk=pk)).data)

    @extend_schema(
        operation_id="provisions_amend", request=WordsSerializer, responses={201: AmendmentSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Draft new words."""
        officer, provision = officer_of(request, EDIT), get_object_or_404(Provision, pk=pk)
        sent = WordsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        made = amending.draft_amendment(provision=provision, actor=officer, at=clock.now(), **told)
        return Response(AmendmentSerializer(made).data, status=status.HTTP_201_CREATED)


class AffectedApi(CatalogApi):
    """What rests on an article."""

    @extend_schema(operation_id="provisions_affected", responses=ItemSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List the items in force that cite it."""
        rows = amending.resting_on(on=day_asked(request), provision=get_object_or_404(Provision, pk=pk))
        return Response(ItemSerializer(rows, many=True).data)


class AmendmentApi(CatalogApi):
    """The act of the second person."""

    @extend_schema(operation_id="amendments_publish", request=None, responses=AmendmentSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Publish new words; every item that rests on them is re-issued from the day."""
        officer, version = officer_of(request, PUBLISH), get_object_or_404(ProvisionVersion, pk=pk)
        amending.publish_amendment(version=version, actor=officer, at=clock.now())
        return Response(AmendmentSerializer(ProvisionVersion.objects.get(pk=pk)).data)


urlpatterns = [
    path("items/adjustments/", AdjustmentsApi.as_view(), name="api-adjustments"),
    path(
        "items/adjustments/<int:pk>/publish/",
        AdjustmentActApi.as_view(),
        {"act": "publish"},
        name="api-adjustment-publish",
    ),
    path(
        "items/adjustments/<int:pk>/discard/",
        AdjustmentActApi.as_view(),
        {"act": "discard"},
        name="api-adjustment-discard",
    ),
    path("provisions/<int:pk>/", ProvisionApi.as_view(), name="api-provision"),
    path("provisions/<int:pk>/items/", AffectedApi.as_view(), name="api-provision-items"),
    path("amendments/<int:pk>/publish/", AmendmentApi.as_view(), name="api-amendment-publish"),
]
