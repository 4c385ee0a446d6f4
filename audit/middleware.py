"""Fill the audit context for each web request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit import context


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
