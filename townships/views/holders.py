"""Who holds an item today: the part of the item page that the catalogue, a floor below, cannot answer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.county import get_in_county
from catalog.models import Item
from townships.selectors.authority import holders_of_item
from townships.views.authority import day_of, require_viewer


@login_required
@require_GET
def item_holders(request: HttpRequest, pk: int) -> HttpResponse:
    """List the bodies that hold an item today, and by which grant."""
    require_viewer(request)
    item = get_in_county(Item, pk=pk)
    today = day_of(request)
    return render(request, "townships/holders.html", {"rows": holders_of_item(item, today), "today": today})
