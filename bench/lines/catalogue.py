"""A list of 5010 items brought in, brought in again and compared; the search box among fifty thousand."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from bench.bench import Bench
from bench.catalogue import fill_items
from bench.line import Line
from bench.lines import publishing
from bench.meter import Task
from bench.synthetic import Row, as_workbook, generate
from catalog import jobs, services, staging, uploading
from catalog.comparing import compare
from catalog.loaders.files import FileResult
from catalog.loaders.reading import read_sheets
from catalog.models import DataOrigin, ItemVersion, ListKind, PowerList
from catalog.selectors import search_items
from townships.models import Officer, RoleGrant
from townships.roles import Role

CODE, FILE = "SYN", "synthetic.xlsx"
TRANSFERRED, WITHDRAWN = 382, 13
BARE = """
    SELECT id, name FROM catalog_itemversion
    WHERE status = 'published' AND recorded_to IS NULL AND valid_from <= %s
      AND pairs(search_text) @> pairs(%s::text) AND strpos(search_text, %s::text) > 0
    ORDER BY id LIMIT 12
"""
WORDS = (
    ("1", "道"),
    ("2", "道路"),
    ("4", "建筑垃圾"),
    ("initials", "zdcs"),
    ("code", "SYN0200"),
    ("common", "处罚"),
)


@dataclass(frozen=True, slots=True)
class Office:
    """Who brings lists in, and who puts them in force."""

    clerk: Officer
    chief: Officer


def lines(bench: Bench) -> list[Line]:
    """Return the lines about the catalogue; what they need is written once and kept."""
    rows = generate().rows[: bench.scale.listed]
    data, office = as_workbook(rows), Office(_administrator("录入"), _administrator("复核"))
    standing = _published(bench, office, data)
    missing = bench.scale.items - ItemVersion.objects.count()
    if missing > 0:
        fill_items(missing)
    return [
        *_import_lines(bench, office, rows, data, standing),
        publishing.line(bench, rows, clerk=office.clerk, chief=office.chief),
        _difference(bench, rows, standing),
        _as_of(bench),
        *(_search(bench, key, word) for key, word in WORDS),
    ]


def _administrator(name: str) -> Officer:
    """Return somebody who may change the catalogue; the first measurement of a database appoints them."""
    officer, fresh = Officer.objects.get_or_create(username=name, defaults={"name": name, "password": "!"})
    if fresh:
        RoleGrant.objects.create(officer=officer, role=Role.CATALOG_ADMIN, valid_from=date(2020, 1, 1))
    return officer


def _published(bench: Bench, office: Office, data: bytes) -> PowerList:
    known = PowerList.objects.filter(code=CODE).first()
    if known is not None:
        return known
    made = PowerList.objects.create(
        code=CODE, name="合成目录", kind=ListKind.TOTAL, data_origin=DataOrigin.SYNTHETIC
    )
    _bring_in(bench, office, made, data)
    return made


def _bring_in(bench: Bench, office: Office, power_list: PowerList, data: bytes) -> None:
    result = staging.read_for(power_list, data=data, file_name=FILE)
    batch, _fresh = staging.stage(
        power_list=power_list, result=result, actor=office.clerk, at=bench.at, effective_on=bench.today
    )
    services.publish(batch=batch, actor=office.chief, at=bench.at)


def _import_lines(
    bench: Bench, office: Office, rows: list[Row], data: bytes, standing: PowerList
) -> list[Line]:
    others = [{**row, "syn_code": row["syn_code"].replace("SYN", "NEW")} for row in rows]
    fresh = as_workbook(others)

    def whole() -> None:
        with publishing.rolled_back():
            made = PowerList.objects.create(code="NEW", name="新", kind=ListKind.TOTAL)
            _bring_in(bench, office, made, fresh)
            jobs.sort_in_pairs()

    def again() -> object:
        return uploading.upload(
            power_list=standing,
            data=data,
            file_name=FILE,
            actor=office.clerk,
            at=bench.at,
            effective_on=bench.today,
        )

    cells = Task(lambda: CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python())
    return [
        _line(
            "catalog_read",
            f"read the cells of a list of {len(rows)} items",
            lambda: read_sheets(data),
            cells,
            300,
        ),
        _line(
            "catalog_import",
            f"read, stage and publish {len(rows)} items",
            whole,
            cells,
            3000,
            rounds=3,
            counted=False,
        ),
        _line("catalog_again", "the same file again", again, cells, 1000, rounds=3),
    ]


def _difference(bench: Bench, rows: list[Row], standing: PowerList) -> Line:
    """Compare with the version in force one in which 382 items moved and 13 went."""
    moved = [{**row, "department": "县综合行政执法局"} for row in rows[:TRANSFERRED]]
    data = as_workbook([*moved, *rows[TRANSFERRED:-WITHDRAWN]])
    result: FileResult = staging.read_for(standing, data=data, file_name=FILE)
    for entry in result.entries:
        # As staged: the digest of an entry is kept with it.
        entry.staged_digest = entry.digest
    floor = Task(lambda: bench.rows("SELECT item_id, content_digest FROM catalog_itemversion"))
    return _line(
        "catalog_diff",
        f"compare two versions of {len(rows)} items",
        lambda: compare(standing, result.entries),
        floor,
        300,
    )


def _as_of(bench: Bench) -> Line:
    def ours() -> object:
        return list(ItemVersion.objects.in_force(bench.today).values_list("item_id", "name")[:50])

    statement = "SELECT item_id, name FROM catalog_itemversion WHERE status = 'published' LIMIT 50"
    floor = Task(lambda: bench.rows(statement))
    return _line("catalog_as_of", "fifty items in force on a day", ours, floor, 20, most_queries=1)


def _search(bench: Bench, key: str, word: str) -> Line:
    folded = word.lower()
    return _line(
        f"catalog_search_{key}",
        f"search {bench.scale.items} items for {word}",
        lambda: search_items(word, on=bench.today, limit=12),
        Task(lambda: bench.rows(BARE, bench.today, folded, folded)),
        50,
        most_queries=2,
    )


def _line(key: str, label: str, ours: Any, floor: Task, most_ms: float, **more: Any) -> Line:
    return Line(key, label, ours=Task(ours), floor=floor, most_ms=most_ms, warm_ups=1, **more)
