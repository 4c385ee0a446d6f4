"""The map of addresses with bare refusals: laying out a refusal's page takes longer than refusing."""

from typing import Any

from django.http import HttpResponse

from enforcement.urls import urlpatterns

__all__ = ["handler403", "handler404", "urlpatterns"]


def handler403(request: Any, exception: Any = None) -> HttpResponse:
    return HttpResponse(status=403)


def handler404(request: Any, exception: Any = None) -> HttpResponse:
    return HttpResponse(status=404)
