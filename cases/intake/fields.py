"""Where something happened: a township by its short name, and the places inside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from townships.models import Body, Place
from townships.models.bodies import GRASSROOTS


class TownshipChoice(forms.ModelChoiceField[Body]):
    """A township or subdistrict, called by its short name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=in_county(Body).filter(kind__in=GRASSROOTS, active_to=None), **kwargs)

    def label_from_instance(self, obj: Body) -> str:
        """Say 青禾镇, not its government's full name."""
        return obj.short_name


class PlaceSelect(forms.Select):
    """A list of places that knows the township of each, so that the page shows those of the chosen one."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the township of a place on its option."""
        option = super().create_option(name, value, *args, **kwargs)
        place = getattr(value, "instance", None)
        if isinstance(place, Place):
            option["attrs"]["data-township"] = place.township_id
        return option


class PlaceChoice(forms.ModelChoiceField[Place]):
    """A village, community or grid."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PlaceSelect)
        kwargs.setdefault("empty_label", _("村、社区或网格"))
        places = in_county(Place).select_related("township").order_by("township_id", "name")
        super().__init__(queryset=places, **kwargs)

    def label_from_instance(self, obj: Place) -> str:
        """Say the place's own name; its township stands beside it."""
        return obj.name
