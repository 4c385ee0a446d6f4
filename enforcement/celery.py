"""The Celery application and its beat table."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enforcement.settings.base")

app = Celery("enforcement")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Beat only wakes the jobs; what is due stands in the database, so a missed beat loses nothing.
app.conf.beat_schedule = {
    "relay-outbox": {"task": "audit.relay", "schedule": 10.0},
    "abandoned-jobs": {"task": "desk.end_abandoned_jobs", "schedule": crontab(minute="*/5")},
    "deadline-sweep": {"task": "cases.oversight.sweep", "schedule": crontab(minute="*/15")},
    "turn-of-the-day": {"task": "townships.turn_day", "schedule": crontab(hour=0, minute=5)},
    "training-of-the-quarter": {"task": "townships.warn_of_training", "schedule": crontab(hour=9, minute=0)},
    "pairs-of-the-day": {"task": "catalog.sort_in_pairs", "schedule": crontab(hour=3, minute=25)},
    "authority-ended": {"task": "cases.routing.settle_ended", "schedule": crontab(minute="10,40")},
    "absences": {"task": "cases.oversight.settle_absences", "schedule": crontab(minute="20,50")},
    "recompute-calendars": {"task": "cases.periods.recompute_calendars", "schedule": crontab(minute="*/5")},
    "transfer-reminders": {"task": "cases.routing.remind", "schedule": crontab(minute="5,35")},
}
