"""Sign in, and one's own password."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView as DjangoLoginView
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from desk import clock
from townships.forms.people import PasswordForm
from townships.models import Officer
from townships.services import accounts
from townships.views.acts import ActPage


class ServingForm(AuthenticationForm):
    """Account and password of somebody still in service."""

    def confirm_login_allowed(self, user: Officer) -> None:
        """Refuse whoever has left."""
        super().confirm_login_allowed(user)
        if not user.serves_on(clock.today()):
            raise forms.ValidationError(_("该账号的主人已离岗，不能登录。"), code="left")


class LoginView(DjangoLoginView):
    """Sign in by account name; locked for a while after too many failures."""

    authentication_form = ServingForm
    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell how many failures lock the account, for how long, and whether a session has ended."""
        return super().get_context_data(
            failure_limit=settings.AXES_FAILURE_LIMIT,
            lock_minutes=int(float(settings.AXES_COOLOFF_TIME) * 60),
            expired=self.get_redirect_url() not in {"", "/"},
            **kwargs,
        )


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordChangeView(ActPage):
    """Give oneself a new password; other sessions end."""

    title = _("修改密码")
    done = _("密码已修改，其他设备上的登录已失效。")
    template = "townships/password.html"

    def door(self, officer: Officer, on: date) -> Officer:
        """Everybody may change their own."""
        return officer

    def form(self, target: Officer, data: Any = None) -> forms.Form:
        """The form compares with the present password."""
        return PasswordForm(data, officer=target)

    def service(self, target: Officer, values: dict[str, Any], officer: Officer) -> None:
        """Set it."""
        accounts.change_own_password(officer=target, password=values["new_password1"], at=clock.now())

    def finish(self, request: HttpRequest, target: Officer, result: Any) -> HttpResponse:
        """Keep this session, with a new key."""
        update_session_auth_hash(request, target)
        return super().finish(request, target, result)

    def back(self, target: Officer) -> str:
        """Go home."""
        return "/"
