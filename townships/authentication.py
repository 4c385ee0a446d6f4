"""Tokens of programs, held to the same rules as their owners."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from desk import clock


class OfficerToken(TokenAuthentication):
    """A token that stops working while its owner has a password to change."""

    def authenticate_credentials(self, key: str) -> tuple[Any, Any]:
        """Refuse an owner whose password was reset, or who has left."""
        officer, token = super().authenticate_credentials(key)
        if not officer.serves_on(clock.today()):
            raise AuthenticationFailed(_("账号的主人已离岗。"))
        if officer.must_change_password:
            raise AuthenticationFailed(_("密码已被重置，请先在网页修改密码。"))
        return officer, token
