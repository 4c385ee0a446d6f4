"""Background jobs as a person sees them: started, how far, done or failed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk.language import in_legal_language
from desk.models import Job, JobState
from desk.notices import Message, notify_all
from desk.races import lost_race
from law.errors import RuleViolation

# No task outlives its time limit; half as long again is for one handed on when its worker fell.
LONGEST = timedelta(seconds=1.5 * settings.CELERY_TASK_TIME_LIMIT)
# A message that a dead worker had taken is handed on after an hour.
UNTAKEN = timedelta(hours=2)
BROKEN = _(
    "处理时出现意外错误，没有完成。已经做成的仍然有效，请回到原处查看后重新发起；再次失败的，请系统管理员查看日志。"
)
ABANDONED = _("后台进程中途停止，没有完成。已经做成的仍然有效，请回到原处查看后重新发起。")
NEVER_TAKEN = _(
    "后台服务一直没有接手，没有开始办理。请回到原处重新发起；再次如此的，请系统管理员检查后台服务。"
)


def start(*, kind: str, title: str, owner: Any, at: datetime, total: int = 0, asked_at: str = "") -> Job:
    """Open a job that waits for its worker; until it has a result it leads back to where it was asked for."""
    return Job.objects.create(
        kind=kind, title=title[:200], owner=owner, created_at=at, total=total, result_url=asked_at
    )


def begin(job_id: int, *, at: datetime, total: int, message: str = "") -> bool:
    """Mark the job as running since it was first begun; False when it is already over."""
    changed = (
        _open()
        .filter(pk=job_id)
        .update(
            state=JobState.RUNNING,
            total=total,
            done=0,
            started_at=Coalesce("started_at", at),
            message=message[:300],
        )
    )
    return bool(changed)


def progress(job_id: int, *, done: int, message: str = "") -> None:
    """Say how far it is and what is being done."""
    Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(done=done, message=message[:300])


def finish(job_id: int, *, at: datetime, result_url: str = "", message: str = "") -> None:
    """Close the job as done and tell its owner; a second call changes nothing."""
    _close(job_id, JobState.DONE, at=at, result_url=result_url[:300], message=message[:300])


def fail(job_id: int, *, at: datetime, message: str) -> None:
    """Close the job as failed with a reason and tell its owner; a second call changes nothing."""
    _close(job_id, JobState.FAILED, at=at, message=message[:300])


@contextmanager
def ended_by_failure(job_id: int, *, at: datetime) -> Iterator[None]:
    """End the job as failed by whatever stops its work; what is no refusal is raised on, for the log."""
    try:
        yield
    except Exception as error:
        refusal = error if isinstance(error, RuleViolation) else lost_race(error)
        if refusal is None:
            fail(job_id, at=at, message=_said(BROKEN))
            raise
        fail(job_id, at=at, message=f"{refusal} {refusal.unblock}".strip())


@transaction.atomic
def end_abandoned(*, at: datetime) -> int:
    """End as failed what no worker carries out any more or ever took up; again it changes nothing."""
    abandoned = Q(state=JobState.RUNNING, started_at__lt=at - LONGEST)
    never_taken = Q(state=JobState.WAITING, created_at__lt=at - UNTAKEN)
    lost = list(_open().select_for_update(skip_locked=True).filter(abandoned | never_taken))
    for job in lost:
        job.message = _said(ABANDONED if job.state == JobState.RUNNING else NEVER_TAKEN)
        job.state, job.finished_at = JobState.FAILED, at
    Job.objects.bulk_update(lost, ["state", "finished_at", "message"])
    _tell(lost, at=at)
    return len(lost)


def _open() -> QuerySet[Job]:
    return Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING])


def _close(job_id: int, state: JobState, *, at: datetime, **more: str) -> None:
    if _open().filter(pk=job_id).update(state=state, finished_at=at, **more):
        _tell([Job.objects.get(pk=job_id)], at=at)


def _tell(over: Iterable[Job], *, at: datetime) -> None:
    """Tell the owners of jobs how they ended."""
    notify_all([_message(job) for job in over], at=at)


def _message(job: Job) -> Message:
    done = job.state == JobState.DONE
    return Message(
        recipients=[job.owner_id],
        kind="job",
        title=_("%(title)s：已完成") if done else _("%(title)s：没有完成"),
        body=job.message,
        link=(done and job.result_url) or reverse("desk:job", args=[job.pk]),
        key=f"job:{job.pk}:{job.state}",
        params={"title": job.title},
    )


@in_legal_language()
def _said(words: Any) -> str:
    """Say words as they are kept: in Chinese, translated when they are shown."""
    return str(words)


def of_owner(officer: Any) -> QuerySet[Job]:
    """List the jobs an officer started."""
    return Job.objects.filter(owner_id=officer.pk)


def seconds_left(job: Job, *, at: datetime) -> int | None:
    """Estimate the rest from the pace so far; None while there is no pace yet."""
    if job.state != JobState.RUNNING or not job.started_at or not job.done or not job.total:
        return None
    spent = (at - job.started_at).total_seconds()
    return round(spent * (job.total - job.done) / job.done)
