"""Workers' face of long imports and of what follows them: an event owes the job, the job runs by itself."""

from datetime import date

from celery import shared_task

from audit.models import Event
from audit.subscribers import on
from catalog import jobs, verbs
from desk import clock


@on(verbs.STAGING_ASKED)
def begin_staging(event: Event) -> None:
    """Hand the reading of a file to a worker."""
    stage.delay(event.target_id, event.payload["job"], event.actor_id or 0)


@on(verbs.PUBLICATION_ASKED)
def begin_publication(event: Event) -> None:
    """Hand the publication of a list to a worker."""
    publish.delay(
        event.target_id, event.payload["job"], event.actor_id or 0, str(event.payload["effective_on"])
    )


@on(verbs.LIST_PUBLISHED)
def tidy_search(_event: Event) -> None:
    """Hand what a publication appended to the index of the search to a worker."""
    sort_in_pairs.delay()


@shared_task(name="catalog.stage")
def stage(batch_id: int, job_id: int, officer_id: int) -> None:
    """Read a file by its columns."""
    jobs.stage(batch_id=batch_id, job_id=job_id, officer_id=officer_id, at=clock.now())


@shared_task(name="catalog.publish")
def publish(batch_id: int, job_id: int, officer_id: int, effective_on: str) -> None:
    """Publish a staged list."""
    day = date.fromisoformat(effective_on) if effective_on else None
    jobs.publish(batch_id=batch_id, job_id=job_id, officer_id=officer_id, on=day, at=clock.now())


@shared_task(name="catalog.sort_in_pairs")
def sort_in_pairs() -> None:
    """Sort in what the index of the search has waiting; again it does nothing."""
    jobs.sort_in_pairs()
