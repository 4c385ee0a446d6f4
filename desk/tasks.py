"""Workers' face of the desk."""

from celery import shared_task

from desk import clock, jobs


@shared_task(name="desk.end_abandoned_jobs")
def end_abandoned_jobs() -> None:
    """End the jobs whose worker is gone; again it changes nothing."""
    jobs.end_abandoned(at=clock.now())
