"""Error pages: each says what happened, what to do, and the id under which it is logged."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit import context
from desk.fields import largest_file
from desk.language import is_rest
from desk.races import lost_race
from law.errors import RuleViolation


@dataclass(frozen=True, slots=True)
class Way:
    """One way forward on a refusal page; the first is the primary."""

    title: str | Promise
    detail: str | Promise
    url: str
    label: str | Promise
    icon: str = ""


class TurnedAway(PermissionDenied):
    """This person may not, and there is a better place for them than the desk."""

    def __init__(self, reason: str, *ways: Way) -> None:
        super().__init__(reason)
        self.ways = ways


TOO_LARGE = "upload_size"


def status_of(violation: RuleViolation) -> int:
    """Return the status a refusal is answered with: 413 for a file above the limit, 409 for all else."""
    return 413 if violation.code == TOO_LARGE else 409


class RefusalPages:
    """Answer a refusal that no page shows in its own place, of a file that is damaged for instance."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the refusal as a page; every other exception is none of ours."""
        violation = exception if isinstance(exception, RuleViolation) else lost_race(exception)
        return refusal(request, violation, status=status_of(violation)) if violation else None


def refusal(
    request: HttpRequest,
    violation: RuleViolation,
    *,
    status: int = 409,
    ways: Sequence[Way] = (),
    facts: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """Show a lawful refusal as a page: 403 when the person may not, 409 when the case does not allow it."""
    values = {"violation": violation, "ways": ways, "facts": facts, "status": status}
    return render(request, "409.html", values, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read; too much data gets its own page."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        if is_rest(request):
            return _problem(413, "too_large", _("内容太大，没有收下。"))
        many = isinstance(exception, TooManyFieldsSent)
        return HttpResponse(_plain("413.html", limit=largest_file(), many=many), status=413)
    if is_rest(request):
        return _problem(400, "bad_request", _("地址或内容不完整，什么都没有改变。"))
    return HttpResponse(_plain("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer that this person may not; a rule may say why."""
    cause = exception.args[0] if exception and exception.args else None
    if isinstance(cause, RuleViolation):
        return refusal(request, cause, status=403)
    ways = exception.ways if isinstance(exception, TurnedAway) else ()
    return render(request, "403.html", {"reason": cause or "", "ways": ways}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer that there is no such page, or none this person may know of."""
    if is_rest(request):
        return _problem(404, "not_found", _("没有这个地址。"))
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer that we failed; needs neither database nor session."""
    if is_rest(request):
        return _problem(500, "server_error", _("系统出错，没有办成；已有的数据没有变化。"))
    return HttpResponse(_plain("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token has expired: the typing is kept, sending again is enough."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return _problem(403, "csrf", _("页面放得太久，请再提交一次"))
    return HttpResponse(_plain("csrf.html", back=request.path), status=403)


def _problem(status: int, code: str, detail: str) -> HttpResponse:
    """Answer a program where no view of the REST interface could."""
    body = {"status": status, "code": code, "detail": detail, "request_id": context.current().request_id}
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")


def _plain(template: str, **values: Any) -> str:
    return render_to_string(template, {"request_id": context.current().request_id, **values})
