"""Celery's face of the outbox."""

from celery import shared_task
from django.utils import timezone

from audit import outbox


@shared_task(name="audit.deliver")
def deliver(delivery_ids: list[int]) -> None:
    """Deliver consequences named by a fresh commit."""
    outbox.deliver_many(delivery_ids)


@shared_task(name="audit.relay")
def relay() -> None:
    """Deliver what is still owed."""
    outbox.relay(at=timezone.now())
