"""Transfer of items in a batch to the county's comprehensive bureau: areas, effective day, a second person.

行政处罚法第十八条.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from audit.services import record
from catalog.models import PowerList
from desk.rights import needs
from law.duties import LEGAL_DEPARTMENT, require_second_person
from law.errors import RuleViolation
from townships import verbs
from townships.models import AuthorityGrant, Body, GrantStatus, Mode, Officer
from townships.selectors.items import items_of_list
from townships.services.grants import Terms, draft_grant
from townships.services.item_notices import tell_holders


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """What a decision transfers: which areas of which list, to whom, from when, how many items."""

    power_list: PowerList
    areas: Sequence[str]
    receiver: Body
    effective_on: date
    document: str
    legal_basis: str
    expected_count: int | None = None


@needs("authority.edit")
@transaction.atomic
def draft_transfer(*, transfer: Transfer, actor: Officer, at: datetime) -> AuthorityGrant:
    """Draft a transfer; refused unless it holds as many items as the decision announced."""
    items = items_of_list(transfer.power_list, transfer.effective_on, transfer.areas)
    if not items or (transfer.expected_count is not None and len(items) != transfer.expected_count):
        raise RuleViolation(
            "transfer_count_differs",
            f"决定公布 {transfer.expected_count or '—'} 项，清单中这些领域有 {len(items)} 项，未起草",
            "行政处罚法第十八条",
            "核对领域和清单，或按决定更正项数",
            message_en=f"{transfer.expected_count} items announced, {len(items)} found",
            unblock_en="Check areas and list against the decision",
            field="expected_count",
        )
    terms = Terms(
        mode=Mode.CONCENTRATED,
        holder=transfer.receiver,
        valid_from=transfer.effective_on,
        legal_basis=transfer.legal_basis,
        decision_document=transfer.document,
        scope_note="、".join(transfer.areas),
    )
    return draft_grant(terms=terms, items=items, actor=actor, at=at)


@needs("authority.edit")
@transaction.atomic
def confirm_transfer(*, grant: AuthorityGrant, actor: Officer, at: datetime) -> None:
    """Put a drafted transfer into force by a second person; cases begun before keep their body."""
    grant = AuthorityGrant.objects.select_for_update().get(pk=grant.pk)
    if grant.mode != Mode.CONCENTRATED or grant.status != GrantStatus.DRAFT:
        raise RuleViolation(
            "transfer_not_draft",
            "该划转已经处理过",
            unblock="在委托与赋权中查看其状态",
            message_en="This transfer has been dealt with already",
            unblock_en="See its state under delegation and empowerment",
        )
    require_second_person(grant.drafted_by_id, actor.pk, **LEGAL_DEPARTMENT)
    grant.status = GrantStatus.IN_FORCE
    grant.save(update_fields=["status"])
    grant.items.update(live=True)
    record(
        verbs.GRANT_ENTERED,
        chain=grant.chain,
        target=grant,
        actor=actor,
        at=at,
        payload={"on": grant.valid_from.isoformat(), "items": grant.items.count()},
    )
    tell_holders(at=at)
