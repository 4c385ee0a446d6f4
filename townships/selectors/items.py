"""Which item somebody means: by code, by lasting number, or by key."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from catalog.models import Item, ItemCode


def find_item(text: str, on: date) -> Item | None:
    """Find the item that a code of the day, a lasting number (UUID) or a key names."""
    wanted = text.strip()
    coded = ItemCode.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), code=wanted, valid_from__lte=on)
    code = coded.select_related("item").order_by("id").first()
    if code is not None:
        return code.item
    if wanted.isdigit() and len(wanted) <= 18:
        return Item.objects.filter(pk=int(wanted)).first()
    try:
        return Item.objects.filter(uid=UUID(wanted)).first()
    except ValueError:
        return None


def items_by_codes(codes: Sequence[str], on: date) -> tuple[list[Item], list[str]]:
    """Find the items that codes of the day name; the second list holds the unknown codes."""
    coded = ItemCode.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on), code__in=codes, valid_from__lte=on
    ).select_related("item")
    found = {row.code: row.item for row in coded}
    items = list({item.pk: item for item in (found[code] for code in codes if code in found)}.values())
    return items, [code for code in codes if code not in found]
