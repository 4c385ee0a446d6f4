"""Admin pages of cases: to look, never to write; what has legal weight changes through its services only."""

from django.contrib import admin

from audit.admin import ReadOnlyAdmin
from cases.models import (
    Case,
    Clock,
    Decision,
    Exhibit,
    HandOver,
    Instrument,
    LawSetting,
    LegalReview,
    Payment,
    PriorNotice,
    Referral,
    Volume,
)


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    """Cases."""

    list_display = ["number", "lead_number", "stage", "cause", "handler", "named", "next_due_on"]
    list_filter = ["stage"]
    search_fields = ["number", "lead_number", "party_name"]
    list_select_related = ["handler", "named"]
    show_full_result_count = False


@admin.register(Clock)
class ClockAdmin(ReadOnlyAdmin):
    """Clocks."""

    list_display = ["case", "clock_id", "state", "started_at", "due_on", "provisional", "warned_level"]
    list_filter = ["state", "clock_id"]
    list_select_related = ["case"]
    show_full_result_count = False


@admin.register(
    Decision, Exhibit, HandOver, Instrument, LawSetting, LegalReview, Payment, PriorNotice, Referral, Volume
)
class StageAdmin(ReadOnlyAdmin):
    """Whatever a stage keeps."""

    list_display = ["__str__", "pk"]
    show_full_result_count = False
