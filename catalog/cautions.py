"""What a person should know of benchmarks before they are published: which item is meant, and its statute."""

from catalog.comparing import Plan
from catalog.loaders.content import outside_statute
from catalog.loaders.entries import Band, Entry, Notice, RowResult
from catalog.loaders.files import FileResult
from catalog.models import ItemVersion

RANGE = ("fine_min", "fine_max", "fine_unit", "penalty_range_text", "penalty_text")


def tell_of_items(plan: Plan, result: FileResult) -> None:
    """Tell at its row whose benchmark each one is, where it has no item, and where it leaves the statute."""
    origins = {id(row.entry): row for row in result.rows if row.entry is not None}
    bare = [entry for entry in result.entries if entry.bare]
    items = {plan.item_ids[entry.identity]: entry for entry in bare if entry.identity in plan.item_ids}
    named, spared = ({id(entry) for entry in entries} for entries in (plan.by_name, plan.spared))
    versions = ItemVersion.objects.current().filter(item_id__in=items).order_by("valid_from") if items else ()
    for version in {version.item_id: version for version in versions}.values():
        entry = items[version.item_id]
        origin = origins[id(entry)]
        if id(entry) in named:
            words = f"按名称对应清单中的“{version.name}”，只取裁量基准，事项内容不变"
            origin.notices.append(Notice(entry.row, "", "item_by_name", words))
        if id(entry) in spared:
            words = "本表没有写主管部门，只取裁量基准，事项内容不变；要一并修改事项的，请写明主管部门"
            origin.notices.append(Notice(entry.row, "", "item_spared", words))
        # What tells its own range was held against that while it was read.
        if id(entry) not in spared or entry.fields["fine_max"] is None:
            _tell_outside(entry, version, origin)
    for entry in bare:
        if entry.identity not in plan.item_ids:
            words = (
                "清单中没有唯一对应的事项，发布后将新增一个没有处罚依据的事项；请更正名称或写明编码后重新上传"
            )
            origins[id(entry)].notices.append(Notice(entry.row, "", "item_not_in_list", words))


def _tell_outside(entry: Entry, version: ItemVersion, origin: RowResult) -> None:
    """Tell the grades of the party that leave the statute of their item (行政处罚法第三十四条)."""
    statutory = {name: getattr(version, name) for name in RANGE}
    mine = [table for table in entry.tables if not (table.get("target") or table.get("statute_name"))]
    for band in (Band(**band) for table in mine for band in table["bands"]):
        if problem := outside_statute(band, statutory):
            origin.notices.append(Notice(entry.row, "", "band_outside_statute", problem))
