"""Who signs in with a password that somebody else knows changes it first; who has left is signed out."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from desk import clock
from desk.language import is_rest

ALLOWED = ("login", "logout", "password_change", "desk:set_language", "desk:text_size")


class FirstLoginMiddleware:
    """Lead an officer with a first password to the page that changes it; the API answers 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let pass whoever owes no new password, and the pages needed to give one."""
        user = request.user
        if user.is_authenticated and user.must_change_password and not self._allowed(request):
            if is_rest(request):
                return self._problem()
            return redirect("password_change")
        return self.get_response(request)

    @staticmethod
    def _allowed(request: HttpRequest) -> bool:
        if request.path.startswith((f"/{settings.STATIC_URL}".replace("//", "/"), "/healthz", "/readyz")):
            return True
        return any(request.path == reverse(name) for name in ALLOWED)

    @staticmethod
    def _problem() -> HttpResponse:
        return JsonResponse(
            {
                "type": "about:blank",
                "status": 403,
                "code": "password_change_required",
                "title": _("须先修改密码"),
                "detail": _("请先登录网页修改初始密码，再使用接口"),
                "article": "",
            },
            status=403,
            content_type="application/problem+json",
        )


class ServiceEndMiddleware:
    """End the session of whoever has left: it does not outlive the last day in service."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out an officer whose last day is over, and answer as to a stranger."""
        user = request.user
        if user.is_authenticated and not user.serves_on(clock.today()):
            logout(request)
        return self.get_response(request)
