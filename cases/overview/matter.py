"""The item of a case as its page shows it: the version that binds the case, its codes, its basis."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.dossier.models import Case
from cases.intake.rules import applicable_version
from catalog.models import ItemCode, ItemVersion
from catalog.selectors import ItemNotInForce


@dataclass(frozen=True, slots=True)
class Matter:
    """What an item says for a case; pinned once the case is filed, until then what it would cite today."""

    version: ItemVersion
    pinned: bool
    codes: list[str]

    @property
    def url(self) -> str:
        """The item's page on the day this version began."""
        return f"{reverse('item', args=[self.version.item_id])}?on={self.version.valid_from}"


def matter_of(case: Case, *, on: date) -> Matter | None:
    """Return the item of a case; None while it has none, or none that is in force."""
    if case.item_id is None:
        return None
    try:
        version = case.item_version or applicable_version(case, on=on)
    except ItemNotInForce:
        return None
    codes = ItemCode.objects.filter(item=case.item_id, valid_to=None).order_by("scheme", "code")
    return Matter(version, case.item_version is not None, list(codes.values_list("code", flat=True)))
