"""What the intake page shows beside the form: who would handle it, and what may be the same matter."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from audit.county import in_county
from cases.dossier.access import visible_to
from cases.dossier.models import Case
from cases.routing.panels import routing_card as routing_card_of
from catalog.models import Item
from desk.keys import key_of
from townships.models import Body, Officer
from townships.selectors import authority_for

SAME_MATTER = timedelta(hours=72)


def routing_card(officer: Officer, values: Mapping[str, str], *, on: date) -> dict[str, Any]:
    """Return the verdict for the item and township typed so far, and likely duplicates."""
    item = in_county(Item).filter(pk=key_of(values.get("item")) or 0).first()
    township = in_county(Body).filter(pk=key_of(values.get("township")) or 0).first()
    verdict = authority_for(item=item, township=township, on=on) if item and township else None
    return {
        "routing": routing_card_of(
            verdict, version=item.versions.in_force(on).first(), township=township, on=on
        )
        if verdict and item and township
        else None,
        "township": township,
        "item": item,
        "duplicates": duplicates(
            officer, township, item, values.get("party_name", ""), values.get("address", ""), on=on
        ),
    }


def duplicates(
    officer: Officer, township: Body | None, item: Item | None, party: str, address: str, *, on: date
) -> list[Case]:
    """Return leads of the last 72 hours in the township with the same item, party or place, if visible."""
    if township is None:
        return []
    same = Q()
    if item is not None:
        same |= Q(item=item)
    if len(party.strip()) >= 2:
        same |= Q(party_name=party.strip())
    if len(address.strip()) >= 3:
        same |= Q(address__contains=address.strip())
    if not same:
        return []
    recent = visible_to(officer, on=on).filter(
        same, township=township, is_open=True, found_on__gte=on - SAME_MATTER
    )
    return list(recent.select_related("registered_by").order_by("-id")[:3])
