"""Addresses of the import beside the list of batches, of adjustments and of amended laws."""

from django.urls import path

from catalog import adjust_pages, amend_pages, importing

urlpatterns = [
    *amend_pages.urlpatterns,
    path("items/imports/template/<slug:kind>/", importing.Template.as_view(), name="import_template"),
    path("items/adjustments/", adjust_pages.Adjustments.as_view(), name="adjustments"),
    path("items/adjustments/new/", adjust_pages.DraftAdjustment.as_view(), name="adjustment_new"),
    path("items/adjustments/<int:pk>/", adjust_pages.AdjustmentPage.as_view(), name="adjustment"),
    path("items/imports/<int:pk>/columns/", importing.Columns.as_view(), name="import_columns"),
]
