"""Items that a table of benchmarks means: known by code, or by name within the list, however it is ended."""

from catalog.loaders.content import plain_name
from catalog.loaders.entries import Entry
from catalog.models import ItemVersion, PowerList


def know_by_name(power_list: PowerList, entries: list[Entry], item_ids: dict[str, int]) -> list[Entry]:
    """Find the items of benchmarks that name no department or end the name otherwise; items stay as they are.

    A name that several items of the list bear is left alone.
    """
    if power_list._state.adding:
        return []
    unknown = [one for one in entries if one.identity not in item_ids and one.is_benchmark]
    standing = _names_in(power_list) if unknown else {}
    taken, found = set(item_ids.values()), []
    for entry in unknown:
        department = entry.fields["department_name"]
        known = standing.get(plain_name(entry.fields["name"]), {})
        items = [item for item, body in known.items() if department in {"", body} and item not in taken]
        if len(items) == 1:
            item_ids[entry.identity] = items[0]
            taken.add(items[0])
            entry.bare = True
            found.append(entry)
    return found


def spare_items(entries: list[Entry], item_ids: dict[str, int]) -> list[Entry]:
    """Take of a table that names no department only the benchmarks, where its items have one and stay."""
    told = [
        one
        for one in entries
        if (one.bands or one.benchmarks) and not (one.bare or one.fields["department_name"])
    ]
    known = {item_ids[one.identity] for one in told if one.identity in item_ids}
    if not known:
        return []
    named = ItemVersion.objects.current().filter(item_id__in=known).exclude(department_name="")
    held = set(named.values_list("item_id", flat=True))
    spared = [one for one in told if item_ids.get(one.identity) in held]
    for entry in spared:
        entry.bare = True
    return spared


def _names_in(power_list: PowerList) -> dict[str, dict[int, str]]:
    """Return the items of a list and their departments by the plain words of name and violation."""
    versions = ItemVersion.objects.current().filter(
        item__memberships__power_list=power_list, item__memberships__recorded_to=None
    )
    found: dict[str, dict[int, str]] = {}
    for item_id, body, *names in versions.values_list("item_id", "department_name", "name", "violation"):
        for name in filter(None, names):
            found.setdefault(plain_name(name), {})[item_id] = body
    return found
