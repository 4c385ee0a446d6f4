"""What an administrator drafts to an item (benchmark, exemption, guide) and a second person publishes."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import Actor, record
from audit.verbs import Verb
from catalog import verbs
from catalog.effective import Effective, Status
from catalog.listing import Standing
from catalog.models import DiscretionTable, ExemptionRule, Item, ItemGuide
from catalog.publishing import replace
from catalog.services import require_second_person
from catalog.supplementing import chain_of_item
from law.errors import RuleViolation

Attachment = TypeVar("Attachment", bound=DiscretionTable | ExemptionRule | ItemGuide)
KINDS: dict[str, type[DiscretionTable] | type[ExemptionRule] | type[ItemGuide]] = {
    "benchmark": DiscretionTable,
    "exemption": ExemptionRule,
    "guide": ItemGuide,
}
# What makes a later row the next version of an earlier one.
SAME: dict[type[Effective], tuple[str, ...]] = {
    DiscretionTable: ("item_id", "title"),
    ExemptionRule: ("item_id", "kind"),
    ItemGuide: ("item_id",),
}


def draft(
    row: Attachment, *, effective_on: date, source: str, actor: Actor, at: datetime, verb: Verb
) -> Attachment:
    """Save a new row as a draft of its author, inside the caller's transaction."""
    Item.objects.select_for_update().get(pk=row.item_id)
    _require_alone(row)
    row.status = Status.DRAFT
    row.valid_from, row.source = effective_on, source
    row.drafted_by_id, row.drafted_by_name = actor.pk, actor.name
    row.save()
    _tell(verb, row, actor, at, effective_on=effective_on.isoformat())
    return row


def _siblings(row: Attachment) -> Any:
    same = {name: getattr(row, name) for name in SAME[type(row)]}
    return type(row)._default_manager.filter(**same).exclude(pk=row.pk)


def _require_alone(row: Attachment) -> None:
    if _siblings(row).filter(status=Status.DRAFT).exists():
        raise RuleViolation(
            "draft_exists",
            _("该事项已有一份待发布的同类草稿"),
            unblock=_("请另一人发布该草稿，或弃用后重新起草"),
            message_en="This item already has a draft of this kind waiting to be published",
            unblock_en="Have a second person publish it, or discard it first",
        )


@transaction.atomic
def publish(*, row: Attachment, actor: Actor, at: datetime) -> Attachment:
    """Publish a draft by a second person; it replaces the version before from its first day on."""
    row = _locked(row)
    require_second_person(row.drafted_by_id, actor)
    if row.valid_from is None:
        raise ValueError("a draft has a first day")
    standing = _siblings(row).filter(status=Status.PUBLISHED, recorded_to=None)
    last = standing.order_by("-valid_from").first()
    if last is not None:
        replace(type(row), [Standing(last.pk, "", last.valid_from, last.valid_to)], on=row.valid_from, at=at)
    row.status, row.recorded_from, row.planned_to = Status.PUBLISHED, at, row.valid_to
    row.published_by_id, row.published_by_name = actor.pk, actor.name
    row.save()
    _tell(verbs.ATTACHMENT_PUBLISHED, row, actor, at, effective_on=row.valid_from.isoformat())
    return row


@transaction.atomic
def discard(*, row: Attachment, actor: Actor, at: datetime) -> None:
    """Give up a draft; it stays on record as discarded."""
    row = _locked(row)
    row.status = Status.DISCARDED
    row.save(update_fields=["status"])
    _tell(verbs.ATTACHMENT_DISCARDED, row, actor, at)


def _locked(row: Attachment) -> Attachment:
    """Lock the item, then the row, which must still be a draft."""
    Item.objects.select_for_update().get(pk=row.item_id)
    found: Attachment = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if found.status != Status.DRAFT:
        raise RuleViolation(
            "version_not_draft",
            _("该草稿已经处理过，不能再次操作"),
            unblock=_("在事项页查看各版本的状态"),
            message_en="This draft has been dealt with already",
            unblock_en="See the versions on the item's page",
        )
    return found


def _tell(verb: Verb, row: Attachment, actor: Actor, at: datetime, **payload: str) -> None:
    kind = next(name for name, model in KINDS.items() if isinstance(row, model))
    chain = chain_of_item(row.item_id)
    record(verb, chain=chain, target=row, actor=actor, at=at, payload={"kind": kind, **payload})


def drafts_of(item: Item) -> list[tuple[str, Effective]]:
    """List what waits to be published to an item, with its kind."""
    return [
        (kind, row)
        for kind, model in KINDS.items()
        for row in model._default_manager.filter(item=item, status=Status.DRAFT).order_by("id")
    ]
