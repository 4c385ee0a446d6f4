"""Addresses of the catalogue."""

from django.urls import path

from catalog import drafting, importing, public, views
from catalog.discretion import views as discretion
from catalog.reports import benchmarks, history, lists, waiting
from catalog.reports import views as reports

REPORTS = (lists, history, waiting, benchmarks)

urlpatterns = [
    path("items/", views.ItemList.as_view(), name="items"),
    path("items/suggest/", views.Suggest.as_view(), name="items_suggest"),
    path("items/imports/", importing.Imports.as_view(), name="imports"),
    path("items/imports/new/", importing.Upload.as_view(), name="import_new"),
    path("items/imports/<int:pk>/", importing.BatchPage.as_view(), name="import"),
    path("items/imports/<int:pk>/rows/", importing.RowReport.as_view(), name="import_rows"),
    path("items/<int:pk>/", views.ItemPage.as_view(), name="item"),
    *reports.urlpatterns,
    *public.urlpatterns,
    path(
        "items/benchmarks/template/<slug:shape>/",
        discretion.BenchmarkTemplate.as_view(),
        name="benchmark_template",
    ),
    path("items/<int:pk>/calculator/", discretion.CalculatorPage.as_view(), name="item_calculator"),
    path("items/questions/", discretion.QuestionsPart.as_view(), name="item_questions"),
    path("items/<int:pk>/guide/", discretion.GuidePart.as_view(), name="item_guide"),
    path("items/<int:pk>/range/", discretion.RangePart.as_view(), name="item_range"),
    path("items/<int:pk>/benchmarks/new/", drafting.DraftTable.as_view(), name="benchmark_new"),
    path("items/<int:pk>/exemptions/new/", drafting.DraftExemption.as_view(), name="exemption_new"),
    path("items/<int:pk>/guide/new/", drafting.DraftGuide.as_view(), name="guide_new"),
    path(
        "items/<int:pk>/drafts/<slug:kind>/<int:row>/",
        discretion.DraftActs.as_view(),
        name="draft_act",
    ),
    path("items/<int:pk>/basis/", drafting.DraftBasis.as_view(), name="item_basis"),
    path("items/<int:pk>/aliases/", views.AliasesAct.as_view(), name="item_aliases"),
]
