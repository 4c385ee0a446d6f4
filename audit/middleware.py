"""Whose request it is: the address it came from, and the context that the trail keeps of it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit import context


class ProxiedAddressMiddleware:
    """Know whoever asks by the address that the proxy tells, where one stands before this program."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put it where the trail, the lockout and the limits look; only the proxy's own word counts."""
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if settings.BEHIND_PROXY and told:
            request.META["REMOTE_ADDR"] = told
        return self.get_response(request)


class RequestContextMiddleware:
    """Give the request an id, remember its address and return the id in a header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the request id in a header."""
        with context.origin(address=request.META.get("REMOTE_ADDR", "")) as origin:
            response = self.get_response(request)
            response["X-Request-Id"] = origin.request_id
            return response
