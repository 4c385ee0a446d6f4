"""Acts on the catalogue: stage a list, publish it by a second person, supplement a basis."""

from datetime import date, datetime
from typing import Any

import orjson
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from audit.services import Actor, record
from catalog import verbs
from catalog.comparing import Plan, compare, told
from catalog.copying import copy_rows
from catalog.loaders.entries import Entry
from catalog.loaders.files import FileResult, read_list
from catalog.loaders.rows import Defaults
from catalog.mapping import known_headings, mapping_of, require_mapping, told_of
from catalog.models import BatchState, ImportBatch, ImportRow, PowerList, RowOutcome
from catalog.publishing import Publication, withdraw, write
from law.errors import RuleViolation


def defaults_of(power_list: PowerList) -> Defaults:
    """Say what a list tells about all its items."""
    return Defaults(
        department_name=power_list.department_name,
        domain=power_list.domain,
        domains=power_list.domains,
        table_title=power_list.name,
    )


def read_for(
    power_list: PowerList, *, data: bytes, file_name: str, mapping: dict[str, Any] | None = None
) -> FileResult:
    """Read a file as an edition of a list, as its columns are mapped; nothing is written."""
    return read_list(
        data,
        file_name=file_name,
        list_code=power_list.code,
        defaults=defaults_of(power_list),
        headings=known_headings(),
        told=told_of(mapping or {}),
    )


def require_count(result: FileResult, expected: int | None) -> None:
    """Refuse a file whose items are not as many as the notice that published it says."""
    found = len(result.entries)
    if expected is not None and expected != found:
        raise RuleViolation(
            "list_count_differs",
            f"公布的项数为 {expected}，文件读出 {found} 项，未导入任何内容",
            unblock="对照公布文件核对表格是否缺行、多行，更正后重新导入",
            message_en=f"{expected} items were announced, the file holds {found}; nothing was imported",
            unblock_en="Compare the file with the published notice, correct it and import again",
            field="expected_count",
        )


@transaction.atomic
def stage(
    *,
    power_list: PowerList,
    result: FileResult,
    actor: Actor | None,
    at: datetime,
    effective_on: date | None = None,
    expected_count: int | None = None,
    complete: bool = False,
) -> tuple[ImportBatch, bool]:
    """Stage what was read from a file; the same file again gives the batch that stands, and False."""
    require_count(result, expected_count)
    _require_items(result)
    PowerList.objects.select_for_update().get(pk=power_list.pk)
    plan = compare(power_list, result.entries)
    known = _known_batch(power_list, result, nothing_new=plan.empty and not (complete and plan.absent))
    if known is not None:
        return known, False
    batch = ImportBatch(
        power_list=power_list,
        complete=complete,
        effective_on=effective_on or power_list.valid_from,
        expected_count=expected_count,
        uploaded_by_id=actor.pk if actor else None,
        uploaded_by_name=actor.name if actor else "",
        uploaded_at=at,
        file=result.data,
        mapping=mapping_of(result.sheets),
    )
    return _staged(batch, result, plan, actor=actor, at=at), True


def _staged(
    batch: ImportBatch, result: FileResult, plan: Plan, *, actor: Actor | None, at: datetime
) -> ImportBatch:
    """Write report, differences and rows of a batch as it was read just now."""
    for name, value in _measures(result).items():
        setattr(batch, name, value)
    batch.state, batch.diff = BatchState.STAGED, told(plan)
    batch.save()
    ImportRow.objects.filter(batch=batch).delete()
    _keep_rows(batch, result)
    payload = {"file": batch.file_name, "sha256": batch.sha256, "items": batch.item_count}
    record(verbs.LIST_STAGED, chain=chain_of(batch), target=batch, actor=actor, at=at, payload=payload)
    return batch


def _require_items(result: FileResult) -> None:
    if not result.entries:
        raise RuleViolation(
            "list_empty",
            _("文件中没有读出任何事项"),
            unblock=_("检查表头是否含有“事项名称”或“违法行为”"),
            message_en="No item was found in the file",
            unblock_en="Check that a heading names the item",
            field="file",
        )


def _measures(result: FileResult) -> dict[str, Any]:
    report = result.report()
    return {
        "file_name": result.file_name[:255],
        "sha256": result.sha256,
        "rows_read": report["rows_read"],
        "rows_used": report["rows_used"],
        "rows_skipped": report["rows_skipped"],
        "item_count": report["items"],
        "band_count": report["bands"],
        "report": report,
    }


def _known_batch(power_list: PowerList, result: FileResult, *, nothing_new: bool) -> ImportBatch | None:
    same = ImportBatch.objects.filter(power_list=power_list, sha256=result.sha256).order_by("-id")
    waiting = same.filter(state__in=[BatchState.STAGED, BatchState.MAPPING]).first()
    if waiting is not None:
        return waiting
    return same.filter(state=BatchState.PUBLISHED).first() if nothing_new else None


def _keep_rows(batch: ImportBatch, result: FileResult) -> None:
    copy_rows(
        ImportRow,
        ("batch", "sheet", "row", "outcome", "reason", "cells", "content", "warnings"),
        (
            [
                batch.pk,
                row.sheet[:120],
                row.row,
                row.outcome,
                row.reason,
                row.cells,
                row.entry.as_dict() if row.entry else {},
                [notice.as_dict() for notice in row.notices],
            ]
            for row in result.rows
        ),
    )


@transaction.atomic
def upload(
    *,
    power_list: PowerList,
    data: bytes,
    file_name: str,
    actor: Actor,
    at: datetime,
    effective_on: date | None = None,
    expected_count: int | None = None,
    complete: bool = False,
) -> tuple[ImportBatch, bool]:
    """Keep a file with its columns as proposed, for a person to check; the same file again is known."""
    if power_list._state.adding:
        power_list.save()
    PowerList.objects.select_for_update().get(pk=power_list.pk)
    result = read_for(power_list, data=data, file_name=file_name)
    plan = compare(power_list, result.entries)
    idle = bool(result.entries) and plan.empty and not (complete and plan.absent)
    known = _known_batch(power_list, result, nothing_new=idle)
    if known is not None:
        return known, False
    batch = ImportBatch.objects.create(
        power_list=power_list,
        file_name=file_name[:255],
        sha256=result.sha256,
        file=data,
        mapping=mapping_of(result.sheets),
        state=BatchState.MAPPING,
        complete=complete,
        effective_on=effective_on or power_list.valid_from,
        expected_count=expected_count,
        uploaded_by_id=actor.pk,
        uploaded_by_name=actor.name,
        uploaded_at=at,
    )
    payload = {"file": batch.file_name, "sha256": batch.sha256}
    record(verbs.LIST_UPLOADED, chain=chain_of(batch), target=batch, actor=actor, at=at, payload=payload)
    return batch, True


@transaction.atomic
def propose_columns(*, batch: ImportBatch, mapping: dict[str, Any]) -> ImportBatch:
    """Keep another proposal for the columns; nothing is read by it yet."""
    batch = _open_batch(batch)
    batch.mapping = mapping
    batch.save(update_fields=["mapping"])
    return batch


@transaction.atomic
def map_columns(
    *, batch: ImportBatch, mapping: dict[str, Any], actor: Actor | None, at: datetime
) -> ImportBatch:
    """Read a kept file by the columns a person has checked, and stage it; staged rows are read anew."""
    batch = _open_batch(batch)
    require_mapping(mapping)
    power_list = PowerList.objects.select_for_update().get(pk=batch.power_list_id)
    data = bytes(batch.file or b"")
    result = read_for(power_list, data=data, file_name=batch.file_name, mapping=mapping)
    require_count(result, batch.expected_count)
    _require_items(result)
    batch.mapping = mapping
    return _staged(batch, result, compare(power_list, result.entries), actor=actor, at=at)


def _open_batch(batch: ImportBatch) -> ImportBatch:
    """Lock a batch whose columns may still be changed."""
    batch = ImportBatch.objects.select_for_update().select_related("power_list").get(pk=batch.pk)
    if batch.state not in {BatchState.MAPPING, BatchState.STAGED}:
        raise _dealt_with()
    return batch


def entries_of(batch: ImportBatch) -> list[Entry]:
    """Return the staged items of a batch."""
    rows = ImportRow.objects.filter(batch=batch, outcome=RowOutcome.ITEM).order_by("id")
    texts = rows.annotate(text=Cast("content", TextField())).values_list("text", flat=True)
    return [Entry.from_dict(orjson.loads(text)) for text in texts]


def chain_of(target: ImportBatch) -> str:
    """Name the chain of a batch's events."""
    return f"catalog:batch:{target.pk}"


def require_publishable(batch: ImportBatch, *, actor: Actor) -> None:
    """Refuse what could not be published by this person, before any work is done."""
    _require_staged(batch)
    require_second_person(batch.uploaded_by_id, actor)


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
            _("未填写清单的生效日期"),
            unblock=_("填写公布文件写明的施行日期后再发布"),
            message_en="The day from which the list applies is missing",
            unblock_en="Enter the day the published document names",
            field="effective_on",
        )
    plan = compare(batch.power_list, entries_of(batch))
    act = Publication(
        power_list=batch.power_list,
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
    batch.save()


@transaction.atomic
def discard(*, batch: ImportBatch, actor: Actor, at: datetime) -> None:
    """Give up a staged list; its rows and its report stay."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    _require_staged(batch, BatchState.STAGED, BatchState.MAPPING)
    _close_batch(batch, BatchState.DISCARDED, actor=actor, at=at)
    record(verbs.LIST_DISCARDED, chain=chain_of(batch), target=batch, actor=actor, at=at)


def _require_staged(batch: ImportBatch, *states: BatchState) -> None:
    if batch.state not in (states or (BatchState.STAGED,)):
        raise _dealt_with()


def _dealt_with() -> RuleViolation:
    return RuleViolation(
        "batch_not_staged",
        _("该批次还没有核对列，或者已经处理过，不能进行这项操作"),
        unblock=_("在导入记录中查看处理结果；需要更正时重新上传"),
        message_en="This batch is not staged, or has been dealt with already",
        unblock_en="See the result among the imports; upload again to correct it",
    )


def require_second_person(drafted_by_id: int | None, actor: Actor) -> None:
    """Refuse the person who prepared a change to publish it too."""
    if drafted_by_id is not None and drafted_by_id == actor.pk:
        raise RuleViolation(
            "second_person_required",
            _("上传或起草的人不能自己发布，须由另一人复核后发布"),
            unblock=_("请另一名有发布权限的目录管理员核对后发布"),
            message_en="Whoever prepared a change may not publish it",
            unblock_en="Ask another catalogue administrator to check and publish",
        )
