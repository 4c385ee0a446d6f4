"""What the day itself brings, and what is drafted and printed while a person does something else."""

from celery import shared_task

from desk import clock
from townships.services import batches, bodies, item_notices, lifecycle, printing, staff_changes, training


@shared_task(name="townships.turn_day")
def turn_day() -> None:
    """Bring the states of grants up to the day, notices to new holders, and people to their bodies."""
    lifecycle.turn_day(at=clock.now())
    item_notices.tell_holders(at=clock.now())
    bodies.move_in(at=clock.now())
    staff_changes.settle_moves(at=clock.now())


@shared_task(name="townships.warn_of_training")
def warn_of_training() -> None:
    """Tell each person once a quarter what training the year still asks of them."""
    training.warn_at_quarter_end(at=clock.now())


@shared_task(name="townships.draft_batch")
def draft_batch(job_id: int, batch_id: int, terms: dict[str, str], officer_id: int) -> None:
    """Draft the agreements of a batch, telling the job how far it is."""
    batches.run_drafting(job_id=job_id, batch_id=batch_id, terms=terms, officer_id=officer_id, at=clock.now())


@shared_task(name="townships.print_batch")
def print_batch(job_id: int, batch_id: int) -> None:
    """Print the agreements of a batch into one file, telling the job how far it is."""
    printing.run_printing(job_id=job_id, batch_id=batch_id, at=clock.now())
