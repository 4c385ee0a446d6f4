"""REST tokens: given for a password, under the same lockout as the login page; taken back by their owner."""

from typing import Any

from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, ScopedRateThrottle

from desk import clock
from desk.endpoints import Endpoint
from townships.authentication import OfficerToken
from townships.models import Officer


class Credentials(serializers.Serializer[None]):
    """Account and password."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=1000)


class TokenApi(Endpoint):
    """A token for programs; one a person."""

    authentication_classes = [OfficerToken, SessionAuthentication]
    throttle_scope = "login"

    def get_permissions(self) -> Any:
        """Let whoever has a password ask for a token; taking one back needs to be signed in."""
        return [AllowAny()] if self.request.method == "POST" else super().get_permissions()

    def get_throttles(self) -> list[BaseThrottle]:
        """Slow down guessing."""
        return [ScopedRateThrottle()] if self.request.method == "POST" else []

    @extend_schema(
        request=Credentials,
        responses=inline_serializer("TokenAnswer", {"token": serializers.CharField()}),
        auth=[],
        tags=["people"],
    )
    def post(self, request: Request) -> Response:
        """Give the token; a first password must be changed on the page before."""
        data = Credentials(data=request.data)
        data.is_valid(raise_exception=True)
        officer = authenticate(request._request, **data.validated_data)
        if (
            not isinstance(officer, Officer)
            or officer.must_change_password
            or not officer.serves_on(clock.today())
        ):
            raise AuthenticationFailed(_("账号或密码不对，或须先在网页修改初始密码。"))
        token, _created = Token.objects.get_or_create(user=officer)
        return Response({"token": token.key})

    @extend_schema(request=None, responses={204: None}, tags=["people"])
    def delete(self, request: Request) -> Response:
        """Take one's own token back."""
        Token.objects.filter(user_id=request.user.pk).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
