"""Whether the process lives, and whether it can work."""

from datetime import timedelta
from secrets import compare_digest

import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse

from audit import outbox
from audit.models import Delivery
from cases.clocks.models import Clock
from desk import clock

LAG_LIMIT = timedelta(minutes=10)


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the process lives."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether database, broker and outbox work; 503 when one does not.

    A long queue that is being worked off is no fault, nor is a consequence that failed and waits to be tried
    again.
    """
    checks = {"database": _database(), "broker": _broker()}
    if checks["database"]:
        checks["outbox"] = not outbox.stands_still(at=clock.now(), limit=LAG_LIMIT)
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


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer a monitor in Prometheus text; only this machine or the bearer of the key."""
    key = settings.METRICS_KEY
    shown = request.headers.get("Authorization", "")
    known = bool(key) and compare_digest(shown.encode(), f"Bearer {key}".encode())
    if not known and request.META.get("REMOTE_ADDR") not in {"127.0.0.1", "::1", ""}:
        return HttpResponseNotFound()
    owed = Delivery.objects.filter(done_at=None)
    lines = {
        "outbox_owed": owed.count(),
        "outbox_failed": owed.exclude(last_error="").count(),
        "outbox_oldest_seconds": round(outbox.age(at=clock.now()).total_seconds()),
        "clocks_running": Clock.objects.filter(state=Clock.State.RUNNING).count(),
        "clocks_overdue": Clock.objects.filter(state=Clock.State.RUNNING, due_on__lt=clock.today()).count(),
    }
    text = "".join(f"# TYPE {name} gauge\n{name} {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; version=0.0.4")
