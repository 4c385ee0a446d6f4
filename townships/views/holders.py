"""Who holds an item today: the part of the item page that the catalogue, a floor below, cannot answer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from catalog.models import Item
from desk import clock
from townships.selectors.authority import holders_of_item
from townships.views.authority import require_viewer


@login_required
@require_GET
def item_holders(request: HttpRequest, pk: int) -> HttpResponse:
    """List the bodies that hold an item today, and by which grant."""
    require_viewer(request)
    item = get_object_or_404(Item, pk=pk)
    today = parse_date(request.GET.get("on", "")) or clock.today()
    return render(request, "townships/holders.html", {"rows": holders_of_item(item, today), "today": today})
