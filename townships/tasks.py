"""What the day itself brings: grants enter into force and expire."""

from celery import shared_task

from desk import clock
from townships.services import lifecycle


@shared_task(name="townships.turn_day")
def turn_day() -> None:
    """Bring the states of grants up to the day."""
    lifecycle.turn_day(at=clock.now())
