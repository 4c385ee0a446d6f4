"""The entry points' clock: views, tasks and commands ask it once and hand the answer on as an argument."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present instant, aware."""
    return timezone.now()


def today() -> date:
    """Return the local date of the county (Asia/Shanghai)."""
    return timezone.localdate(timezone=timezone.get_default_timezone())
