"""Find a case by what people call it."""

from django.db.models import Q

from cases.dossier.models import Case
from desk.keys import key_of


def case_called(wanted: str) -> Case | None:
    """Return the case with this id, case number or lead number, in nobody's scope: for commands."""
    named = Q(number=wanted) | Q(lead_number=wanted)
    if (key := key_of(wanted)) is not None:
        named |= Q(pk=key)
    return Case.objects.filter(named).select_related("township", "handler", "named", "party").first()
