"""The calendar feed: the page that makes and revokes its address, and the feed itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.flow.views import acting
from cases.periods import feed
from desk import clock


@login_required
@require_GET
def feed_page(request: HttpRequest) -> HttpResponse:
    """Show whether there is an address; its secret part is shown only when it is made."""
    return render(request, "cases/clocks/feed.html", {"token": feed.present(acting(request))})


@login_required
@require_POST
def open_feed(request: HttpRequest) -> HttpResponse:
    """Make a new address and show it once."""
    officer = acting(request)
    secret = feed.open_feed(officer=officer, at=clock.now())
    address = request.build_absolute_uri(reverse("feed_read", args=[secret]))
    context = {"token": feed.present(officer), "address": address}
    response = render(request, "cases/clocks/feed.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def close_feed(request: HttpRequest) -> HttpResponse:
    """Revoke the address."""
    if feed.close_feed(officer=acting(request), at=clock.now()):
        messages.success(request, _("已停用；原来的订阅地址不再有效。"))
    return redirect("feed")


@require_GET
def read_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Send the feed to whoever holds the address."""
    now = clock.now()
    officer = feed.reader_of(secret, at=now)
    if officer is None:
        raise Http404(_("没有这个订阅，或已经停用。"))
    clocks = feed.clocks_for(officer, on=clock.today())
    host = request.build_absolute_uri("/").rstrip("/")
    response = HttpResponse(
        feed.calendar(clocks, host=host, at=now), content_type="text/calendar; charset=utf-8"
    )
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response
