"""Who may look at the catalogue, change it and publish it: asked of the officer by permission code."""

from datetime import date
from typing import Any, Protocol, runtime_checkable

from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views import View
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from desk import clock

VIEW, EDIT, PUBLISH = "catalog.view", "catalog.edit", "catalog.publish"


@runtime_checkable
class Officer(Protocol):
    """What the catalogue needs to know of a person: a key, a name, and what may be done on a day."""

    pk: Any
    name: str

    def permissions(self, on: date) -> frozenset[str]:
        """Return the permission codes held on a day."""


def may(user: object, code: str, on: date) -> bool:
    """Tell whether a person holds a permission on a day."""
    return isinstance(user, Officer) and code in user.permissions(on)


def officer_of(request: HttpRequest | Request, code: str) -> Officer:
    """Return the signed-in officer, or refuse when the permission is not held today."""
    user = request.user
    if isinstance(user, Officer) and may(user, code, clock.today()):
        return user
    raise PermissionDenied(_("你的岗位没有这项权限：%(code)s") % {"code": code})


class CodeRequired(AccessMixin, View):
    """Let a page be opened by those who hold a permission; strangers go to the login page."""

    code = VIEW

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask before anything is read."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        officer_of(request, self.code)
        return super().dispatch(request, *args, **kwargs)


class MayView(BasePermission):
    """REST: the catalogue may be read by those who hold catalog.view."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Ask for the day of the request."""
        return may(request.user, VIEW, clock.today())
