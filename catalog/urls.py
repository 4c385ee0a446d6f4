"""Addresses of the catalogue."""

from django.urls import path

from catalog import importing, views

urlpatterns = [
    path("items/", views.ItemList.as_view(), name="items"),
    path("items/suggest/", views.Suggest.as_view(), name="items_suggest"),
    path("items/imports/", importing.Imports.as_view(), name="imports"),
    path("items/imports/new/", importing.Upload.as_view(), name="import_new"),
    path("items/imports/<int:pk>/", importing.BatchPage.as_view(), name="import"),
    path("items/<int:pk>/", views.ItemPage.as_view(), name="item"),
    path("items/<int:pk>/basis/", views.BasisPage.as_view(), name="item_basis"),
    path("items/<int:pk>/draft/", views.DraftActs.as_view(), name="item_draft"),
    path("items/<int:pk>/aliases/", views.AliasesAct.as_view(), name="item_aliases"),
]
