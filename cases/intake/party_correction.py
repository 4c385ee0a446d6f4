"""Put right who the party is, while nothing was told to it yet."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.forms import model_to_dict
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reasons import require_reason
from cases.dossier.versions import version_on
from cases.flow.services import fire, require_move
from cases.intake.content import cause_of
from cases.parties.models import Party
from cases.parties.services import register
from law.errors import RuleViolation
from townships.models import Officer


@transaction.atomic
def correct_party(
    *, case: Case, actor: Officer, at: datetime, reason: str, party_kind: str, party_name: str, **party: Any
) -> Party:
    """Name the right party from now on; what was written before stays on file and the trail tells why.

    After the notice it has to be told anew (行政处罚法第四十条、第四十四条、第五十九条第一款第（一）项).
    """
    require_reason(reason)
    require_move(case, Move.CORRECT_PARTY, actor=actor, at=at)
    before = model_to_dict(case.party) if case.party else {}
    found = register(case=case, actor=actor, at=at, kind=party_kind, name=party_name, **party)
    if model_to_dict(found) == before:
        raise RuleViolation(
            "party_unchanged",
            "当事人的登记没有变化。",
            "行政处罚法第四十条",
            "填写要更正的内容；没有要更正的，返回案件。",
            message_en="Nothing about the party would change.",
            unblock_en="Enter what is to be corrected, or go back to the case.",
            field="party_name",
        )
    payload = {"party_before": before.get("name", ""), "party": party_name, "reason": reason}
    case.party, case.party_name = found, party_name
    case.cause = cause_of(party_name, case.item_version or version_on(case, timezone.localdate(at)))
    fire(case, Move.CORRECT_PARTY, actor=actor, at=at, payload=payload)
    return found
