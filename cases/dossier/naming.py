"""Find a case by what people call it."""

from django.db.models import Q

from cases.dossier.models import Case


def case_called(wanted: str) -> Case | None:
    """Return the case with this id, case number or lead number, in nobody's scope: for commands."""
    named = Q(number=wanted) | Q(lead_number=wanted)
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
        named |= Q(pk=int(wanted))
    return Case.objects.filter(named).select_related("township", "handler", "named", "party").first()
