"""The county every row belongs to: one today, a province tomorrow."""

from django.conf import settings
from django.db import models


def this_county() -> int:
    """Return the administrative division code of the county this site serves."""
    return int(settings.COUNTY_CODE)


class CountyScoped(models.Model):
    """A row that belongs to one county (county_id = six-digit administrative division code)."""

    county_id = models.PositiveIntegerField(default=this_county, editable=False)

    class Meta:
        abstract = True
