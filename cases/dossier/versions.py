"""The version of its item that a case cites, or would cite on a day."""

from datetime import date

from cases.dossier.models import Case
from cases.dossier.reading import read_once
from catalog.models import ItemVersion, Standing
from catalog.selectors import ItemNotInForce, version_in_force


@read_once
def version_on(case: Case, on: date) -> ItemVersion:
    """Return the version of the case's item in force that day; raises ItemNotInForce when there is none."""
    assert case.item is not None
    return _cited(case, on) or version_in_force(case.item, on)


def _cited(case: Case, on: date) -> ItemVersion | None:
    """Return the version that the case cites while it is the one in force."""
    cited = case.item_version
    if cited is None or cited.item_id != case.item_id or cited.standing != Standing.IN_USE:
        return None
    return cited if cited.in_force_on(on) else None


def domain_of(case: Case, on: date) -> str:
    """Return the field of the version a case was filed on, or before that of the one in force that day."""
    if case.item_version is not None:
        return case.item_version.domain
    try:
        return version_on(case, on).domain if case.item_id else ""
    except ItemNotInForce:
        return ""
