"""Drafting and printing in batches: batches, tailored lists, meetings, and the agreement on paper."""

import logging
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import quote

from celery import current_app
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from kombu.exceptions import OperationalError

from audit.county import get_in_county, in_county
from desk import clock, jobs
from desk.keys import day_asked
from desk.models import Job
from papers import files
from papers.models import StoredFile
from papers.services import render as print_paper
from townships.forms.agreements import (
    BatchForm,
    BatchTermsForm,
    ChangeForm,
    ChooseListForm,
    MeetingForm,
    NothingForm,
    TailoredListForm,
)
from townships.models import GrantBatch, Meeting, Officer, TailoredList
from townships.selectors import get_grant, get_township, grants_as_of, townships_on
from townships.selectors.tailoring import batch_count, tailored
from townships.services import printing, tailoring
from townships.views.acts import ActPage, signed_in
from townships.views.authority import CRUMBS, require_editor, require_viewer
from townships.views.standing import standing

log = logging.getLogger(__name__)


class EditorPage(ActPage):
    """An act of the legal department that starts from nothing."""

    crumbs = CRUMBS
    goes_to = "grant_batches"

    def door(self, officer: Officer, on: date) -> Any:
        """The legal department only."""
        require_editor(officer, on)

    def back(self, target: Any) -> str:
        """Go to the overview."""
        return reverse(self.goes_to)


class OpenBatch(EditorPage):
    """Open a batch."""

    form_class = BatchForm
    title = gettext_lazy("设立委托赋权批次")
    done = gettext_lazy("已设立。下一步按各乡镇清单批量起草。")

    def service(self, target: None, values: dict[str, Any], officer: Officer) -> GrantBatch:
        """Open it."""
        return tailoring.open_batch(actor=officer, at=clock.now(), **values)


class RecordMeeting(EditorPage):
    """Record a meeting of the leading group."""

    form_class = MeetingForm
    title = gettext_lazy("登记领导小组会议")
    done = gettext_lazy("已登记。起草批次或协议时可选为会议决定。")

    def service(self, target: None, values: dict[str, Any], officer: Officer) -> Meeting:
        """Record it."""
        return tailoring.record_meeting(actor=officer, at=clock.now(), **values)


class TailorList(EditorPage):
    """Make a tailored list."""

    form_class = TailoredListForm
    title = gettext_lazy("编制特色清单")
    done = gettext_lazy("已保存清单。")
    goes_to = "tailored_lists"

    def service(self, target: None, values: dict[str, Any], officer: Officer) -> TailoredList:
        """Make it."""
        return tailoring.tailor_list(actor=officer, at=clock.now(), **values)


class ChooseList(EditorPage):
    """Let a township follow a list."""

    form_class = ChooseListForm
    title = gettext_lazy("选定特色清单")
    done = gettext_lazy("已选定。")
    goes_to = "tailored_lists"

    def service(self, target: None, values: dict[str, Any], officer: Officer) -> None:
        """Choose it."""
        tailoring.choose_list(actor=officer, at=clock.now(), **values)


class ChangeItem(EditorPage):
    """Add an item to a township's list or leave one out."""

    form_class = ChangeForm
    title = gettext_lazy("增减清单事项")
    done = gettext_lazy("已登记增减。")
    goes_to = "tailored_lists"

    def service(self, target: None, values: dict[str, Any], officer: Officer) -> Any:
        """Change it."""
        return tailoring.change_item(actor=officer, at=clock.now(), **values)


class BatchPage(ActPage):
    """An act on one batch that runs in the background."""

    crumbs = CRUMBS
    button = gettext_lazy("开始")

    def door(self, officer: Officer, on: date) -> GrantBatch:
        """The legal department only."""
        require_editor(officer, on)
        return get_in_county(GrantBatch, pk=self.kwargs["pk"])

    def back(self, target: GrantBatch) -> str:
        """Go to the batch."""
        return reverse("grant_batch", args=[target.pk])

    def finish(self, request: HttpRequest, target: Any, result: Any) -> HttpResponse:
        """Show how far the job is."""
        return redirect("desk:job", pk=result.pk)


def start_job(name: str, title: str, officer: Officer, batch: GrantBatch, *args: Any) -> Job:
    """Open a job and wake its worker once it is committed."""
    asked_at = reverse("grant_batch", args=[batch.pk])
    job = jobs.start(kind=name, title=f"{title}：{batch}", owner=officer, at=clock.now(), asked_at=asked_at)
    transaction.on_commit(partial(_wake, job.pk, f"townships.{name}", [job.pk, batch.pk, *args]))
    return job


def _wake(job_id: int, task: str, args: list[Any]) -> None:
    """Hand the job to a worker; where the broker is away, say so instead of waiting for ever."""
    try:
        current_app.send_task(task, args=args, retry=False)
    except OperationalError:
        log.warning("the broker is away; job %s was not started", job_id, exc_info=True)
        jobs.fail(job_id, at=clock.now(), message=_("后台服务暂时不可用，请稍后再试"))


class DraftBatch(BatchPage):
    """Draft what a batch still lacks."""

    form_class = BatchTermsForm
    title = gettext_lazy("批量起草协议")

    def service(self, target: GrantBatch, values: dict[str, Any], officer: Officer) -> Job:
        """Start the drafting."""
        ends = values["valid_to"]
        terms = {**values, "valid_to": ends.isoformat() if ends else ""}
        return start_job("draft_batch", _("批量起草协议"), officer, target, terms, officer.pk)


class PrintBatch(BatchPage):
    """Print a batch into one file."""

    form_class = NothingForm
    title = gettext_lazy("批量印制协议")

    def service(self, target: GrantBatch, values: dict[str, Any], officer: Officer) -> Job:
        """Start the printing."""
        return start_job("print_batch", _("批量印制协议"), officer, target)


@login_required
@require_GET
def batches_page(request: HttpRequest) -> HttpResponse:
    """Every batch with its counts by source, and the meetings behind them."""
    officer = require_viewer(request)
    rows = [(batch, batch_count(batch)) for batch in in_county(GrantBatch).select_related("meeting")[:50]]
    context = {
        "batches": rows,
        "meetings": in_county(Meeting).prefetch_related("batches", "grants")[:50],
        "may_edit": officer.may("authority.edit", clock.today()),
        "crumbs": [*CRUMBS, (_("批次与会议"), "")],
    }
    return render(request, "townships/batches.html", context)


@login_required
@require_GET
def batch_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: its counts, its agreements and how far each is."""
    officer = require_viewer(request)
    batch = get_in_county(GrantBatch.objects.select_related("meeting"), pk=pk)
    grants = grants_as_of(clock.today()).filter(batch=batch).order_by("number_order", "id")
    context = {
        "batch": batch,
        "count": batch_count(batch),
        "grants": [(grant, standing(grant)) for grant in grants],
        "may_edit": officer.may("authority.edit", clock.today()),
        "crumbs": [*CRUMBS, (_("批次与会议"), reverse("grant_batches")), (str(batch), "")],
    }
    return render(request, "townships/batch.html", context)


@login_required
@require_GET
def lists_page(request: HttpRequest) -> HttpResponse:
    """The tailored lists, and how each township's list differs from the one it follows."""
    officer = require_viewer(request)
    context = {
        "lists": in_county(TailoredList).prefetch_related("entries", "choices"),
        "townships": tailored(townships_on(clock.today())),
        "may_edit": officer.may("authority.edit", clock.today()),
        "crumbs": [*CRUMBS, (_("特色清单"), "")],
    }
    return render(request, "townships/lists.html", context)


@login_required
@require_GET
def agreement_paper(request: HttpRequest, pk: int) -> FileResponse:
    """Send the agreement as it was printed."""
    grant = get_grant(signed_in(request), pk, on=clock.today())
    if grant.paper is None:
        raise Http404(_("还没有印制协议文本。"))
    return _sent(print_paper(grant.paper), f"{grant.number}.pdf")


@login_required
@require_GET
def township_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the printed list of what a township may do on a day."""
    require_viewer(request)
    on = day_asked(request)
    township = get_township(pk, on=on)
    pdf = printing.print_list(township=township, on=on)
    name = quote(f"{township.short_name}-{on}.pdf")
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{name}", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@login_required
@require_GET
def batch_print(request: HttpRequest, pk: int, sha256: str) -> FileResponse:
    """Send the printed batch to whoever may look at authority and had it printed."""
    officer = require_viewer(request)
    address = reverse("grant_batch_print", args=[pk, sha256])
    if not Job.objects.filter(owner=officer, result_url=address).exists():
        raise Http404(_("没有这份文件。"))
    stored = get_object_or_404(StoredFile, sha256=sha256)
    return _sent(stored, stored.name)


def _sent(stored: StoredFile, name: str) -> FileResponse:
    response = FileResponse(
        BytesIO(files.open_checked(stored)), content_type=stored.content_type, filename=name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
