"""The county every row belongs to: one today, a province tomorrow."""

from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

Row = TypeVar("Row", bound=models.Model)


def this_county() -> int:
    """Return the administrative division code of the county this site serves."""
    return int(settings.COUNTY_CODE)


class CountyScoped(models.Model):
    """A row that belongs to one county (county_id = six-digit administrative division code)."""

    county_id = models.PositiveIntegerField(default=this_county, editable=False)

    class Meta:
        abstract = True


def in_county(model: type[Row]) -> QuerySet[Row]:
    """Return the rows of this county; what belongs to another is not there."""
    return model._default_manager.filter(county_id=this_county())


def get_in_county(rows: type[Row] | QuerySet[Row], **keys: object) -> Row:
    """Return one row of this county; what belongs to another is not there (404)."""
    return get_object_or_404(rows, county_id=this_county(), **keys)
