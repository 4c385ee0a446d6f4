"""Who stands in which list: what a file says of the lists beside its own, compared and written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from catalog.loaders.entries import Entry
from catalog.models import ListKind, ListMembership, PowerList

LONGEST_CODE = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest published row of an item, of its discretion table or of its place in a list."""

    pk: int
    digest: str
    valid_from: Any
    valid_to: Any

    def reaches(self, on: date | None) -> bool:
        """Tell whether the row still stands on a day; a day that is not named yet ends nothing."""
        return on is None or self.valid_to is None or self.valid_to > on


@dataclass(slots=True)
class ListPlan:
    """What publishing would do to one list: entries to take in, rows to end, numbers to move."""

    code: str
    name: str
    kind: str
    unlisted: list[tuple[Entry, str, str]] = field(default_factory=list)
    left: list[Standing] = field(default_factory=list)
    renumbered: list[tuple[int, str]] = field(default_factory=list)
    absent: list[Standing] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Tell whether the list stays as it is."""
        return not (self.unlisted or self.left or self.renumbered)


def companion_code(power_list: PowerList, kind: str, name: str) -> str:
    """Name the list that a column of a file stands for: its kind, or its heading."""
    return f"{power_list.code[:16]}-{name or kind}"[:LONGEST_CODE]


def companion_name(power_list: PowerList, kind: str, name: str) -> str:
    """Name that list for people."""
    return f"{power_list.name}（{name or ListKind(kind).label}）"


def companions_of(power_list: PowerList) -> QuerySet[PowerList]:
    """Return the lists that files of this list feed beside it."""
    return PowerList.objects.filter(parent=power_list)


def plan_lists(
    power_list: PowerList, entries: list[Entry], item_ids: dict[str, int], on: date | None
) -> list[ListPlan]:
    """Compare the places of all entries with the lists as they stand; the file's own list comes first."""
    own = ListPlan(power_list.code, power_list.name, power_list.kind)
    plans = {own.code: own}
    wanted: dict[str, dict[str, tuple[str, str]]] = {own.code: {}}
    known = {} if power_list._state.adding else {row.code: row for row in companions_of(power_list)}
    for row in known.values():
        plans[row.code] = ListPlan(row.code, row.name, row.kind)
        wanted[row.code] = {}
    for entry in entries:
        wanted[own.code][entry.identity] = (entry.fields["domain"], entry.fields["number"])
        for kind, name, area, number in entry.listings:
            code = companion_code(power_list, kind, name)
            if code not in plans:
                plans[code] = ListPlan(code, companion_name(power_list, kind, name), kind)
                wanted[code] = {}
            wanted[code][entry.identity] = (area, number)
    lists = {**known, power_list.code: power_list}
    for code, plan in plans.items():
        members = _members(lists[code], on) if code in lists and lists[code].pk else {}
        _compare(plan, members, wanted[code], entries, item_ids)
    return list(plans.values())


def _compare(
    plan: ListPlan,
    members: dict[int, tuple[Standing, str]],
    wanted: dict[str, tuple[str, str]],
    entries: list[Entry],
    item_ids: dict[str, int],
) -> None:
    in_file = set()
    for entry in entries:
        item_id = item_ids.get(entry.identity)
        place = wanted.get(entry.identity)
        member = members.get(item_id) if item_id else None
        in_file.add(item_id)
        if place and member is None:
            plan.unlisted.append((entry, *place))
        elif member and not place:
            plan.left.append(member[0])
        elif place and member and member[1] != place[1] and not entry.bare:
            plan.renumbered.append((member[0].pk, place[1]))
    plan.absent = [member[0] for item_id, member in members.items() if item_id not in in_file]


def _members(power_list: PowerList, on: date | None) -> dict[int, tuple[Standing, str]]:
    rows = ListMembership.objects.current().filter(standing_places(on), power_list=power_list)
    told = rows.values_list("item_id", "number", "id", "valid_from", "valid_to")
    return {item_id: (Standing(pk, "", *days), number) for item_id, number, pk, *days in told}


def standing_places(on: date | None) -> Q:
    """Select places in lists that nobody has ended: a list that names its own last day lasts until then."""
    return Q(valid_to=None) | (Q(valid_to__gt=on) if on else Q(closed_at=None))


def items_of(rows: Iterable[Standing]) -> list[int]:
    """Return the items of memberships."""
    found = ListMembership.objects.filter(pk__in=[row.pk for row in rows]).values_list("item_id", flat=True)
    return sorted(set(found))
