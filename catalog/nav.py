"""The rail's entry about the catalogue."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from catalog.access import PUBLISH, VIEW, may
from catalog.models import BatchState, ImportBatch
from desk import navigation


def _shown(officer: object, on: date) -> bool:
    return may(officer, VIEW, on)


def _waiting(officer: object, on: date) -> int | None:
    """Count the lists this person could publish."""
    if not may(officer, PUBLISH, on):
        return None
    waiting = (
        in_county(ImportBatch)
        .filter(state=BatchState.STAGED)
        .exclude(uploaded_by_id=getattr(officer, "pk", 0))
    )
    return waiting.order_by()[:100].count() or None


navigation.declare(
    navigation.Entry("items", _("事项清单"), "list-details", "items", 30, shown=_shown, count=_waiting)
)
