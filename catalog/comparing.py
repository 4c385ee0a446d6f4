"""What a staged list would change: compared item by item, by digest, with what is in force."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from audit.county import this_county
from catalog.effective import Status
from catalog.listing import ListPlan, Standing, items_of, plan_lists
from catalog.loaders.entries import Entry, digest_of
from catalog.matching import know_by_name, spare_items
from catalog.models import DiscretionTable, ExemptionRule, ItemVersion, PowerList

SHOWN = 200
Tables = dict[tuple[int | None, str], Standing]
BY_IDENTITY = "SELECT identity, id FROM catalog_item WHERE county_id = %s AND identity = ANY(%s)"
BY_CODE = """
    SELECT code, item_id FROM catalog_itemcode
    WHERE county_id = %s AND code = ANY(%s) AND valid_to IS NULL
"""
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


@dataclass(slots=True)
class Plan:
    """What publishing would do from a day on, entry by entry."""

    on: date | None = None
    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Entry, Standing]] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    tables: list[tuple[Entry, dict[str, Any], Standing | None]] = field(default_factory=list)
    exemptions: list[tuple[Entry, dict[str, Any], Standing | None]] = field(default_factory=list)
    coded: list[tuple[Entry, list[str]]] = field(default_factory=list)
    lists: list[ListPlan] = field(default_factory=list)
    item_ids: dict[str, int] = field(default_factory=dict)
    # Benchmarks whose item was found by its name.
    by_name: list[Entry] = field(default_factory=list)
    # Benchmarks whose item has a department that their table does not name.
    spared: list[Entry] = field(default_factory=list)

    @property
    def absent(self) -> list[Standing]:
        """List the places in the file's own list that it no longer holds."""
        return self.lists[0].absent

    @property
    def empty(self) -> bool:
        """Tell whether publishing would change nothing."""
        kept = all(place.empty for place in self.lists)
        return kept and not (self.new or self.changed or self.tables or self.exemptions or self.coded)

    def counts(self) -> dict[str, int]:
        """Count each kind of change."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "discretion": len(self.tables) + len(self.exemptions),
            "absent": len(self.absent),
            "listed": sum(len(place.unlisted) for place in self.lists),
        }


def compare(power_list: PowerList, entries: list[Entry], on: date | None = None) -> Plan:
    """Sort the entries of a list into new, changed and unchanged, and find what the list no longer holds.

    What has ended before the day is put in force anew.
    """
    plan = Plan(on=on, item_ids=_keys(BY_IDENTITY, [entry.identity for entry in entries]))
    holders = _keys(BY_CODE, [code for entry in entries for code in entry.codes])
    _know_by_further_code(plan, entries, holders)
    plan.by_name = know_by_name(power_list, entries, plan.item_ids)
    plan.spared = spare_items(entries, plan.item_ids)
    ids = list(plan.item_ids.values())
    versions = _standing(ItemVersion, ids)
    tables, exemptions = _standing_tables(ids), _standing_exemptions(ids)
    for entry in entries:
        item_id = plan.item_ids.get(entry.identity)
        _sort(plan, entry, versions.get(item_id) if item_id else None)
        _sort_tables(plan, entry, tables, exemptions)
        # A code that another item bears stays with it.
        fresh = [code for code in dict.fromkeys(entry.codes) if code not in holders]
        if fresh:
            plan.coded.append((entry, fresh))
    plan.lists = plan_lists(power_list, entries, plan.item_ids, on)
    return plan


def _know_by_further_code(plan: Plan, entries: list[Entry], holders: dict[str, int]) -> None:
    """Know an item again by any of its codes: one list names it by the basic code, another by its own."""
    known = set(plan.item_ids.values())
    for entry in entries:
        item_id = next((holders[code] for code in entry.codes if code in holders), None)
        if item_id is not None and item_id not in known and entry.identity not in plan.item_ids:
            plan.item_ids[entry.identity] = item_id
            known.add(item_id)


def _sort(plan: Plan, entry: Entry, standing: Standing | None) -> None:
    if standing is None:
        plan.new.append(entry)
    elif not entry.bare and (standing.digest != entry.digest or not standing.reaches(plan.on)):
        plan.changed.append((entry, standing))
    else:
        plan.unchanged.append(entry)


def _sort_tables(plan: Plan, entry: Entry, tables: Tables, exemptions: Tables) -> None:
    item_id = plan.item_ids.get(entry.identity)
    for told, standing, key, to in (
        (entry.tables, tables, "title", plan.tables),
        (entry.exemptions, exemptions, "shape", plan.exemptions),
    ):
        for one in told:
            row = standing.get((item_id, one[key])) if item_id else None
            if row is None or row.digest != one["digest"] or not row.reaches(plan.on):
                to.append((entry, one, row))


def _keys(statement: str, texts: list[str]) -> dict[str, int]:
    """Find items by identity or code; thousands go into one statement as an array."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [this_county(), texts])
        return dict(cursor.fetchall())


def _standing(model: type[ItemVersion], ids: list[int]) -> dict[int, Standing]:
    rows = _latest(
        model.objects.filter(item_id__in=ids).order_by("item_id", "-valid_from").distinct("item_id")
    )
    return {item_id: Standing(*rest) for item_id, *rest in rows}


def _standing_tables(ids: list[int]) -> Tables:
    found = DiscretionTable.objects.filter(item_id__in=ids).order_by("item_id", "title", "-valid_from")
    rows = found.distinct("item_id", "title").filter(status=Status.PUBLISHED, recorded_to=None)
    return {
        (item_id, title): Standing(*rest)
        for item_id, title, *rest in rows.values_list(
            "item_id", "title", "id", "content_digest", "valid_from", "valid_to"
        )
    }


def _standing_exemptions(ids: list[int]) -> Tables:
    rows = ExemptionRule.objects.current().filter(item_id__in=ids).order_by("valid_from")
    return {
        (row.item_id, row.kind): Standing(row.pk, digest_of(row.said), row.valid_from, row.valid_to)
        for row in rows
    }


def _latest(rows: Any) -> Iterable[tuple[Any, ...]]:
    current = rows.filter(status=Status.PUBLISHED, recorded_to=None)
    found: Iterable[tuple[Any, ...]] = current.values_list(
        "item_id", "id", "content_digest", "valid_from", "valid_to"
    )
    return found


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
            .filter(item_id__in=items_of(plan.absent[:SHOWN]))
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
