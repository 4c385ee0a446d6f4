"""What each way of adjusting does to items and to their places in lists."""

import uuid
from collections.abc import Callable
from typing import Any

from catalog.copying import copy_rows, new_ids
from catalog.listing import Standing as Place
from catalog.listing import standing_places
from catalog.models import (
    Action,
    Adjustment,
    Item,
    ItemVersion,
    ListMembership,
    PowerList,
    PowerType,
    Standing,
)
from catalog.publication import PUBLISHED, Act
from catalog.publishing import replace
from catalog.succeeding import penalty_fields, succeed

After = list[tuple[int, int | None]]


def effect_of(adjustment: Adjustment, versions: list[ItemVersion], act: Act) -> After:
    """Carry out an adjustment; returns the items it ends with and their versions."""
    return EFFECTS[Action(adjustment.action)](adjustment, versions, act)


def _into(standing: Standing) -> Callable[[Adjustment, list[ItemVersion], Act], After]:
    def effect(adjustment: Adjustment, versions: list[ItemVersion], act: Act) -> After:
        return _changed(versions, {"standing": str(standing)}, act)

    return effect


def _changed(versions: list[ItemVersion], changes: dict[str, Any], act: Act) -> After:
    ids = succeed(versions, lambda _version: changes, act)
    return [(version.item_id, pk) for version, pk in zip(versions, ids, strict=True)]


def _cancel(adjustment: Adjustment, versions: list[ItemVersion], act: Act) -> After:
    _leave(versions, act)
    return _changed(versions, {"standing": str(Standing.CANCELLED)}, act)


def _change(adjustment: Adjustment, versions: list[ItemVersion], act: Act) -> After:
    return _changed(versions, _fields(adjustment.content[0]), act)


def _transfer(adjustment: Adjustment, versions: list[ItemVersion], act: Act) -> After:
    """Move items to another department; where a list is named they stand in it from then on."""
    if adjustment.power_list is not None:
        _enter(adjustment.power_list, versions, act)
    return _changed(versions, {"department_name": adjustment.department_name}, act)


def _hand_down(adjustment: Adjustment, versions: list[ItemVersion], act: Act) -> After:
    if adjustment.power_list is not None:
        _enter(adjustment.power_list, versions, act)
    return [(version.item_id, version.pk) for version in versions]


def _take_back(adjustment: Adjustment, versions: list[ItemVersion], act: Act) -> After:
    _leave(versions, act, adjustment.power_list)
    return [(version.item_id, version.pk) for version in versions]


def _add(adjustment: Adjustment, versions: list[ItemVersion], act: Act) -> After:
    assert adjustment.power_list is not None
    pattern = ItemVersion(item=Item(), power_type=PowerType.PENALTY, valid_from=act.on)
    made = _new_items(adjustment, [pattern] * len(adjustment.content), act, adjustment.power_list.data_origin)
    _enter(adjustment.power_list, _versions(made), act)
    return made


def _reshape(adjustment: Adjustment, versions: list[ItemVersion], act: Act) -> After:
    """Split one item into several or merge several into one: the new ones stand where the old ones stood."""
    first = versions[0]
    lists = PowerList.objects.filter(pk__in=_open_places(versions, act).values_list("power_list", flat=True))
    made = _new_items(adjustment, [first] * len(adjustment.content), act, first.item.data_origin)
    for power_list in lists:
        _enter(power_list, _versions(made), act)
    _cancel(adjustment, versions, act)
    return made


def _new_items(adjustment: Adjustment, patterns: list[ItemVersion], act: Act, origin: str) -> After:
    ids = new_ids(Item, len(patterns))
    copy_rows(
        Item,
        ("id", "uid", "identity", "data_origin", "created_at"),
        (
            [pk, uuid.uuid4(), f"adjustment:{adjustment.pk}:{place}", origin, act.at]
            for place, pk in enumerate(ids, 1)
        ),
    )
    told = iter(adjustment.content)
    versions = succeed(patterns, lambda _version: _fields(next(told)), act, items=ids)
    return list(zip(ids, versions, strict=True))


def _fields(content: dict[str, str]) -> dict[str, Any]:
    """Return changed fields with what follows from their words."""
    text = content.get("penalty_range_text") or content.get("penalty_text") or ""
    return {**content, **(penalty_fields(content.get("name", ""), text) if text else {})}


def _versions(made: After) -> list[ItemVersion]:
    return list(ItemVersion.objects.filter(pk__in=[version for _item, version in made]))


def _open_places(versions: list[ItemVersion], act: Act) -> Any:
    items = [version.item_id for version in versions]
    return ListMembership.objects.current().filter(standing_places(act.on), item_id__in=items)


def _leave(versions: list[ItemVersion], act: Act, power_list: PowerList | None = None) -> None:
    rows = _open_places(versions, act)
    if power_list is not None:
        rows = rows.filter(power_list=power_list)
    ended = [Place(pk, "", valid_from, None) for pk, valid_from in rows.values_list("id", "valid_from")]
    replace(ListMembership, ended, on=act.on, at=act.at)


def _enter(power_list: PowerList, versions: list[ItemVersion], act: Act) -> None:
    listed = _open_places(versions, act).filter(power_list=power_list)
    there = set(listed.values_list("item_id", flat=True))
    copy_rows(
        ListMembership,
        ("item", "power_list", "kind", "field", "number", *PUBLISHED),
        (
            [version.item_id, power_list.pk, power_list.kind, version.domain, version.number, *act.stamp()]
            for version in versions
            if version.item_id not in there
        ),
    )


EFFECTS: dict[Action, Callable[[Adjustment, list[ItemVersion], Act], After]] = {
    Action.ADD: _add,
    Action.CANCEL: _cancel,
    Action.CHANGE: _change,
    Action.SPLIT: _reshape,
    Action.MERGE: _reshape,
    Action.TRANSFER: _transfer,
    Action.HAND_DOWN: _hand_down,
    Action.TAKE_BACK: _take_back,
    Action.SUSPEND: _into(Standing.SUSPENDED),
    Action.RESUME: _into(Standing.IN_USE),
}
