"""Pages of the import: upload a list, check columns, read the report, publish as a second person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import get_in_county, in_county
from catalog import jobs, row_report, services, uploading
from catalog import mapping as mapping_module
from catalog.access import EDIT, PUBLISH, VIEW, CodeRequired, Officer, may, officer_of
from catalog.forms import ColumnsForm, PublishForm, UploadForm
from catalog.models import BatchState, ImportBatch, ItemVersion
from desk import clock
from desk.exports import CHUNK, Column, workbook_response
from desk.lists import ListView
from law.errors import RuleViolation

CRUMBS = [
    (gettext_lazy("事项清单"), reverse_lazy("items")),
    (gettext_lazy("清单导入"), reverse_lazy("imports")),
]
KNOWN = {
    True: gettext_lazy("这份文件已经导入过，内容没有变化，未作改动。"),
    False: gettext_lazy("这份文件已经上传过，正等候核对列或发布，未作改动。"),
}
LABELS = {field.name: field.verbose_name for field in ItemVersion._meta.fields}
TEMPLATES = {
    "items": (
        ("序号", 8),
        ("事项编码", 20),
        ("事项名称", 50),
        ("违法行为", 40),
        ("权力类型", 12),
        ("执法领域", 14),
        ("主管部门", 20),
        ("法规规章", 30),
        ("违反条款", 30),
        ("处罚依据", 50),
        ("处罚种类及幅度", 30),
        ("清单类别", 12),
        ("是否赋权乡镇", 12),
        ("状态", 8),
        ("备注", 30),
    ),
    "discretion": (
        ("序号", 8),
        ("事项编码", 20),
        ("违法行为", 40),
        ("法规规章", 30),
        ("处罚依据", 50),
        ("处罚种类及幅度", 30),
        ("裁量阶次", 12),
        ("适用条件", 40),
        ("处罚标准", 40),
        ("备注", 20),
    ),
}


class Imports(CodeRequired, ListView[ImportBatch]):
    """Every list that was brought in, the latest first."""

    code = EDIT
    template_name = "catalog/imports.html"
    list_key = "imports"
    orderings = {"time": ("id",)}
    default_sort = "-time"

    def rows(self) -> Any:
        """All batches."""
        return in_county(ImportBatch).select_related("power_list").defer("report", "diff", "file", "mapping")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the crumbs."""
        return super().get_context_data(crumbs=CRUMBS, **kwargs)


class Upload(CodeRequired):
    """Upload a published list; nothing applies before a second person has published it."""

    code = EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self._page(request, UploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file and go on to its columns."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=422)
        upload, values = form.cleaned_data["file"], form.cleaned_data
        try:
            batch, fresh = uploading.upload(
                power_list=form.chosen_list(),
                data=upload.read(),
                file_name=upload.name,
                actor=officer_of(request, EDIT),
                at=clock.now(),
                effective_on=values["effective_on"],
                expected_count=values["expected_count"],
                complete=values["complete"],
                source=form.told_source(),
            )
        except RuleViolation as refusal:
            return self._page(request, form, refusal=refusal, status=409)
        if not fresh:
            messages.info(request, KNOWN[batch.state == BatchState.PUBLISHED])
        return redirect("import_columns" if batch.state == BatchState.MAPPING else "import", batch.pk)

    def _page(
        self,
        request: HttpRequest,
        form: UploadForm,
        *,
        refusal: RuleViolation | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = {"form": form, "refusal": refusal, "crumbs": [*CRUMBS, (_("上传清单"), "")]}
        return render(request, "catalog/upload.html", context, status=status)


class Template(CodeRequired):
    """An empty list to fill in, of items or of items with their grades."""

    code = EDIT

    def get(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """Download it."""
        if kind not in TEMPLATES:
            raise Http404
        columns = [Column(head, str, width) for head, width in TEMPLATES[kind]]
        return workbook_response([], columns, name=f"catalog-{kind}")


class Columns(CodeRequired):
    """The columns of an uploaded list: proposed by their headings, checked and corrected by a person."""

    code = EDIT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show every sheet with heading, first values and field of each column."""
        return self._page(request, _batch(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Propose anew from other header rows, or read the file by the columns as they stand."""
        batch, officer = _batch(pk), officer_of(request, EDIT)
        form = ColumnsForm(request.POST, mapping=batch.mapping)
        try:
            if request.POST.get("act") == "reread":
                mapping = mapping_module.proposed(batch, form.header_rows())
                batch = uploading.propose_columns(batch=batch, mapping=mapping, actor=officer, at=clock.now())
                return self._page(request, batch)
            told = form.mapping()
            if request.POST.get("remember"):
                pairs = form.pairs(mapping_module.views_of(batch))
                mapping_module.teach(pairs=pairs, actor=officer, at=clock.now())
            return self._read(request, batch, told, officer)
        except RuleViolation as refusal:
            return self._page(request, batch, refusal=refusal, status=409)

    def _read(
        self, request: HttpRequest, batch: ImportBatch, told: dict[str, Any], officer: Officer
    ) -> HttpResponse:
        if jobs.is_long(batch):
            job = jobs.ask_staging(batch=batch, mapping=told, officer=officer, at=clock.now())
            return redirect("desk:job", job.pk)
        uploading.map_columns(batch=batch, mapping=told, actor=officer, at=clock.now())
        return redirect("import", batch.pk)

    def _page(
        self,
        request: HttpRequest,
        batch: ImportBatch,
        *,
        refusal: RuleViolation | None = None,
        status: int = 200,
    ) -> HttpResponse:
        crumbs = [*CRUMBS, (batch.file_name, reverse("import", args=[batch.pk])), (_("核对列"), "")]
        context = {
            "batch": batch,
            "job": jobs.latest_of(batch),
            "sheets": mapping_module.views_of(batch),
            "fields": mapping_module.FIELDS,
            "may_map": _may_map(request, batch),
            "may_discard": may(request.user, PUBLISH, clock.today()),
            "refusal": refusal,
            "crumbs": crumbs,
        }
        return render(request, "catalog/columns.html", context, status=status)


class BatchPage(CodeRequired):
    """One staged list: row report, changes, and the act of publishing."""

    code = VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it; a file whose columns are not yet checked leads there."""
        batch = _batch(pk)
        if batch.state == BatchState.MAPPING:
            return redirect("import_columns", pk)
        return self._page(request, batch)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish or discard it, or show why not."""
        batch, officer = _batch(pk), officer_of(request, PUBLISH)
        try:
            if request.POST.get("act") == "discard":
                services.discard(batch=batch, actor=officer, at=clock.now())
                messages.success(request, _("已放弃这次导入"))
                return redirect("imports")
            form = PublishForm(request.POST)
            if not form.is_valid():
                return self._page(request, batch, form=form, status=422)
            day = form.cleaned_data["effective_on"]
            if jobs.is_long(batch):
                job = jobs.ask_publication(batch=batch, officer=officer, on=day, at=clock.now())
                return redirect("desk:job", job.pk)
            counts = services.publish(batch=batch, actor=officer, at=clock.now(), effective_on=day)
        except RuleViolation as refusal:
            return self._page(request, batch, refusal=refusal, status=409)
        told = (
            _("已发布：新增 %(new)s，变更 %(changed)s，未变 %(unchanged)s，裁量基准 %(discretion)s") % counts
        )
        messages.success(request, told)
        return redirect("import", pk)

    def _page(
        self,
        request: HttpRequest,
        batch: ImportBatch,
        *,
        form: PublishForm | None = None,
        refusal: RuleViolation | None = None,
        status: int = 200,
    ) -> HttpResponse:
        waiting = batch.state == BatchState.STAGED
        publisher = may(request.user, PUBLISH, clock.today())
        context = {
            "batch": batch,
            "form": form or PublishForm(initial={"effective_on": batch.effective_on}),
            "refusal": refusal,
            "crumbs": [*CRUMBS, (batch.file_name, reverse("import", args=[batch.pk]))],
            "waiting": waiting,
            "job": jobs.latest_of(batch),
            "may_publish": waiting and publisher and batch.uploaded_by_id != request.user.pk,
            "may_discard": waiting and publisher,
            "may_map": waiting and bool(batch.file) and _may_map(request, batch),
            "changes": [
                (entry, LABELS[change["field"]], change)
                for entry in batch.diff.get("changed", ())
                for change in entry["changes"]
            ],
            "sheets": [(sheet, _columns_told(sheet)) for sheet in batch.report["sheets"]],
            "skipped": [(s["sheet"], row) for s in batch.report["sheets"] for row in s["skipped"]],
            "remarks": row_report.remarks_of(batch),
            "most_lines": row_report.MOST_LINES,
        }
        return render(request, "catalog/batch.html", context, status=status)


class RowReport(CodeRequired):
    """What became of every row of a file."""

    code = VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Download it as a workbook."""
        batch = _batch(pk)
        rows = batch.rows.defer("content").order_by("id").iterator(chunk_size=CHUNK)
        return workbook_response(rows, row_report.COLUMNS, name=f"import-{batch.pk}-rows")


def _columns_told(sheet: dict[str, Any]) -> list[tuple[str, Any]]:
    """List the headings of a sheet as they stand in the file, each with what it was taken for."""
    columns = sheet["columns"]
    order = sheet.get("headings") or columns
    return [(text, mapping_module.label_of(columns[text]) if columns[text] else "") for text in order]


def _may_map(request: HttpRequest, batch: ImportBatch) -> bool:
    return uploading.may_check(batch, officer_of(request, VIEW)) and may(request.user, EDIT, clock.today())


def _batch(pk: int) -> ImportBatch:
    return get_in_county(ImportBatch.objects.select_related("power_list"), pk=pk)
