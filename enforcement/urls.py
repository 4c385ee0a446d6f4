"""The whole map of addresses."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from cases.oversight import catalog_reports
from catalog.public import provide_channels
from enforcement import health
from enforcement.api import SchemaApi
from townships import coverage
from townships.selectors.channels import channels_of
from townships.views import item_notices, public, transfers

# What higher floors tell the catalogue: their reports, and whom the public may turn to.
REPORTS = (coverage, catalog_reports)
provide_channels(channels_of)

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("favicon.ico", RedirectView.as_view(url="/static/img/favicon.svg", permanent=True)),
    path("api/v1/schema/", SchemaApi.as_view(), name="schema"),
    path("api/v1/", include("cases.api")),
    path("api/v1/", include("townships.api")),
    path("api/v1/", include("catalog.api")),
    path("api/v1/", include("catalog.import_api")),
    path("api/v1/", include("catalog.lists_api")),
    path("api/v1/", include("catalog.adjust_api")),
    path("api/v1/", include("catalog.amend_api")),
    path("api/v1/", include("catalog.drafts_api")),
    path("api/v1/", include("catalog.discretion.api")),
    path("api/v1/", include([*item_notices.api, *transfers.api, *public.api])),
    path("", include([*item_notices.urlpatterns, *transfers.urlpatterns, *public.urlpatterns])),
    path("", include("desk.urls")),
    path("", include("townships.urls")),
    path("", include("catalog.import_urls")),
    path("", include("catalog.urls")),
    path("", include("cases.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "desk.errors.bad_request"
handler403 = "desk.errors.forbidden"
handler404 = "desk.errors.not_found"
handler500 = "desk.errors.server_error"
