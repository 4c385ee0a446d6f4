"""Pages of the import: upload a list, read the row report and the changes, publish as a second person."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import services, starters
from catalog.access import EDIT, PUBLISH, VIEW, CodeRequired, may, officer_of
from catalog.forms import PublishForm, UploadForm
from catalog.models import BatchState, ImportBatch
from desk import clock
from desk.lists import ListView
from law.errors import RuleViolation

CRUMBS = [
    (gettext_lazy("事项清单"), reverse_lazy("items")),
    (gettext_lazy("清单导入"), reverse_lazy("imports")),
]


class Imports(CodeRequired, ListView[ImportBatch]):
    """Every list that was brought in, the latest first."""

    code = EDIT
    template_name = "catalog/imports.html"
    list_key = "imports"
    orderings = {"time": ("id",)}
    default_sort = "-time"

    def rows(self) -> Any:
        """All batches."""
        return ImportBatch.objects.select_related("power_list").defer("report", "diff")

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
        """Stage the file and show the report."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=422)
        upload, values = form.cleaned_data["file"], form.cleaned_data
        try:
            batch, _result, fresh = starters.load(
                power_list=form.chosen_list(),
                data=upload.read(),
                file_name=upload.name,
                uploader=officer_of(request, EDIT),
                publisher=None,
                at=clock.now(),
                effective_on=values["effective_on"],
                expected_count=values["expected_count"],
                complete=values["complete"],
            )
        except RuleViolation as refusal:
            return self._page(request, form, refusal=refusal, status=409)
        if not fresh:
            messages.info(request, _("这份文件已经导入过，内容没有变化，未作改动。"))
        return redirect("import", batch.pk)

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


class BatchPage(CodeRequired):
    """One staged list: row report, changes, and the act of publishing."""

    code = VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self._page(request, _batch(pk))

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
            counts = services.publish(batch=batch, actor=officer, at=clock.now(), effective_on=day)
        except RuleViolation as refusal:
            return self._page(request, batch, refusal=refusal, status=409)
        told = _("已发布：新增 %(new)s，变更 %(changed)s，未变 %(unchanged)s") % counts
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
            "may_publish": waiting and publisher and batch.uploaded_by_id != request.user.pk,
            "may_discard": waiting and publisher,
            "skipped": [(s["sheet"], row) for s in batch.report["sheets"] for row in s["skipped"]],
            "warnings": [
                (s["sheet"], row)
                for s in batch.report["sheets"]
                for row in s["warnings"]
                if row["code"] != "duplicate"
            ],
        }
        return render(request, "catalog/batch.html", context, status=status)


def _batch(pk: int) -> ImportBatch:
    return get_object_or_404(ImportBatch.objects.select_related("power_list"), pk=pk)
