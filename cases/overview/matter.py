"""The item of a case as its page shows it: the version that binds the case, its codes, its basis."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.dossier.models import Case
from cases.intake.rules import applicable_version
from catalog.models import ItemCode, ItemVersion
from catalog.selectors import ItemNotInForce
from townships.selectors.remembered import Remembered


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
    return Matter(version, case.item_version is not None, codes.get([case.item_id])[case.item_id])


def _codes(keys: set[int]) -> Mapping[int, list[str]]:
    """Read the codes in use of these items."""
    found: dict[int, list[str]] = {key: [] for key in keys}
    rows = ItemCode.objects.filter(item__in=keys, valid_to=None).order_by("scheme", "code")
    for item_id, code in rows.values_list("item_id", "code"):
        found[item_id].append(code)
    return found


# Shown on every page of a case, and nothing but shown.
codes = Remembered(_codes)
