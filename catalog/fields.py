"""The form field by which any form asks for an item: a text box that finds it as one types."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from catalog.models import Item, ItemVersion
from desk.keys import key_of
from desk.typeahead import TypeAhead


def name_of(value: Any) -> str:
    """Return the latest published name of an item, given as row or key, with its caution."""
    key = value.pk if isinstance(value, Item) else key_of(value)
    if key is None:
        return ""
    current = ItemVersion.objects.current().filter(item_id=key).select_related("item")
    latest = current.only("name", "item__data_origin").order_by("-valid_from").first()
    if latest is None:
        return ""
    return f"{latest.name}（{latest.item.caution}）" if latest.item.caution else latest.name


class ItemField(forms.ModelChoiceField[Item]):
    """An item, found by name, code, pinyin initials or a plain word."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("事项"))
        kwargs.setdefault("widget", TypeAhead(url=reverse_lazy("items_suggest"), label_of=name_of))
        super().__init__(queryset=in_county(Item), **kwargs)
