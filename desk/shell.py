"""What the frame around every page needs; computed only when the page shows it."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from audit import context
from desk import clock, navigation
from desk.notices import unread_count

LARGE_TEXT_COOKIE = "large_text"


class Shell:
    """The frame of one page for one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def officer(self) -> Any:
        """The person signed in, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def today(self) -> date:
        """Today in the county."""
        return clock.today()

    @cached_property
    def nav(self) -> list[navigation.Link]:
        """The rail."""
        return navigation.links(self.officer, self.today, self.request.path) if self.officer else []

    @cached_property
    def unread(self) -> int:
        """The number beside the bell."""
        return unread_count(self.officer) if self.officer else 0

    @cached_property
    def acting(self) -> navigation.Acting | None:
        """The body acted for."""
        return navigation.acting(self.request) if self.officer else None

    @cached_property
    def site_name(self) -> str:
        """The name in the top bar."""
        return navigation.site_name() or _("行政执法办案平台")

    @cached_property
    def search(self) -> tuple[str, str] | None:
        """Address and parameter of the search box."""
        return navigation.search_box() if self.officer else None

    @cached_property
    def large_text(self) -> bool:
        """Whether the person asked for larger text."""
        return self.request.COOKIES.get(LARGE_TEXT_COOKIE) == "1"

    @property
    def request_id(self) -> str:
        """The id that finds the log lines of this request."""
        return context.current().request_id


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give every template the frame as `shell`."""
    return {"shell": Shell(request)}
