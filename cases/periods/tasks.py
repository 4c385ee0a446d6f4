"""Jobs that follow from a changed calendar or a changed setting of a clock."""

from celery import shared_task

from audit.models import Event
from audit.subscribers import on
from cases.dossier import law_book
from cases.dossier.law_settings import SETTING_APPROVED
from cases.periods import calendars, recompute
from cases.periods.recompute import Cause
from desk import clock


@shared_task(name="cases.periods.recompute_calendars")
def recompute_calendars() -> None:
    """Recompute for every approved calendar that was not worked through yet."""
    calendars.recompute_waiting(at=clock.now())


@on(SETTING_APPROVED)
def recompute_clock(event: Event) -> None:
    """Recompute the open clocks whose setting was approved."""
    clock_id = law_book.clock_of(str(event.payload["key"]))
    if clock_id:
        law_book.forget()
        recompute.run(Cause(clock_id=clock_id), at=event.occurred_at)
