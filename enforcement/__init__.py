"""The roof: settings, addresses, REST root and background jobs of the whole system."""

from enforcement.celery import app as celery_app

__all__ = ["celery_app"]
