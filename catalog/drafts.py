"""What one person drafts to an item or an article, and a second person publishes."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from audit.services import Actor, record
from audit.verbs import Verb
from catalog import verbs
from catalog.access import EDIT, PUBLISH
from catalog.effective import Effective, Status
from catalog.listing import Standing
from catalog.loaders.content import situations_of
from catalog.models import DiscretionTable, ExemptionRule, Item, ItemGuide, ItemVersion, ProvisionVersion
from catalog.parts import statutes_by_name, write_citations, write_situations
from catalog.publication import CONTENT, PUBLISHED, Act
from catalog.publishing import named_in, replace
from catalog.services import require_second_person
from desk.rights import needs
from law.errors import RuleViolation

Attachment = TypeVar("Attachment", bound=ItemVersion | DiscretionTable | ExemptionRule | ItemGuide)
Draft = TypeVar("Draft", bound=Effective)
KINDS: dict[str, type[ItemVersion] | type[DiscretionTable] | type[ExemptionRule] | type[ItemGuide]] = {
    "version": ItemVersion,
    "benchmark": DiscretionTable,
    "exemption": ExemptionRule,
    "guide": ItemGuide,
}
# What makes a later row the next version of an earlier one.
SAME: dict[type[Effective], tuple[str, ...]] = {
    ItemVersion: ("item_id",),
    DiscretionTable: ("item_id", "title"),
    ExemptionRule: ("item_id", "kind"),
    ItemGuide: ("item_id",),
    ProvisionVersion: ("provision_id",),
}


def chain_of_item(item_id: int) -> str:
    """Name the chain of an item's events."""
    return f"catalog:item:{item_id}"


def keep(row: Draft, *, effective_on: date, source: str, actor: Actor) -> Draft:
    """Save a new row as the only draft of its kind; the caller has locked what it belongs to."""
    if _siblings(row).filter(status=Status.DRAFT).exists():
        raise RuleViolation(
            "draft_exists",
            "已有一份待发布的同类草稿",
            unblock="请另一人发布该草稿，或弃用后重新起草",
            message_en="A draft of this kind is already waiting to be published",
            unblock_en="Have a second person publish it, or discard it first",
        )
    row.status = Status.DRAFT
    row.valid_from, row.source = effective_on, source
    row.drafted_by_id, row.drafted_by_name = actor.pk, actor.name
    row.save()
    return row


def act_of(row: Effective, *, actor: Actor, at: datetime) -> Act:
    """Return the act by which a second person publishes a draft."""
    require_second_person(row.drafted_by_id, actor)
    if row.valid_from is None:
        raise ValueError("a draft has a first day")
    drafted_by = row.drafted_by_id, row.drafted_by_name
    return Act(row.valid_from, at, row.source, drafted_by, (actor.pk, actor.name))


def put_in_force(row: Draft, act: Act) -> Draft:
    """Publish a locked draft; it replaces the one before from its first day on."""
    standing = _siblings(row).filter(status=Status.PUBLISHED, recorded_to=None)
    last = standing.order_by("-valid_from").first()
    if last is not None:
        replace(type(row), [Standing(last.pk, "", last.valid_from, last.valid_to)], on=act.on, at=act.at)
    row.status, row.recorded_from, row.planned_to = Status.PUBLISHED, act.at, row.valid_to
    row.published_by_id, row.published_by_name = act.published_by
    row.save()
    return row


def locked(row: Draft) -> Draft:
    """Lock a row, which must still be a draft."""
    found: Draft = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if found.status != Status.DRAFT:
        raise RuleViolation(
            "version_not_draft",
            "该草稿已经处理过，不能再次操作",
            unblock="查看各版本的状态",
            message_en="This draft has been dealt with already",
            unblock_en="See the state of its versions",
        )
    return found


def _siblings(row: Effective) -> Any:
    same = {name: getattr(row, name) for name in SAME[type(row)]}
    return type(row)._default_manager.filter(**same).exclude(pk=row.pk)


@needs(EDIT)
@transaction.atomic
def draft(
    row: Attachment, *, effective_on: date, source: str, actor: Actor, at: datetime, verb: Verb
) -> Attachment:
    """Draft what belongs to an item; it has no effect before it is published."""
    Item.objects.select_for_update().get(pk=row.item_id)
    keep(row, effective_on=effective_on, source=source, actor=actor)
    _tell(verb, row, actor, at)
    return row


@needs(PUBLISH)
@transaction.atomic
def publish(*, row: Attachment, actor: Actor, at: datetime) -> Attachment:
    """Publish what was drafted to an item by a second person."""
    Item.objects.select_for_update().get(pk=row.item_id)
    row = locked(row)
    act = act_of(row, actor=actor, at=at)
    if isinstance(row, ItemVersion):
        _write_parts(row, act)
    put_in_force(row, act)
    _tell(_verb(row, verbs.VERSION_PUBLISHED, verbs.ATTACHMENT_PUBLISHED), row, actor, at)
    return row


def _write_parts(version: ItemVersion, act: Act) -> None:
    """Write situations and citations of a version that is about to be published and frozen."""
    write_situations([(version.pk, situations_of(version.violation or version.name))])
    fields = {name: getattr(version, name) for name in CONTENT}
    laws = statutes_by_name({version.statute_name}, version.source)
    write_citations([(version.pk, named_in(fields))], laws, (PUBLISHED, act.stamp()))


@needs(PUBLISH)
@transaction.atomic
def discard(*, row: Attachment, actor: Actor, at: datetime) -> None:
    """Give up a draft; it stays on record as discarded."""
    Item.objects.select_for_update().get(pk=row.item_id)
    row = locked(row)
    row.status = Status.DISCARDED
    row.save(update_fields=["status"])
    _tell(_verb(row, verbs.VERSION_DISCARDED, verbs.ATTACHMENT_DISCARDED), row, actor, at)


def _verb(row: Effective, of_version: Verb, of_attachment: Verb) -> Verb:
    return of_version if isinstance(row, ItemVersion) else of_attachment


def _tell(verb: Verb, row: Attachment, actor: Actor, at: datetime) -> None:
    kind = next(name for name, model in KINDS.items() if isinstance(row, model))
    payload = {"kind": kind, "row": row.pk, "effective_on": row.valid_from and row.valid_from.isoformat()}
    record(verb, chain=chain_of_item(row.item_id), target=row, actor=actor, at=at, payload=payload)


def drafts_of(item: Item) -> list[tuple[str, Effective]]:
    """List what waits to be published to an item, with its kind."""
    return [
        (kind, row)
        for kind, model in KINDS.items()
        for row in model._default_manager.filter(item=item, status=Status.DRAFT).order_by("id")
    ]
