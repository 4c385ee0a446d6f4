"""Read-only pages for support: what has legal weight changes through its services only."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.authtoken.models import TokenProxy

from audit.admin import ReadOnlyAdmin
from townships.models import (
    AuthorityGrant,
    Body,
    Certificate,
    County,
    GrantItem,
    Officer,
    Place,
    ReviewerPost,
    RoleGrant,
    Suspension,
    Team,
)

# Rights follow from roles with dates; groups would be a second, silent source of them.
admin.site.unregister(Group)
# Whoever could read or make another's key would act in that officer's name.
admin.site.unregister(TokenProxy)


@admin.register(Officer)
class OfficerAdmin(ReadOnlyAdmin):
    """People; the hash of a password is nobody's business."""

    list_display = ["username", "name", "body", "is_active", "last_login"]
    search_fields = ["username", "name"]
    exclude = ["password", "groups", "user_permissions"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Officer]:
        """Fetch the bodies along."""
        return Officer.objects.select_related("body")


@admin.register(AuthorityGrant)
class AuthorityGrantAdmin(ReadOnlyAdmin):
    """Delegations, empowerments and own powers."""

    list_display = ["number", "mode", "principal", "holder", "status", "valid_from", "valid_to"]
    list_filter = ["mode", "status"]
    list_select_related = ["principal", "holder"]
    search_fields = ["number"]


@admin.register(Body)
class BodyAdmin(ReadOnlyAdmin):
    """Bodies."""

    list_display = ["name", "kind", "document_word", "active_from", "active_to"]
    list_filter = ["kind"]


@admin.register(RoleGrant)
class RoleGrantAdmin(ReadOnlyAdmin):
    """Roles with dates."""

    list_display = ["officer", "role", "body", "valid_from", "valid_to"]
    list_filter = ["role"]
    list_select_related = ["officer", "body"]


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    """Enforcement certificates."""

    list_display = ["number", "officer", "valid_from", "valid_to"]
    search_fields = ["number"]
    list_select_related = ["officer"]


@admin.register(ReviewerPost)
class ReviewerPostAdmin(ReadOnlyAdmin):
    """The roster of legal reviewers."""

    list_display = ["body", "officer", "rank", "order", "valid_from", "valid_to"]
    list_select_related = ["body", "officer"]


admin.site.register([County, Team, Place, GrantItem, Suspension], ReadOnlyAdmin)
