"""Support's view of the desk: read what was told and sent."""

from django.contrib import admin

from audit.admin import ReadOnlyAdmin
from desk.models import Feedback, Job, Notice


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Notices."""

    list_display = ["recipient", "kind", "headline", "created_at", "read_at"]
    list_filter = ["kind"]
    list_select_related = ["recipient"]
    show_full_result_count = False


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Background jobs."""

    list_display = ["title", "owner", "state", "done", "total", "created_at", "finished_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["owner"]


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    """Feedback; it is answered on its own page, so that whoever sent it is told."""

    list_display = ["created_at", "officer", "page", "request_id", "text", "answered_at"]
    list_select_related = ["officer"]
    search_fields = ["request_id", "page"]
