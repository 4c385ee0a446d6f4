"""Before a list is published: read by its columns, counted, compared, kept row by row."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from audit.services import Actor, record
from catalog import verbs
from catalog.access import EDIT
from catalog.cautions import tell_of_items
from catalog.comparing import Plan, compare, told
from catalog.copying import copy_rows
from catalog.loaders.collecting import uncollected
from catalog.loaders.defaults import Defaults
from catalog.loaders.files import FileResult, read_list
from catalog.mapping import known_headings, mapping_of, told_of
from catalog.models import (
    BatchState,
    DiscretionTable,
    ImportBatch,
    ImportRow,
    ItemVersion,
    ListMembership,
    PowerList,
)
from desk.rights import needs
from law.errors import RuleViolation

# How many of the rows at fault are named.
SHOWN = 10


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


def known_file(
    power_list: PowerList, *, data: bytes, complete: bool = False, expected_count: int | None = None
) -> ImportBatch | None:
    """Return the batch by which this very file stands, where nothing of its list has changed since."""
    if power_list._state.adding:
        return None
    published = ImportBatch.objects.filter(power_list=power_list, state=BatchState.PUBLISHED)
    last = published.defer("file").order_by("-published_at", "-id").first()
    if last is None or last.sha256 != hashlib.sha256(data).hexdigest() or (complete and not last.complete):
        return None
    if expected_count not in {None, last.item_count}:
        return None
    since = last.published_at
    touched = Q(recorded_from__gt=since) | Q(recorded_to__gt=since) | Q(closed_at__gt=since)
    places = ListMembership.objects.filter(Q(power_list=power_list) | Q(power_list__parent=power_list))
    listed = places.values("item_id")
    changed = (
        places.filter(touched).exists()
        or ItemVersion.objects.filter(touched, item_id__in=listed).exists()
        or DiscretionTable.objects.filter(touched, item_id__in=listed).exists()
    )
    return None if changed else last


@needs(EDIT)
@uncollected()
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
    source: str = "",
) -> tuple[ImportBatch, bool]:
    """Stage what was read from a file; the same file again gives the batch that stands, and False."""
    require_count(result, expected_count)
    require_items(result)
    PowerList.objects.select_for_update().get(pk=power_list.pk)
    plan = compare(power_list, result.entries, effective_on or power_list.valid_from)
    require_known(plan, result)
    tell_of_items(plan, result)
    known = known_batch(power_list, result, nothing_new=plan.empty and not (complete and plan.absent))
    if known is not None:
        return known, False
    batch = ImportBatch(
        power_list=power_list,
        complete=complete,
        source=source,
        effective_on=effective_on or power_list.valid_from,
        expected_count=expected_count,
        uploaded_by_id=actor.pk if actor else None,
        uploaded_by_name=actor.name if actor else "",
        uploaded_at=at,
        file=result.data,
        mapping=mapping_of(result.sheets),
    )
    return staged(batch, result, plan, actor=actor, at=at), True


def staged(
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


def require_items(result: FileResult) -> None:
    """Refuse a file in which no item was recognised."""
    if not result.entries:
        raise RuleViolation(
            "list_empty",
            "文件中没有读出任何事项",
            unblock="检查表头是否含有“事项名称”或“违法行为”；列名竖排在第一列的，请在表格软件中转置后重新上传",
            message_en="No item was found in the file",
            unblock_en="Check that a heading names the item; transpose a table that lies on its side",
            field="file",
        )


def require_known(plan: Plan, result: FileResult) -> None:
    """Refuse benchmarks that name their items by code alone, where a code is that of no published item."""
    unknown = [one for one in result.entries if not one.fields["name"] and one.identity not in plan.item_ids]
    if unknown:
        told = "、".join(f"第 {one.row} 行 {one.codes[0]}" for one in unknown[:SHOWN])
        raise RuleViolation(
            "benchmark_code_unknown",
            f"表中没有事项名称，只能按编码对应，{len(unknown)} 个编码在已发布的清单中没有对应的事项：{told}",
            unblock="先导入并发布含有这些编码的事项清单，或者在表中补上事项名称后重新上传",
            message_en=f"{len(unknown)} codes are those of no published item, and the table names none",
            unblock_en="Publish the list that holds these codes first, or add a column with the names",
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


def known_batch(power_list: PowerList, result: FileResult, *, nothing_new: bool) -> ImportBatch | None:
    """Return the batch by which this file waits already, or stands where it would bring nothing new."""
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


def chain_of(target: ImportBatch) -> str:
    """Name the chain of a batch's events."""
    return f"catalog:batch:{target.pk}"


def dealt_with() -> RuleViolation:
    """Say that a batch is past this act."""
    return RuleViolation(
        "batch_not_staged",
        "该批次还没有核对列，或者已经处理过，不能进行这项操作",
        unblock="在导入记录中查看处理结果；需要更正时重新上传",
        message_en="This batch is not staged, or has been dealt with already",
        unblock_en="See the result among the imports; upload again to correct it",
    )
