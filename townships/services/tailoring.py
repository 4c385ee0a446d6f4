"""The lists agreements are drafted from, the batches they come in, and the meetings that decide on them."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from audit.services import record
from catalog.models import Item
from desk.rights import needs
from law.errors import RuleViolation
from townships import verbs
from townships.models import (
    Body,
    GrantBatch,
    ItemSource,
    Meeting,
    Officer,
    TailoredChange,
    TailoredChoice,
    TailoredItem,
    TailoredList,
)


@needs("authority.edit")
@transaction.atomic
def tailor_list(
    *,
    name: str,
    note: str,
    entries: Mapping[int, tuple[Body, ItemSource]],
    actor: Officer,
    at: datetime,
) -> TailoredList:
    """Make or remake a tailored list: for each item (by key) its department and its source."""
    if not entries:
        raise RuleViolation(
            "list_empty",
            "清单没有事项",
            unblock="填写事项编码",
            message_en="The list has no items",
            unblock_en="Enter codes of items",
            field="codes",
        )
    made, _new = TailoredList.objects.update_or_create(name=name, defaults={"note": note})
    made.entries.all().delete()
    TailoredItem.objects.bulk_create(
        TailoredItem(tailored_list=made, item_id=item_id, department=department, source=source)
        for item_id, (department, source) in sorted(entries.items())
    )
    payload = {"name": name, "items": sorted(entries)}
    record(verbs.LIST_TAILORED, chain=f"list:{made.pk}", target=made, actor=actor, at=at, payload=payload)
    return made


@needs("authority.edit")
@transaction.atomic
def choose_list(*, township: Body, tailored_list: TailoredList, actor: Officer, at: datetime) -> None:
    """Let a township follow a tailored list; its own additions and removals stay."""
    choice, _new = TailoredChoice.objects.update_or_create(
        township=township, defaults={"tailored_list": tailored_list}
    )
    payload = {"township": township.pk, "list": tailored_list.pk}
    record(verbs.LIST_CHOSEN, chain=f"body:{township.pk}", target=choice, actor=actor, at=at, payload=payload)


@needs("authority.edit")
@transaction.atomic
def change_item(
    *,
    township: Body,
    item: Item,
    kind: str,
    department: Body | None = None,
    source: str = ItemSource.GUIDED,
    reason: str,
    actor: Officer,
    at: datetime,
) -> TailoredChange:
    """Add an item to a township's list or leave one out, with the reason."""
    if not reason.strip():
        raise RuleViolation(
            "reason_needed",
            "须写明理由",
            unblock="填写理由",
            message_en="A reason is needed",
            unblock_en="Give the reasons",
            field="reason",
        )
    if kind == TailoredChange.Kind.ADD and department is None:
        raise RuleViolation(
            "department_needed",
            "增加事项须写明原行使部门",
            unblock="选择部门",
            message_en="To add an item, name the department that held it",
            unblock_en="Choose a department",
            field="department",
        )
    change, _new = TailoredChange.objects.update_or_create(
        township=township,
        item=item,
        defaults={"kind": kind, "department": department, "source": source, "reason": reason},
    )
    payload = {"item": item.pk, "kind": kind, "reason": reason}
    record(
        verbs.LIST_CHANGED, chain=f"body:{township.pk}", target=change, actor=actor, at=at, payload=payload
    )
    return change


@needs("authority.edit")
@transaction.atomic
def open_batch(
    *,
    name: str,
    document: str,
    effective_on: date,
    guided_total: int | None,
    meeting: Meeting | None = None,
    actor: Officer,
    at: datetime,
) -> GrantBatch:
    """Open a batch of handing powers down."""
    if GrantBatch.objects.filter(name=name).exists():
        raise RuleViolation(
            "batch_name_taken",
            "已有同名批次",
            unblock="换一个名称",
            message_en="There is a batch of that name",
            unblock_en="Take another name",
            field="name",
        )
    batch = GrantBatch.objects.create(
        name=name, document=document, effective_on=effective_on, guided_total=guided_total, meeting=meeting
    )
    payload = {"name": name, "document": document, "on": effective_on.isoformat()}
    record(verbs.BATCH_OPENED, chain=f"batch:{batch.pk}", target=batch, actor=actor, at=at, payload=payload)
    return batch


@needs("authority.edit")
@transaction.atomic
def record_meeting(
    *, title: str, held_on: date, document: str, decision: str, actor: Officer, at: datetime
) -> Meeting:
    """Record a meeting of the leading group; the changes it decided on name it."""
    if Meeting.objects.filter(document=document).exists():
        raise RuleViolation(
            "meeting_known",
            "该纪要文号已登记",
            unblock="打开已登记的会议",
            message_en="These minutes are on record",
            unblock_en="Open the meeting on record",
            field="document",
        )
    meeting = Meeting.objects.create(title=title, held_on=held_on, document=document, decision=decision)
    payload = {"document": document, "on": held_on.isoformat()}
    record(
        verbs.MEETING_RECORDED,
        chain=f"meeting:{meeting.pk}",
        target=meeting,
        actor=actor,
        at=at,
        payload=payload,
    )
    return meeting
