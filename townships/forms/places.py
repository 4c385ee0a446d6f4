"""Villages, communities and grids to choose several of."""

from typing import TYPE_CHECKING, Any

from django import forms

from audit.county import in_county
from townships.models import Place, PlaceKind

if TYPE_CHECKING:
    Places = forms.ModelMultipleChoiceField[Place]
else:
    Places = forms.ModelMultipleChoiceField


class PlacesField(Places):
    """Places of the county, each with its township; grids only where they are asked for."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, grids: bool = False, **kwargs: Any) -> None:
        places = in_county(Place).select_related("township")
        places = places if grids else places.exclude(kind=PlaceKind.GRID)
        super().__init__(places.order_by("township__sort_order", "township_id", "name"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Name the township first."""
        return f"{obj.township.short_name} {obj.name}"
