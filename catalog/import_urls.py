"""Addresses of the import beside the list of batches, and of adjustments."""

from django.urls import path

from catalog import importing

urlpatterns = [
    path("items/imports/template/<slug:kind>/", importing.Template.as_view(), name="import_template"),
    path("items/imports/<int:pk>/columns/", importing.Columns.as_view(), name="import_columns"),
]
