"""What every endpoint asks of a request: who calls."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from desk import clock
from townships.models import Officer

PAGE = 200


def caller(request: Request, code: str = "authority.view") -> Officer:
    """Return the officer who calls, if they hold the permission today."""
    officer = request.user
    if not isinstance(officer, Officer) or not officer.may(code, clock.today()):
        raise PermissionDenied(_("这个接口不在你的岗位权限内。"))
    return officer
