"""Which items somebody means: by code, name, lasting number or key, or by the list that holds them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from audit.county import in_county
from catalog.effective import Status, in_force_query
from catalog.models import Item, ItemCode, ItemVersion, ListMembership, PowerList
from catalog.selectors import versions_in_force
from desk.keys import key_of


def find_item(text: str, on: date) -> Item | None:
    """Find the item that a code or the full name of the day, a lasting number (UUID) or a key names."""
    wanted = text.strip()
    if found := items_by_words([wanted], on):
        return found[wanted]
    if (key := key_of(wanted)) is not None:
        return in_county(Item).filter(pk=key).first()
    try:
        return in_county(Item).filter(uid=UUID(wanted)).first()
    except ValueError:
        return None


def items_by_words(words: Sequence[str], on: date) -> dict[str, Item]:
    """Find the items that codes or full names of the day name, by the word.

    Many lists are published without codes. A name that several items bear names none of them.
    """
    coded = ItemCode.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on), code__in=words, valid_from__lte=on
    ).select_related("item")
    found = {row.code: row.item for row in coded}
    named: dict[str, set[Item]] = {}
    if rest := [word for word in words if word not in found]:
        for version in versions_in_force(on).filter(name__in=rest).select_related("item"):
            named.setdefault(version.name, set()).add(version.item)
    return found | {name: items.pop() for name, items in named.items() if len(items) == 1}


def items_of_list(power_list: PowerList, on: date, areas: Sequence[str] = ()) -> list[Item]:
    """Return the items a list holds on a day, or those of the areas named."""
    members = ListMembership.objects.filter(in_force_query(on), power_list=power_list)
    if areas:
        by_domain = ItemVersion.objects.filter(in_force_query(on), domain__in=areas).values("item_id")
        members = members.filter(field__in=areas) | members.filter(item_id__in=by_domain)
    return list(Item.objects.filter(pk__in=members.values("item_id")).order_by("pk"))


def areas_to_choose() -> list[tuple[str, str]]:
    """Offer the areas of enforcement that published items and their places in the lists name."""
    places = in_county(ListMembership).filter(status=Status.PUBLISHED).exclude(field="")
    items = in_county(ItemVersion).filter(status=Status.PUBLISHED).exclude(domain="")
    named = places.order_by().values_list("field").union(items.order_by().values_list("domain"))
    return sorted((area, area) for (area,) in named)
