"""What the report page shows beside the form: the statute's range, the grades, the evidence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.dossier.models import Case
from cases.investigation.models import Exhibit
from catalog.selectors import bands_in_force
from townships.models import Officer


def discretion_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Collect the grades and the evidence."""
    return {
        "bands": bands_in_force(case.item, on) if case.item else [],
        "item_version": case.item_version,
        "exhibits": Exhibit.objects.filter(case=case).order_by("number"),
    }
