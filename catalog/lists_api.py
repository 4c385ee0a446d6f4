"""REST: the lists of a county, and the headings of columns it has taught."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import in_county
from catalog import mapping
from catalog.access import EDIT, officer_of
from catalog.api import CatalogApi
from catalog.models import HeadingAlias, PowerList
from desk import clock


class HeadingSerializer(serializers.ModelSerializer[HeadingAlias]):
    """A heading a county taught, and its field."""

    class Meta:
        model = HeadingAlias
        fields = ["heading", "field"]
        # The same heading again changes its field; it is no refusal.
        validators: list[Any] = []


class HeadingsApi(CatalogApi):
    """Headings the county taught."""

    @extend_schema(operation_id="headings_list", responses=HeadingSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List them."""
        return Response(HeadingSerializer(in_county(HeadingAlias), many=True).data)

    @extend_schema(
        operation_id="headings_teach", request=HeadingSerializer, responses=HeadingSerializer(many=True)
    )
    def put(self, request: Request) -> Response:
        """Teach one; the same heading again changes its field."""
        officer, sent = officer_of(request, EDIT), HeadingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        mapping.teach(pairs={told["heading"]: told["field"]}, actor=officer, at=clock.now())
        return self.get(request)


class ListsApi(CatalogApi):
    """The lists of the county."""

    class ListSerializer(serializers.ModelSerializer[PowerList]):
        """One list."""

        class Meta:
            model = PowerList
            fields = [
                "id",
                "code",
                "name",
                "kind",
                "data_origin",
                "issuer",
                "document",
                "valid_from",
                "valid_to",
            ]

    @extend_schema(operation_id="lists_list", responses=ListSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List them."""
        return Response(self.ListSerializer(in_county(PowerList), many=True).data)


urlpatterns = [
    path("items/lists/", ListsApi.as_view(), name="api-lists"),
    path("items/headings/", HeadingsApi.as_view(), name="api-headings"),
]
