"""The product's addresses, and two that do nothing: what signing in costs is measured by them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from desk import clock
from enforcement.urls import urlpatterns as product


@login_required
def hello(request: HttpRequest) -> HttpResponse:
    """Answer an officer whose rights were read, with an empty page."""
    request.user.permissions(clock.today())
    return HttpResponse(b"")


class HelloApi(APIView):
    """The same over REST."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """Answer."""
        request.user.permissions(clock.today())
        return HttpResponse(b"{}", content_type="application/json")


urlpatterns = [path("hello/", hello), path("api/v1/hello/", HelloApi.as_view()), *product]
