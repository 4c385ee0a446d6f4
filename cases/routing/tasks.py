"""The transfer job: bring a routed case to its body's inbox, remind of acceptance."""

from celery import shared_task
from django.utils import timezone

from audit.models import Event
from audit.subscribers import on
from cases.dossier.stages import TABLE, Move
from cases.routing import delivery


@on(TABLE[Move.ROUTE].verb)
def deliver_referral(event: Event) -> None:
    """Put the lead before those who may accept it."""
    delivery.deliver(case_id=event.target_id, at=timezone.now())


@shared_task(name="cases.routing.remind")
def remind() -> None:
    """Remind of leads not accepted in time."""
    delivery.remind(at=timezone.now())
