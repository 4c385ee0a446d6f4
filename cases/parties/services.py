"""Register a party, once for one identity."""

from typing import Any

from django.db import transaction

from cases.parties.models import Party

IDENTITY = ("credit_code", "id_number")


@transaction.atomic
def register(*, kind: str, name: str, **details: Any) -> Party:
    """Return the party with this identity, brought up to date, or a new one."""
    known = _known(kind, details)
    if known is None:
        return Party.objects.create(kind=kind, name=name, **details)
    known.name = name
    for field, value in details.items():
        if value:
            setattr(known, field, value)
    known.save()
    return known


def _known(kind: str, details: dict[str, Any]) -> Party | None:
    if details.get("credit_code"):
        return Party.objects.select_for_update().filter(credit_code=details["credit_code"]).first()
    if kind == Party.Kind.CITIZEN and details.get("id_number"):
        return Party.objects.select_for_update().filter(kind=kind, id_number=details["id_number"]).first()
    return None
