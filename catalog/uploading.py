"""Acts of the uploader: upload a file, check its columns, have it read by them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from audit.services import Actor, record
from catalog import verbs
from catalog.access import EDIT
from catalog.cautions import tell_of_items
from catalog.comparing import compare
from catalog.loaders.collecting import uncollected
from catalog.loaders.files import FileResult
from catalog.mapping import mapping_of, require_mapping
from catalog.models import BatchState, ImportBatch, PowerList
from catalog.staging import (
    chain_of,
    dealt_with,
    known_batch,
    known_file,
    read_for,
    require_count,
    require_items,
    require_known,
    staged,
)
from desk.rights import needs
from law.errors import RuleViolation


@needs(EDIT)
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
    source: str = "",
) -> tuple[ImportBatch, bool]:
    """Keep a file with its columns as proposed, for a person to check; the same file again is known."""
    standing = known_file(power_list, data=data, complete=complete, expected_count=expected_count)
    if standing is not None:
        return standing, False
    if power_list._state.adding:
        power_list.save()
    PowerList.objects.select_for_update().get(pk=power_list.pk)
    result = read_for(power_list, data=data, file_name=file_name)
    about = {
        "complete": complete,
        "source": source,
        "effective_on": effective_on or power_list.valid_from,
        "expected_count": expected_count,
    }
    known = known_batch(power_list, result, nothing_new=_is_idle(power_list, result, about))
    if known is not None and not _is_told_otherwise(known, about, actor):
        return known, False
    batch = _open_batch(known) if known else _batch_of(power_list, result)
    return _to_be_checked(batch, about, actor=actor, at=at), True


def _is_idle(power_list: PowerList, result: FileResult, about: dict[str, Any]) -> bool:
    """Tell whether a file, read as proposed, holds as many items as announced and would change nothing."""
    plan = compare(power_list, result.entries, about["effective_on"])
    fits = about["expected_count"] in {None, len(result.entries)}
    return bool(result.entries) and fits and plan.empty and not (about["complete"] and plan.absent)


def _is_told_otherwise(batch: ImportBatch, about: dict[str, Any], actor: Actor) -> bool:
    """Tell whether whoever uploaded a file that still waits now says something else of it."""
    waits = batch.state in {BatchState.MAPPING, BatchState.STAGED} and batch.uploaded_by_id == actor.pk
    return waits and any(getattr(batch, name) != value for name, value in about.items())


def _batch_of(power_list: PowerList, result: FileResult) -> ImportBatch:
    return ImportBatch(
        power_list=power_list,
        file_name=result.file_name[:255],
        sha256=result.sha256,
        file=result.data,
        mapping=mapping_of(result.sheets),
    )


def _to_be_checked(batch: ImportBatch, about: dict[str, Any], *, actor: Actor, at: datetime) -> ImportBatch:
    for name, value in about.items():
        setattr(batch, name, value)
    batch.uploaded_by_id, batch.uploaded_by_name, batch.uploaded_at = actor.pk, actor.name, at
    batch.state = BatchState.MAPPING
    batch.save()
    payload = {"file": batch.file_name, "sha256": batch.sha256}
    record(verbs.LIST_UPLOADED, chain=chain_of(batch), target=batch, actor=actor, at=at, payload=payload)
    return batch


@needs(EDIT)
@transaction.atomic
def propose_columns(
    *, batch: ImportBatch, mapping: dict[str, Any], actor: Actor, at: datetime
) -> ImportBatch:
    """Keep another proposal for the columns; nothing is read by it yet."""
    batch = _open_batch(batch)
    require_uploader(batch, actor)
    batch.mapping = mapping
    batch.save(update_fields=["mapping"])
    return batch


@needs(EDIT)
@uncollected()
@transaction.atomic
def map_columns(
    *, batch: ImportBatch, mapping: dict[str, Any], actor: Actor | None, at: datetime
) -> ImportBatch:
    """Read a kept file by the columns a person has checked, and stage it; staged rows are read anew."""
    batch = _open_batch(batch)
    require_uploader(batch, actor)
    require_mapping(mapping)
    power_list = PowerList.objects.select_for_update().get(pk=batch.power_list_id)
    data = bytes(batch.file or b"")
    result = read_for(power_list, data=data, file_name=batch.file_name, mapping=mapping)
    require_count(result, batch.expected_count)
    require_items(result)
    batch.mapping = mapping
    plan = compare(power_list, result.entries, batch.effective_on)
    require_known(plan, result)
    tell_of_items(plan, result)
    return staged(batch, result, plan, actor=actor, at=at)


def may_check(batch: ImportBatch, actor: Actor | None) -> bool:
    """Tell whether a person may check the columns of a file: whoever does answers for it as its uploader."""
    return batch.uploaded_by_id in {None, actor.pk if actor else None}


def require_uploader(batch: ImportBatch, actor: Actor | None) -> None:
    """Leave the columns of a file to whoever uploaded it, so that nobody publishes what they mapped."""
    if not may_check(batch, actor):
        raise RuleViolation(
            "columns_of_another",
            f"这份清单由{batch.uploaded_by_name}上传，列由上传的人核对",
            unblock=f"请{batch.uploaded_by_name}核对列；或者放弃这次导入，由你重新上传，再由另一人发布",
            message_en=f"{batch.uploaded_by_name} uploaded this list and checks its columns",
            unblock_en="Ask the uploader; or give this up, upload it yourself and let another publish",
        )
    if actor is not None and batch.uploaded_by_id is None:
        batch.uploaded_by_id, batch.uploaded_by_name = actor.pk, actor.name


def _open_batch(batch: ImportBatch) -> ImportBatch:
    """Lock a batch whose columns may still be changed."""
    batch = ImportBatch.objects.select_for_update().select_related("power_list").get(pk=batch.pk)
    if batch.state not in {BatchState.MAPPING, BatchState.STAGED}:
        raise dealt_with()
    return batch
