"""Adjust items by a document: cancel, change, split, transfer …; drafted by one, published by another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from audit.services import Actor, record
from catalog import verbs
from catalog.access import EDIT, PUBLISH
from catalog.adjusting_items import effect_of
from catalog.effective import Status
from catalog.models import Action, Adjustment, AdjustmentItem, Item, ItemVersion, ListKind, PowerList, Side
from catalog.publication import Act
from catalog.services import require_second_person
from desk.rights import needs
from law.errors import RuleViolation

ON_A_LIST = {Action.HAND_DOWN, Action.TAKE_BACK}
WITH_CONTENT = {Action.ADD, Action.CHANGE, Action.SPLIT, Action.MERGE}
CHANGEABLE = frozenset(
    ["name", "violation", "domain", "department_name", "scope_note", "statute_name", "penalty_range_text"]
)
CHANGEABLE |= {"obligation_article", "obligation_text", "penalty_article", "penalty_text"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a document orders: how items are adjusted, when and why; for some ways also where and to what."""

    action: Action
    document: str
    decided_on: date
    effective_on: date
    reason: str
    explanation: str
    power_list: PowerList | None = None
    department_name: str = ""
    content: list[dict[str, str]] = field(default_factory=list)


def _refusal(code: str, message: str, unblock: str, english: str, field_name: str) -> RuleViolation:
    return RuleViolation(
        code,
        message,
        unblock=unblock,
        message_en=english,
        unblock_en="Complete the adjustment after its document",
        field=field_name,
    )


def require_plan(plan: Plan, items: Sequence[Item]) -> None:
    """Refuse an adjustment that does not say what its document must say."""
    if not plan.document.strip() or not plan.explanation.strip():
        raise _refusal(
            "adjustment_without_document",
            "清单调整须写明调整文号和原因",
            "填写调整文件的文号，并说明调整原因",
            "An adjustment states its document and its reason",
            "document",
        )
    if (plan.action in ON_A_LIST) and (plan.power_list is None or plan.power_list.kind != ListKind.TOWNSHIP):
        raise _refusal(
            "adjustment_without_list",
            "下放、收回须指明乡镇（街道）清单",
            "选择事项下放到或收回自哪一份乡镇（街道）清单",
            "Handing down and taking back name a township list",
            "power_list",
        )
    if plan.action == Action.TRANSFER and not plan.department_name.strip():
        raise _refusal(
            "adjustment_without_department",
            "划转须写明划入的部门",
            "填写划入的部门",
            "A transfer names the department that receives the items",
            "department_name",
        )
    _require_numbers(plan, len(items))


def _require_numbers(plan: Plan, before: int) -> None:
    after = len(plan.content)
    fits = {
        Action.ADD: before == 0 and after >= 1 and plan.power_list is not None,
        Action.CHANGE: before >= 1 and after == 1,
        Action.SPLIT: before == 1 and after >= 2,
        Action.MERGE: before >= 2 and after == 1,
    }.get(plan.action, before >= 1 and after == 0)
    strange = {name for part in plan.content for name in part} - CHANGEABLE
    named = all(part.get("name") for part in plan.content)
    nameless = plan.action in WITH_CONTENT - {Action.CHANGE} and not named
    if not fits or strange or nameless:
        raise _refusal(
            "adjustment_numbers",
            "调整前后的事项与调整方式不符：新增须有清单和新事项，变更须有变更内容，拆分一项为多项，合并多项为一项",
            "核对所选事项和调整后的内容",
            "The items before and after do not fit the way of adjusting",
            "items",
        )


@needs(EDIT)
@transaction.atomic
def draft(*, plan: Plan, items: Sequence[Item], actor: Actor, at: datetime) -> Adjustment:
    """Draft an adjustment with the items it begins from; it has no effect before it is published."""
    require_plan(plan, items)
    versions = standing_versions([item.pk for item in items])
    missing = len({item.pk for item in items}) - len(versions)
    if missing:
        raise _refusal(
            "adjustment_item_unpublished",
            f"有 {missing} 个事项没有已发布的版本，不能调整",
            "先发布这些事项",
            f"{missing} of the items have no published version",
            "items",
        )
    made = Adjustment.objects.create(
        **{name: getattr(plan, name) for name in Plan.__slots__},
        drafted_by_id=actor.pk,
        drafted_by_name=actor.name,
        drafted_at=at,
    )
    AdjustmentItem.objects.bulk_create(
        AdjustmentItem(adjustment=made, item_id=version.item_id, side=Side.BEFORE, version=version)
        for version in versions
    )
    _tell(verbs.ADJUSTMENT_DRAFTED, made, actor, at, len(versions))
    return made


def standing_versions(item_ids: list[int]) -> list[ItemVersion]:
    """Return the latest published version of each item, with codes and parts fetched, in the order asked."""
    latest = ItemVersion.objects.current().filter(item_id__in=item_ids).order_by("item_id", "-valid_from")
    rows = latest.distinct("item_id").select_related("item")
    found = {row.item_id: row for row in rows.prefetch_related("situations", "citations", "item__codes")}
    return [found[item_id] for item_id in dict.fromkeys(item_ids) if item_id in found]


@needs(PUBLISH)
@transaction.atomic
def publish(*, adjustment: Adjustment, actor: Actor, at: datetime) -> Adjustment:
    """Publish an adjustment by a second person: it takes effect on its day, for items and their places."""
    adjustment = _open(adjustment)
    require_second_person(adjustment.drafted_by_id, actor)
    item_ids = list(adjustment.parts.filter(side=Side.BEFORE).values_list("item_id", flat=True))
    list(Item.objects.select_for_update().filter(pk__in=item_ids).order_by("pk"))
    act = Act(
        on=adjustment.effective_on,
        at=at,
        source=adjustment.document,
        drafted_by=(adjustment.drafted_by_id, adjustment.drafted_by_name),
        published_by=(actor.pk, actor.name),
    )
    after = effect_of(adjustment, standing_versions(item_ids), act)
    AdjustmentItem.objects.bulk_create(
        AdjustmentItem(adjustment=adjustment, item_id=item_id, side=Side.AFTER, version_id=version_id)
        for item_id, version_id in after
    )
    adjustment.status, adjustment.published_at = Status.PUBLISHED, at
    adjustment.published_by_id, adjustment.published_by_name = actor.pk, actor.name
    adjustment.save()
    _tell(verbs.ADJUSTMENT_PUBLISHED, adjustment, actor, at, len(after))
    return adjustment


@needs(PUBLISH)
@transaction.atomic
def discard(*, adjustment: Adjustment, actor: Actor, at: datetime) -> None:
    """Give up a drafted adjustment; it stays in the history as discarded."""
    adjustment = _open(adjustment)
    adjustment.status = Status.DISCARDED
    adjustment.save(update_fields=["status"])
    _tell(verbs.ADJUSTMENT_DISCARDED, adjustment, actor, at, 0)


def _open(adjustment: Adjustment) -> Adjustment:
    locked = Adjustment.objects.select_for_update(of=["self"]).select_related("power_list")
    adjustment = locked.get(pk=adjustment.pk)
    if adjustment.status != Status.DRAFT:
        raise RuleViolation(
            "adjustment_not_draft",
            "该调整已经处理过，不能再次操作",
            unblock="在清单调整记录中查看处理结果",
            message_en="This adjustment has been dealt with already",
            unblock_en="See the result among the adjustments",
        )
    return adjustment


def _tell(verb: Any, adjustment: Adjustment, actor: Actor, at: datetime, items: int) -> None:
    payload = {
        "action": adjustment.action,
        "document": adjustment.document,
        "effective_on": adjustment.effective_on.isoformat(),
        "items": items,
    }
    chain = f"catalog:adjustment:{adjustment.pk}"
    record(verb, chain=chain, target=adjustment, actor=actor, at=at, payload=payload)
