"""The whole map of addresses."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from enforcement import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("favicon.ico", RedirectView.as_view(url="/static/img/favicon.svg", permanent=True)),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/", include("cases.api")),
    path("api/v1/", include("townships.api")),
    path("api/v1/", include("catalog.api")),
    path("api/v1/", include("catalog.discretion.api")),
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
