"""Addresses of periods."""

from django.urls import path

from cases.periods import calendar_views

urlpatterns = [
    path("settings/calendar/", calendar_views.calendars_page, name="calendars"),
    path("settings/calendar/propose/", calendar_views.propose, name="calendar_propose"),
    path("settings/calendar/<int:pk>/", calendar_views.calendar_year, name="calendar_year"),
    path("settings/calendar/<int:pk>/approve/", calendar_views.approve, name="calendar_approve"),
]
