"""What a staged list would change: compared item by item, by digest, with what is in force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalog.effective import Status
from catalog.loaders.entries import Entry
from catalog.models import DiscretionTable, Item, ItemVersion, ListMembership, PowerList

SHOWN = 200
BATCH = 2000
FIELDS_TOLD = (
    "name",
    "violation",
    "department_name",
    "domain",
    "statute_name",
    "penalty_article",
    "penalty_text",
    "penalty_range_text",
    "fine_min",
    "fine_max",
    "scope_note",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest published row of an item or of its discretion table."""

    pk: int
    digest: str
    valid_from: date
    valid_to: date | None


@dataclass(slots=True)
class Plan:
    """What publishing would do, entry by entry."""

    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Entry, Standing]] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    tables: list[tuple[Entry, Standing | None]] = field(default_factory=list)
    unlisted: list[Entry] = field(default_factory=list)
    renumbered: list[tuple[int, str]] = field(default_factory=list)
    absent: list[int] = field(default_factory=list)
    item_ids: dict[str, int] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Tell whether publishing would change nothing."""
        return not (self.new or self.changed or self.tables or self.unlisted or self.renumbered)

    def counts(self) -> dict[str, int]:
        """Count each kind of change."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "discretion": len(self.tables),
            "absent": len(self.absent),
        }


def compare(power_list: PowerList, entries: list[Entry]) -> Plan:
    """Sort the entries of a list into new, changed and unchanged, and find what the list no longer holds."""
    identities = [entry.identity for entry in entries]
    plan = Plan(item_ids=_item_ids(identities))
    ids = list(plan.item_ids.values())
    versions = _standing(ItemVersion, ids)
    tables = _standing_tables(ids)
    members = _members(power_list)
    for entry in entries:
        item_id = plan.item_ids.get(entry.identity)
        _sort(plan, entry, versions.get(item_id) if item_id else None)
        _sort_table(plan, entry, tables.get((item_id, entry.table_title)) if item_id else None)
        if item_id not in members:
            plan.unlisted.append(entry)
        elif item_id is not None and members[item_id][1] != entry.fields["number"]:
            plan.renumbered.append((members[item_id][0], entry.fields["number"]))
    plan.absent = sorted(members.keys() - set(ids))
    return plan


def _sort(plan: Plan, entry: Entry, standing: Standing | None) -> None:
    if standing is None:
        plan.new.append(entry)
    elif standing.digest != entry.digest:
        plan.changed.append((entry, standing))
    else:
        plan.unchanged.append(entry)


def _sort_table(plan: Plan, entry: Entry, standing: Standing | None) -> None:
    if entry.bands and (standing is None or standing.digest != entry.bands_digest):
        plan.tables.append((entry, standing))


def _item_ids(identities: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _parts(identities):
        found.update(Item.objects.filter(identity__in=part).values_list("identity", "id"))
    return found


def _parts(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]


def _standing(model: type[ItemVersion], ids: list[int]) -> dict[int, Standing]:
    rows = _latest(
        model.objects.filter(item_id__in=ids).order_by("item_id", "-valid_from").distinct("item_id")
    )
    return {item_id: Standing(*rest) for item_id, *rest in rows}


def _standing_tables(ids: list[int]) -> dict[tuple[int | None, str], Standing]:
    found = DiscretionTable.objects.filter(item_id__in=ids).order_by("item_id", "title", "-valid_from")
    rows = found.distinct("item_id", "title").filter(status=Status.PUBLISHED, recorded_to=None)
    return {
        (item_id, title): Standing(*rest)
        for item_id, title, *rest in rows.values_list(
            "item_id", "title", "id", "content_digest", "valid_from", "valid_to"
        )
    }


def _latest(rows: Any) -> Iterable[tuple[Any, ...]]:
    current = rows.filter(status=Status.PUBLISHED, recorded_to=None)
    found: Iterable[tuple[Any, ...]] = current.values_list(
        "item_id", "id", "content_digest", "valid_from", "valid_to"
    )
    return found


def _members(power_list: PowerList) -> dict[int, tuple[int, str]]:
    rows = ListMembership.objects.filter(power_list=power_list, valid_to=None)
    return {item_id: (pk, number) for item_id, pk, number in rows.values_list("item_id", "id", "number")}


def told(plan: Plan) -> dict[str, Any]:
    """Write the changes for people and for the batch: counts, and the first entries of each kind."""
    before = {
        row["id"]: row
        for row in ItemVersion.objects.filter(
            pk__in=[standing.pk for _entry, standing in plan.changed[:SHOWN]]
        ).values("id", *FIELDS_TOLD)
    }
    return {
        "counts": plan.counts(),
        "new": [_line(entry) for entry in plan.new[:SHOWN]],
        "changed": [
            {**_line(entry), "changes": _differences(before[standing.pk], entry.fields)}
            for entry, standing in plan.changed[:SHOWN]
        ],
        "absent": list(
            ItemVersion.objects.current()
            .filter(item_id__in=plan.absent[:SHOWN])
            .values("item_id", "number", "name")
        ),
    }


def _line(entry: Entry) -> dict[str, Any]:
    return {"row": entry.row, "number": entry.fields["number"], "name": entry.fields["name"]}


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"field": name, "before": _text(before[name]), "after": _text(after[name])}
        for name in FIELDS_TOLD
        if _text(before[name]) != _text(after[name])
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)
