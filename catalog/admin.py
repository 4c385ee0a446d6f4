"""Admin pages of the catalogue: shown only; what has legal weight changes through its services."""

from django.contrib import admin

from audit.admin import ReadOnlyAdmin
from catalog.models import (
    DiscretionBand,
    DiscretionTable,
    ImportBatch,
    ImportRow,
    Item,
    ItemCode,
    ItemVersion,
    ListMembership,
    PowerList,
    Statute,
)


@admin.register(ItemVersion)
class ItemVersionAdmin(ReadOnlyAdmin):
    """Versions of items."""

    list_display = ["number", "name", "department_name", "status", "valid_from", "valid_to", "recorded_to"]
    list_filter = ["status", "domain"]
    search_fields = ["name", "number"]
    show_full_result_count = False


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    """Identities."""

    list_display = ["uid", "identity", "data_origin", "created_at"]
    list_filter = ["data_origin"]
    search_fields = ["identity"]
    show_full_result_count = False


@admin.register(DiscretionTable)
class DiscretionTableAdmin(ReadOnlyAdmin):
    """Discretion tables."""

    list_display = ["title", "item", "status", "valid_from", "valid_to"]
    list_filter = ["status"]


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    """Imports."""

    list_display = ["file_name", "power_list", "state", "item_count", "uploaded_by_name", "published_by_name"]
    list_filter = ["state"]


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin):
    """Rows of imports."""

    list_display = ["batch", "sheet", "row", "outcome", "reason"]
    list_filter = ["outcome"]
    show_full_result_count = False


for plain in (DiscretionBand, ItemCode, ListMembership, PowerList, Statute):
    admin.site.register(plain, ReadOnlyAdmin)
