"""REST: bring a list in, check its columns, read its rows and differences, publish or give it up."""

from typing import Any

from django.conf import settings
from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import get_in_county, in_county
from catalog import jobs, mapping, services, uploading
from catalog.access import EDIT, PUBLISH, officer_of
from catalog.api import CatalogApi
from catalog.loaders.headings import shown
from catalog.loaders.ticks import is_tick
from catalog.models import ImportBatch, ImportRow, ListKind, RowOutcome
from catalog.starters import list_for
from desk import clock
from desk.bodies import Json
from desk.keyset import KeysetPage
from desk.models import Job
from desk.shapes import DayField, Question

MOST = 200
MOST_ROWS = 1_000_000


class UploadSerializer(serializers.Serializer[Any]):
    """A file and what its notice says; list is the code of a list, a new one is named by name and kind."""

    file = serializers.FileField()
    list = serializers.RegexField(r"^[\w-]{1,30}$")
    name = serializers.CharField(max_length=200, required=False, default="")
    kind = serializers.ChoiceField(ListKind.choices, required=False, default="")
    document = serializers.CharField(max_length=600, required=False, default="")
    effective_on = DayField(required=False, default=None)
    expected_count = serializers.IntegerField(required=False, default=None, min_value=1)
    complete = serializers.BooleanField(required=False, default=False)

    def validate_file(self, upload: Any) -> Any:
        """Refuse a file that is too large."""
        if upload.size > settings.UPLOAD_LIMIT_BYTES:
            raise serializers.ValidationError(str(settings.UPLOAD_LIMIT_BYTES))
        return upload


class SheetColumnsSerializer(serializers.Serializer[Any]):
    """How one sheet is read: whether at all, header row from naught, field of each column by its number."""

    name = serializers.CharField(allow_blank=True, max_length=120)
    used = serializers.BooleanField()
    header_row = serializers.IntegerField(allow_null=True, min_value=0, max_value=MOST_ROWS)
    columns = serializers.DictField(child=serializers.CharField(max_length=80))

    def validate_columns(self, columns: dict[str, str]) -> dict[str, str]:
        """Refuse fields and columns that are none."""
        for column, name in columns.items():
            if not column.isdecimal() or not (shown(name) in mapping.KNOWN or is_tick(name)):
                raise serializers.ValidationError({column: [name]})
        return {column: name for column, name in columns.items() if name}


class MappingSerializer(serializers.Serializer[Any]):
    """The columns of all sheets, in the order of the file."""

    sheets = SheetColumnsSerializer(many=True)


class ImportBatchSerializer(serializers.ModelSerializer[ImportBatch]):
    """One file brought in: its state, its counts and who answers for it."""

    list = serializers.CharField(source="power_list.code")

    class Meta:
        model = ImportBatch
        fields = [
            "id",
            "list",
            "file_name",
            "sha256",
            "state",
            "complete",
            "source",
            "effective_on",
            "expected_count",
            "rows_read",
            "rows_used",
            "rows_skipped",
            "item_count",
            "band_count",
            "uploaded_by_name",
            "uploaded_at",
            "published_by_name",
            "published_at",
        ]


class JobSerializer(serializers.ModelSerializer[Job]):
    """How far a background job is, or why it failed."""

    class Meta:
        model = Job
        fields = [
            "id",
            "title",
            "state",
            "done",
            "total",
            "message",
            "created_at",
            "started_at",
            "finished_at",
        ]


class ImportBatchDetailSerializer(ImportBatchSerializer):
    """A batch with its columns, its row report, its differences and the job last asked for on it."""

    job = serializers.SerializerMethodField()
    mapping = serializers.JSONField()
    report = serializers.JSONField()
    diff = serializers.JSONField()

    class Meta(ImportBatchSerializer.Meta):
        fields = [*ImportBatchSerializer.Meta.fields, "job", "mapping", "report", "diff"]

    @extend_schema_field(JobSerializer(allow_null=True))
    def get_job(self, batch: ImportBatch) -> Any:
        """Tell of the job."""
        job = jobs.latest_of(batch)
        return JobSerializer(job).data if job else None


class RowSerializer(serializers.ModelSerializer[ImportRow]):
    """One row of a file: its raw cells and what became of it."""

    class Meta:
        model = ImportRow
        fields = ["id", "sheet", "row", "outcome", "reason", "cells", "warnings"]


class RowPageSerializer(serializers.Serializer[Any]):
    """A page of rows."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = RowSerializer(many=True)


class PublishSerializer(serializers.Serializer[Any]):
    """From which day the list applies; empty: the day told at the upload."""

    effective_on = DayField(required=False, default=None)


def batch_of(pk: int) -> ImportBatch:
    """Return a batch with its list."""
    return get_in_county(in_county(ImportBatch).select_related("power_list").defer("file"), pk=pk)


class BatchesApi(CatalogApi):
    """Files brought in."""

    parser_classes = [MultiPartParser, Json]

    @extend_schema(operation_id="imports_list", responses=ImportBatchSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the latest."""
        officer_of(request, EDIT)
        rows = in_county(ImportBatch).select_related("power_list").defer("file", "report", "diff", "mapping")
        return Response(ImportBatchSerializer(rows[:MOST], many=True).data)

    @extend_schema(
        operation_id="imports_create",
        request={"multipart/form-data": UploadSerializer},
        responses={201: ImportBatchDetailSerializer, 200: ImportBatchDetailSerializer},
    )
    def post(self, request: Request) -> Response:
        """Keep a file with its columns as proposed; 200 when this very file is known already."""
        officer = officer_of(request, EDIT)
        sent = UploadSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        batch, fresh = uploading.upload(
            power_list=list_for(told["list"], title=told["name"], kind=told["kind"]),
            data=told["file"].read(),
            file_name=told["file"].name,
            actor=officer,
            at=clock.now(),
            effective_on=told["effective_on"],
            expected_count=told["expected_count"],
            complete=told["complete"],
            source=told["document"],
        )
        code = status.HTTP_201_CREATED if fresh else status.HTTP_200_OK
        return Response(ImportBatchDetailSerializer(batch).data, status=code)


class BatchApi(CatalogApi):
    """One file."""

    @extend_schema(operation_id="imports_read", responses=ImportBatchDetailSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Return state, columns, row report and differences."""
        return Response(ImportBatchDetailSerializer(batch_of(pk)).data)


class ColumnsApi(CatalogApi):
    """The columns of a file."""

    @extend_schema(
        operation_id="imports_map", request=MappingSerializer, responses=ImportBatchDetailSerializer
    )
    def put(self, request: Request, pk: int) -> Response:
        """Read the file by these columns and stage it."""
        officer, batch = officer_of(request, EDIT), batch_of(pk)
        sent = MappingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = {"sheets": [dict(sheet) for sheet in sent.validated_data["sheets"]]}
        done = uploading.map_columns(batch=batch, mapping=told, actor=officer, at=clock.now())
        return Response(ImportBatchDetailSerializer(done).data)


class WhichRows(Question):
    """Rows of which one thing became."""

    outcome = serializers.ChoiceField(RowOutcome.choices, default="")
    cursor = serializers.CharField(default=None)


class RowsApi(CatalogApi):
    """The rows of a file."""

    question = WhichRows

    @extend_schema(operation_id="imports_rows", responses=RowPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Page through them."""
        rows = ImportRow.objects.filter(batch=batch_of(pk)).defer("content")
        asked = self.asked()
        if asked["outcome"]:
            rows = rows.filter(outcome=asked["outcome"])
        page = KeysetPage(rows, ordering=["id"], cursor=asked["cursor"], size=MOST)
        results = RowSerializer(page.object_list, many=True).data
        return Response({"next": page.next_cursor, "previous": page.previous_cursor, "results": results})


class PublishApi(CatalogApi):
    """The act of the second person."""

    @extend_schema(
        operation_id="imports_publish", request=PublishSerializer, responses=ImportBatchDetailSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        """Publish the list."""
        officer, batch = officer_of(request, PUBLISH), batch_of(pk)
        sent = PublishSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        day = sent.validated_data["effective_on"]
        services.publish(batch=batch, actor=officer, at=clock.now(), effective_on=day)
        return Response(ImportBatchDetailSerializer(batch_of(pk)).data)


class DiscardApi(CatalogApi):
    """Giving up."""

    @extend_schema(operation_id="imports_discard", request=None, responses=ImportBatchSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Give the file up; its rows and its report stay."""
        services.discard(batch=batch_of(pk), actor=officer_of(request, PUBLISH), at=clock.now())
        return Response(ImportBatchSerializer(batch_of(pk)).data)


urlpatterns = [
    path("items/imports/", BatchesApi.as_view(), name="api-imports"),
    path("items/imports/<int:pk>/", BatchApi.as_view(), name="api-import"),
    path("items/imports/<int:pk>/columns/", ColumnsApi.as_view(), name="api-import-columns"),
    path("items/imports/<int:pk>/rows/", RowsApi.as_view(), name="api-import-rows"),
    path("items/imports/<int:pk>/publish/", PublishApi.as_view(), name="api-import-publish"),
    path("items/imports/<int:pk>/discard/", DiscardApi.as_view(), name="api-import-discard"),
]
