"""Whether the process lives, and whether it can work."""

from datetime import timedelta

import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from audit.models import Delivery

LAG_LIMIT = timedelta(minutes=10)


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the process lives."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether database, broker and outbox work; 503 when one does not."""
    checks = {"database": _database(), "broker": _broker()}
    if checks["database"]:
        checks["outbox"] = not Delivery.objects.filter(
            done_at=None, available_at__lt=timezone.now() - LAG_LIMIT
        ).exists()
    good = all(checks.values())
    return JsonResponse(
        {"status": "ok" if good else "unready", "checks": checks}, status=200 if good else 503
    )


def _database() -> bool:
    try:
        connection.ensure_connection()
    except Exception:
        return False
    return True


def _broker() -> bool:
    try:
        return bool(redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1).ping())
    except redis.RedisError:
        return False
