"""REST: adjustments of items by document."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import get_in_county, in_county
from catalog import adjusting
from catalog.access import EDIT, PUBLISH, officer_of
from catalog.adjusting import CHANGEABLE, Plan
from catalog.api import CatalogApi
from catalog.models import (
    Action,
    Adjustment,
    AdjustmentItem,
    Item,
    PowerList,
    Reason,
)
from desk import clock
from desk.shapes import DayField

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
    decided_on = DayField()
    effective_on = DayField()
    reason = serializers.ChoiceField(Reason.choices)
    explanation = serializers.CharField(max_length=2000)
    items = serializers.PrimaryKeyRelatedField(queryset=in_county(Item), many=True)
    power_list = serializers.CharField(
        required=False, allow_null=True, allow_blank=True, default=None, help_text="code of the list"
    )
    department_name = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    content = serializers.ListField(child=ContentField(), required=False, default=list)

    def validate_power_list(self, code: str | None) -> PowerList | None:
        """Find the list that a code names."""
        found = in_county(PowerList).filter(code=code).first() if code else None
        if code and found is None:
            raise serializers.ValidationError(_("没有这份清单。"))
        return found

    def validate_content(self, content: list[dict[str, str]]) -> list[dict[str, str]]:
        """Refuse fields that an adjustment does not change."""
        strange = sorted({name for part in content for name in part} - CHANGEABLE)
        if strange:
            raise serializers.ValidationError(strange)
        return content


class AdjustmentsApi(CatalogApi):
    """Adjustments."""

    @extend_schema(operation_id="adjustments_list", responses=AdjustmentSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the latest."""
        rows = in_county(Adjustment).select_related("power_list").prefetch_related("parts")[:MOST]
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
        officer, row = officer_of(request, PUBLISH), get_in_county(Adjustment, pk=pk)
        doing = adjusting.publish if act == "publish" else adjusting.discard
        doing(adjustment=row, actor=officer, at=clock.now())
        return Response(AdjustmentSerializer(Adjustment.objects.get(pk=pk)).data)


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
]
