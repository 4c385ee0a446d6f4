"""Who holds an item today: the part of the item page that the catalogue, a floor below, cannot answer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.county import get_in_county
from catalog.models import Item
from desk.keys import day_asked
from townships.selectors.authority import holders_of_item
from townships.selectors.item_notices import current
from townships.views.authority import require_viewer
from townships.views.item_notices import ISSUE


@login_required
@require_GET
def item_holders(request: HttpRequest, pk: int) -> HttpResponse:
    """List the bodies that hold an item today, by which grant, and the notices attached to it."""
    officer, today = require_viewer(request), day_asked(request)
    item = get_in_county(Item, pk=pk)
    context = {
        "item": item,
        "rows": holders_of_item(item, today),
        "notices": current(today).filter(items=item).order_by("-id"),
        "may_issue": officer.may(ISSUE, today),
        "today": today,
    }
    return render(request, "townships/holders.html", context)
