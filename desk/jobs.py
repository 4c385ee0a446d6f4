"""Background jobs as a person sees them: started, how far, done or failed."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk.models import Job, JobState
from desk.notices import notify


def start(*, kind: str, title: str, owner: Any, at: datetime, total: int = 0) -> Job:
    """Open a job that waits for its worker."""
    return Job.objects.create(kind=kind, title=title[:200], owner=owner, created_at=at, total=total)


def begin(job_id: int, *, at: datetime, total: int, message: str = "") -> bool:
    """Mark the job as running; False when it is already over."""
    open_jobs = Job.objects.filter(pk=job_id, state__in=[JobState.WAITING, JobState.RUNNING])
    changed = open_jobs.update(
        state=JobState.RUNNING, total=total, done=0, started_at=at, message=message[:300]
    )
    return bool(changed)


def progress(job_id: int, *, done: int, message: str = "") -> None:
    """Say how far it is and what is being done."""
    Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(done=done, message=message[:300])


def finish(job_id: int, *, at: datetime, result_url: str = "", message: str = "") -> None:
    """Close the job as done and tell its owner; a second call changes nothing."""
    _close(job_id, JobState.DONE, at=at, result_url=result_url, message=message)


def fail(job_id: int, *, at: datetime, message: str) -> None:
    """Close the job as failed with a reason and tell its owner; a second call changes nothing."""
    _close(job_id, JobState.FAILED, at=at, result_url="", message=message)


def _close(job_id: int, state: JobState, *, at: datetime, result_url: str, message: str) -> None:
    open_jobs = Job.objects.filter(pk=job_id, state__in=[JobState.WAITING, JobState.RUNNING])
    changed = open_jobs.update(
        state=state, finished_at=at, result_url=result_url[:300], message=message[:300]
    )
    if not changed:
        return
    job = Job.objects.select_related("owner").get(pk=job_id)
    done = state == JobState.DONE
    notify(
        recipients=[job.owner],
        kind="job",
        title=_("%(title)s：已完成") if done else _("%(title)s：没有完成"),
        body=job.message,
        params={"title": job.title},
        link=job.result_url or reverse("desk:job", args=[job.pk]),
        key=f"job:{job.pk}:{state}",
        at=at,
    )


def of_owner(officer: Any) -> QuerySet[Job]:
    """List the jobs an officer started."""
    return Job.objects.filter(owner_id=officer.pk)


def seconds_left(job: Job, *, at: datetime) -> int | None:
    """Estimate the rest from the pace so far; None while there is no pace yet."""
    if job.state != JobState.RUNNING or not job.started_at or not job.done or not job.total:
        return None
    spent = (at - job.started_at).total_seconds()
    return round(spent * (job.total - job.done) / job.done)
