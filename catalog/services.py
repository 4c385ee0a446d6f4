"""Acts of the second person: publish a staged list, or give it up."""

from datetime import date, datetime
from typing import Any

import orjson
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from audit.services import Actor, record
from catalog import verbs
from catalog.access import PUBLISH
from catalog.comparing import compare
from catalog.loaders.collecting import uncollected
from catalog.loaders.entries import Entry
from catalog.models import (
    BatchState,
    ImportBatch,
    ImportRow,
    PowerList,
    RowOutcome,
)
from catalog.publication import Publication
from catalog.publishing import withdraw, write
from catalog.staging import chain_of, dealt_with
from desk.rights import needs
from law import duties
from law.errors import RuleViolation


def entries_of(batch: ImportBatch) -> list[Entry]:
    """Return the staged items of a batch."""
    rows = ImportRow.objects.filter(batch=batch, outcome=RowOutcome.ITEM).order_by("id")
    texts = rows.annotate(text=Cast("content", TextField())).values_list("text", flat=True)
    return [Entry.from_dict(orjson.loads(text)) for text in texts]


def require_publishable(batch: ImportBatch, *, actor: Actor) -> None:
    """Refuse what could not be published by this person, before any work is done."""
    _require_staged(batch)
    require_second_person(batch.uploaded_by_id, actor)


@needs(PUBLISH)
@uncollected()
@transaction.atomic
def publish(
    *, batch: ImportBatch, actor: Actor, at: datetime, effective_on: date | None = None
) -> dict[str, int]:
    """Publish a staged list by a second person; returns how much of it was new, changed or unchanged."""
    batch = ImportBatch.objects.select_for_update().select_related("power_list").get(pk=batch.pk)
    PowerList.objects.select_for_update().get(pk=batch.power_list_id)
    require_publishable(batch, actor=actor)
    on = effective_on or batch.effective_on
    if on is None:
        raise RuleViolation(
            "effective_date_missing",
            "未填写清单的生效日期",
            unblock="填写公布文件写明的施行日期后再发布",
            message_en="The day from which the list applies is missing",
            unblock_en="Enter the day the published document names",
            field="effective_on",
        )
    plan = compare(batch.power_list, entries_of(batch), on)
    act = Publication(
        power_list=batch.power_list,
        source=batch.source or batch.power_list.source,
        on=on,
        at=at,
        drafted_by=(batch.uploaded_by_id, batch.uploaded_by_name),
        published_by=(actor.pk, actor.name),
    )
    write(plan, act)
    if batch.complete:
        withdraw(plan.lists, act)
    _close_batch(batch, BatchState.PUBLISHED, actor=actor, at=at, on=on)
    counts = plan.counts()
    payload: dict[str, Any] = {"list": batch.power_list.code, "effective_on": on.isoformat(), **counts}
    record(verbs.LIST_PUBLISHED, chain=chain_of(batch), target=batch, actor=actor, at=at, payload=payload)
    return counts


def _close_batch(
    batch: ImportBatch, state: BatchState, *, actor: Actor, at: datetime, on: date | None = None
) -> None:
    batch.state = state
    if state == BatchState.PUBLISHED:
        batch.published_by_id, batch.published_by_name = actor.pk, actor.name
        batch.published_at, batch.effective_on = at, on
    # Not the file nor what was told of it: both are large, and neither changed.
    batch.save(
        update_fields=["state", "published_by_id", "published_by_name", "published_at", "effective_on"]
    )


@needs(PUBLISH)
@transaction.atomic
def discard(*, batch: ImportBatch, actor: Actor, at: datetime) -> None:
    """Give up a staged list; its rows and its report stay."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    _require_staged(batch, BatchState.STAGED, BatchState.MAPPING)
    _close_batch(batch, BatchState.DISCARDED, actor=actor, at=at)
    record(verbs.LIST_DISCARDED, chain=chain_of(batch), target=batch, actor=actor, at=at)


def _require_staged(batch: ImportBatch, *states: BatchState) -> None:
    if batch.state not in (states or (BatchState.STAGED,)):
        raise dealt_with()


def require_second_person(drafted_by_id: int | None, actor: Actor) -> None:
    """Refuse the person who prepared a change to publish it too."""
    duties.require_second_person(
        drafted_by_id,
        actor.pk,
        ask="另一名有发布权限的目录管理员",
        ask_en="another catalogue administrator",
    )
