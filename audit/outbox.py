"""Deliver what is owed: each consequence once, its effect and its done-mark in one transaction."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from audit import context, subscribers
from audit.models import Delivery

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=30)
# Doubled so often, the first pause is longer than the longest.
MOST_DOUBLED = 8


def deliver(delivery_id: int) -> bool:
    """Run one owed consequence unless another worker holds or has done it; the row lock is the lease."""
    with transaction.atomic():
        owed = (
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("event")
            .filter(pk=delivery_id, done_at=None)
            .first()
        )
        if owed is None:
            return False
        return _attempt(owed)


def _attempt(owed: Delivery) -> bool:
    try:
        with transaction.atomic(), context.origin(request_id=owed.event.request_id):
            subscribers.run(owed.subscriber, owed.event)
    except Exception as error:
        log.exception("delivery %s to %s failed", owed.pk, owed.subscriber)
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(owed.attempts, MOST_DOUBLED))
        owed.attempts += 1
        owed.last_error = f"{type(error).__name__}: {error}"[:2000]
        owed.available_at = timezone.now() + pause
        owed.save(update_fields=["attempts", "last_error", "available_at"])
        return False
    owed.done_at = timezone.now()
    owed.save(update_fields=["done_at"])
    return True


def deliver_many(delivery_ids: Iterable[int]) -> int:
    """Deliver the given consequences one by one; returns how many were done now."""
    return sum(deliver(pk) for pk in delivery_ids)


def relay(*, at: datetime, limit: int = 500) -> int:
    """Deliver what is still owed and due, oldest first: what a lost broker or a killed worker left behind."""
    owed = Delivery.objects.filter(done_at=None, available_at__lte=at).order_by("available_at", "id")
    return deliver_many(owed.values_list("pk", flat=True)[:limit])


def age(*, at: datetime) -> timedelta:
    """Tell for how long the oldest consequence that nobody has tried yet has been owed.

    Counted from when its event was recorded, not from when it happened: an act entered late is not late here.
    """
    untried = Delivery.objects.filter(done_at=None, attempts=0, available_at__lte=at)
    first = untried.order_by("id").values_list("event__recorded_at", flat=True).first()
    return max(at - first, timedelta()) if first else timedelta()


def stands_still(*, at: datetime, limit: timedelta) -> bool:
    """Tell whether something is owed for longer than the limit while nothing at all was done meanwhile."""
    return age(at=at) > limit and not Delivery.objects.filter(done_at__gt=at - limit).exists()
