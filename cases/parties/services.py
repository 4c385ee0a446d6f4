"""Register a party, once for one identity; keep who looked at its numbers."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit import verbs
from audit.services import record
from cases.dossier.models import Case
from cases.parties.models import Party
from law.errors import RuleViolation
from townships.models import Officer

IDENTITY = ("credit_code", "id_number")
PERSONAL_DATA_VIEWED = verbs.declare("personal_data_viewed", _("查看当事人证件号码和电话"))


@transaction.atomic
def view_personal(*, case: Case, actor: Officer, at: datetime) -> Party:
    """Put on the case's trail that someone looked at the party's numbers, and hand them out."""
    if case.party is None:
        raise RuleViolation(
            "party_unknown", "本案尚未登记当事人。", "行政处罚法第四十条", "核查时登记当事人。"
        )
    record(
        PERSONAL_DATA_VIEWED,
        chain=case.chain,
        target=case,
        actor=actor,
        at=at,
        payload={"party": case.party.pk},
    )
    return case.party


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
