"""How often an address may ask what needs no signing in."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView


class PublicRate(AnonRateThrottle):
    """A page that looks something up."""

    scope = "public"


class PublicExportRate(AnonRateThrottle):
    """A file made of a whole list."""

    scope = "public_export"


def too_often(request: HttpRequest, rate: type[AnonRateThrottle]) -> HttpResponse | None:
    """Return the 429 for an address that asks more often than the rate allows, or None."""
    if rate().allow_request(Request(request), APIView()):
        return None
    words = _("查询过于频繁，请一分钟后再试。")
    return HttpResponse(words, status=429, content_type="text/plain; charset=utf-8")
