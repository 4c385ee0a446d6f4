"""Long imports as background jobs: asked for in a transaction, done by a worker, told step by step."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.services import record
from catalog import services, staging, uploading, verbs
from catalog.access import Officer
from catalog.models import BatchState, ImportBatch
from desk import jobs
from desk.models import Job

LONG_FILE = 256 * 1024
STEPS = 2


def is_long(batch: ImportBatch) -> bool:
    """Tell a file that a page should not wait for."""
    return len(batch.file or b"") > LONG_FILE


@transaction.atomic
def ask_staging(*, batch: ImportBatch, mapping: dict[str, Any], officer: Officer, at: datetime) -> Job:
    """Ask a worker to read a file by its columns."""
    uploading.propose_columns(batch=batch, mapping=mapping, actor=officer, at=at)
    job = jobs.start(
        kind="catalog",
        title=_("读取清单：%(file)s") % {"file": batch.file_name},
        owner=officer,
        at=at,
        total=STEPS,
        asked_at=reverse("import_columns", args=[batch.pk]),
    )
    return _asked(verbs.STAGING_ASKED, batch, job, officer, at, {})


@transaction.atomic
def ask_publication(*, batch: ImportBatch, officer: Officer, on: date | None, at: datetime) -> Job:
    """Ask a worker to publish a list; whoever may not is refused at once."""
    services.require_publishable(batch, actor=officer)
    job = jobs.start(
        kind="catalog",
        title=_("发布清单：%(file)s") % {"file": batch.file_name},
        owner=officer,
        at=at,
        total=STEPS,
        asked_at=reverse("import", args=[batch.pk]),
    )
    return _asked(
        verbs.PUBLICATION_ASKED, batch, job, officer, at, {"effective_on": on.isoformat() if on else ""}
    )


def _asked(
    verb: Any, batch: ImportBatch, job: Job, officer: Officer, at: datetime, more: dict[str, Any]
) -> Job:
    ImportBatch.objects.filter(pk=batch.pk).update(job_id=job.pk)
    payload = {"job": job.pk, **more}
    record(verb, chain=staging.chain_of(batch), target=batch, actor=officer, at=at, payload=payload)
    return job


def stage(*, batch_id: int, job_id: int, officer_id: int | None, at: datetime) -> None:
    """Read the file as asked; whatever stops that ends the job with its reason."""
    with jobs.ended_by_failure(job_id, at=at):
        if not jobs.begin(job_id, at=at, total=STEPS, message=_("正在读取、比较")):
            return
        batch = ImportBatch.objects.get(pk=batch_id)
        done = uploading.map_columns(batch=batch, mapping=batch.mapping, actor=_officer(officer_id), at=at)
        told = _("读取 %(read)s 行，采用 %(used)s 行，事项 %(items)s 项") % {
            "read": done.rows_read,
            "used": done.rows_used,
            "items": done.item_count,
        }
        _finish(job_id, batch_id, at, told)


def publish(*, batch_id: int, job_id: int, officer_id: int, on: date | None, at: datetime) -> None:
    """Publish the list as asked; whatever stops that ends the job with its reason."""
    with jobs.ended_by_failure(job_id, at=at):
        if not jobs.begin(job_id, at=at, total=STEPS, message=_("正在比较、写入")):
            return
        batch, officer = ImportBatch.objects.get(pk=batch_id), _officer(officer_id)
        assert officer is not None
        if batch.state == BatchState.PUBLISHED and batch.published_by_id == officer.pk:
            # A worker that fell after its commit: the list stands, only the job was not told.
            _finish(job_id, batch_id, at, "")
            return
        counts = services.publish(batch=batch, actor=officer, at=at, effective_on=on)
        told = _("新增 %(new)s，变更 %(changed)s，未变 %(unchanged)s，裁量基准 %(discretion)s") % counts
        _finish(job_id, batch_id, at, told)


def _finish(job_id: int, batch_id: int, at: datetime, told: str) -> None:
    jobs.progress(job_id, done=STEPS)
    jobs.finish(job_id, at=at, result_url=reverse("import", args=[batch_id]), message=told)


def latest_of(batch: ImportBatch) -> Job | None:
    """Return the job that was last asked for on a batch."""
    return Job.objects.filter(pk=batch.job_id).first() if batch.job_id else None


def sort_in_pairs() -> int:
    """Sort into the index of the search what was appended to it; returns how many pages were waiting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('itemversion_pairs')")
        pages: int = cursor.fetchone()[0]
    return pages


def _officer(officer_id: int | None) -> Officer | None:
    people = get_user_model()._default_manager
    officer = people.filter(pk=officer_id).first() if officer_id else None
    return officer if isinstance(officer, Officer) else None
