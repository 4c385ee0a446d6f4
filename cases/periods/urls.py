"""Addresses of periods."""

from django.urls import path

from cases.periods import calendar_views, feed_views, whatif_views
from cases.periods.board import DeadlineBoard

urlpatterns = [
    path("deadlines/", DeadlineBoard.as_view(), name="deadlines"),
    path("deadlines/feed/", feed_views.feed_page, name="feed"),
    path("deadlines/feed/open/", feed_views.open_feed, name="feed_open"),
    path("deadlines/feed/close/", feed_views.close_feed, name="feed_close"),
    path("cases/<int:pk>/what-if/", whatif_views.what_if, name="what_if"),
    path("calendar/<str:secret>.ics", feed_views.read_feed, name="feed_read"),
    path("settings/calendar/", calendar_views.calendars_page, name="calendars"),
    path("settings/calendar/propose/", calendar_views.propose, name="calendar_propose"),
    path("settings/calendar/<int:pk>/", calendar_views.calendar_year, name="calendar_year"),
    path("settings/calendar/<int:pk>/approve/", calendar_views.approve, name="calendar_approve"),
]
