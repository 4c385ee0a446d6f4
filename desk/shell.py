"""What the frame around every page needs; computed only when the page shows it."""

from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from audit import context
from desk import clock, navigation
from desk.frame import Person, Seen, drawn
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

    @property
    def path(self) -> str:
        """Where the page stands."""
        return self.request.path

    @cached_property
    def address(self) -> str:
        """Where the page stands, with its question."""
        return self.request.get_full_path()

    @property
    def address_quoted(self) -> str:
        """The same as a value in another address."""
        return quote(self.address, safe="")

    @property
    def top(self) -> SafeString:
        """The bar at the top."""
        return self._drawn("top", acting=self.acting, unread=self.unread)

    @property
    def rail(self) -> SafeString:
        """The rail, which is the menu on a telephone."""
        return self._drawn("rail", nav=tuple(self.nav))

    @property
    def feedback(self) -> SafeString:
        """The window in which a person tells what is wrong with the page."""
        return self._drawn("feedback_dialog")

    @cached_property
    def _person(self) -> Person | None:
        officer = self.officer
        return Person(officer.name, officer.username, officer.is_staff) if officer else None

    @cached_property
    def _own(self) -> dict[str, str]:
        return {
            "csrf_token": get_token(self.request),
            "path": self.path,
            "address": self.address,
            "address_quoted": self.address_quoted,
            "request_id": self.request_id,
        }

    def _drawn(self, part: str, **shown: Any) -> SafeString:
        seen = Seen(self._person, self.large_text, self.site_name, self.search, **shown)
        return drawn(part, seen, self._own)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give every template the frame as `shell`."""
    return {"shell": Shell(request)}
