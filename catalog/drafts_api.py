"""REST: what is drafted to an item, and the second person who publishes it or gives it up."""

from typing import Any

from django.http import Http404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import get_in_county
from catalog import drafting, drafts
from catalog.access import EDIT, PUBLISH, officer_of
from catalog.api import CatalogApi
from catalog.models import Item
from desk import clock
from desk.shapes import sent_fields, shape_error


class DraftSerializer(serializers.Serializer[Any]):
    """A draft: of which kind, whose, from which day, and what became of it."""

    kind = serializers.CharField()
    id = serializers.IntegerField(source="row.pk")
    status = serializers.CharField(source="row.status")
    valid_from = serializers.DateField(source="row.valid_from")
    drafted_by_name = serializers.CharField(source="row.drafted_by_name")


class DraftsApi(CatalogApi):
    """What waits to be published to an item."""

    @extend_schema(operation_id="items_drafts", responses=DraftSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List it."""
        found = drafts.drafts_of(get_in_county(Item, pk=pk))
        return Response(DraftSerializer([{"kind": kind, "row": row} for kind, row in found], many=True).data)


class DraftApi(CatalogApi):
    """Draft a version with its basis, a benchmark, an exemption or a guide."""

    @extend_schema(
        operation_id="items_draft",
        request=OpenApiTypes.OBJECT,
        responses={201: DraftSerializer},
        description="kind: version, benchmark, exemption or guide; the fields are those of the page.",
    )
    def post(self, request: Request, pk: int, kind: str) -> Response:
        """Draft it by the fields of its page."""
        officer, page = officer_of(request, EDIT), drafting.KINDS.get(kind)
        if page is None:
            raise Http404
        item, form = get_in_county(Item, pk=pk), page.form(sent_fields(request), request.FILES)
        if not form.is_valid():
            raise shape_error(form)
        row = page().save(form, item, actor=officer, at=clock.now())
        return Response(DraftSerializer({"kind": kind, "row": row}).data, status=status.HTTP_201_CREATED)


class DraftActApi(CatalogApi):
    """What the second person does with a draft."""

    @extend_schema(request=None, responses=DraftSerializer)
    def post(self, request: Request, pk: int, kind: str, row: int, act: str) -> Response:
        """Publish it or give it up."""
        officer, model = officer_of(request, PUBLISH), drafts.KINDS.get(kind)
        if model is None:
            raise Http404
        found: Any = get_in_county(model, pk=row, item=get_in_county(Item, pk=pk))
        doing: Any = drafts.publish if act == "publish" else drafts.discard
        doing(row=found, actor=officer, at=clock.now())
        found.refresh_from_db()
        return Response(DraftSerializer({"kind": kind, "row": found}).data)


ONE = "items/<int:pk>/drafts/<slug:kind>/<int:row>/"
urlpatterns = [
    path("items/<int:pk>/drafts/", DraftsApi.as_view(), name="api-item-drafts"),
    path("items/<int:pk>/drafts/<slug:kind>/", DraftApi.as_view(), name="api-item-draft"),
    path(f"{ONE}publish/", DraftActApi.as_view(), {"act": "publish"}, name="api-draft-publish"),
    path(f"{ONE}discard/", DraftActApi.as_view(), {"act": "discard"}, name="api-draft-discard"),
]
