"""Read-only admin pages for the trail and the outbox."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from audit.models import Delivery, Event


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """An admin page that shows and never writes: what has legal weight changes through its services only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The trail."""

    list_display = ["chain", "seq", "verb", "actor_name", "occurred_at", "recorded_at"]
    list_filter = ["verb"]
    search_fields = ["chain", "actor_name", "request_id"]
    show_full_result_count = False


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """The outbox: what is owed, what failed and why."""

    list_display = ["event", "subscriber", "available_at", "attempts", "done_at"]
    list_filter = ["subscriber"]
    show_full_result_count = False
