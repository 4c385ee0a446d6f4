"""Read-only admin pages for files, papers and counters."""

from django.contrib import admin

from audit.admin import ReadOnlyAdmin
from papers.models import Counter, Paper, StoredFile


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    """The files as they came."""

    list_display = ["name", "content_type", "size", "sha256", "created_by_name", "created_at"]
    list_filter = ["content_type"]
    search_fields = ["name", "sha256"]
    show_full_result_count = False


@admin.register(Paper)
class PaperAdmin(ReadOnlyAdmin):
    """The papers as they were issued."""

    list_display = ["title", "number", "issuer_name", "dated", "template", "page_count", "created_at"]
    list_filter = ["template"]
    search_fields = ["number", "title"]
    show_full_result_count = False


@admin.register(Counter)
class CounterAdmin(ReadOnlyAdmin):
    """The counters of the numbers."""

    list_display = ["body_id", "year", "series", "last"]
    list_filter = ["year", "series"]
